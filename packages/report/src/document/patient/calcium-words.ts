import type { Text } from "@etalon/base";
import type { CalciumCategory } from "@etalon/measure";

/** What a score says, in everyday words and without alarm. */
export const meaningOfScore: Readonly<Record<CalciumCategory, Text>> = {
  "0": {
    en: "No calcium was seen in the arteries of your heart. This is reassuring news.",
    fr: "Aucun calcium n'a été vu dans les artères de votre cœur. C'est une nouvelle rassurante.",
  },
  ">0-<100": {
    en: "A small amount of calcium was seen in the arteries of your heart.",
    fr: "Une petite quantité de calcium a été vue dans les artères de votre cœur.",
  },
  ">=100-<400": {
    en: "A medium amount of calcium was seen in the arteries of your heart.",
    fr: "Une quantité moyenne de calcium a été vue dans les artères de votre cœur.",
  },
  ">=400-<1000": {
    en: "A large amount of calcium was seen in the arteries of your heart. Knowing it helps your doctor to choose with you what is best.",
    fr: "Une quantité importante de calcium a été vue dans les artères de votre cœur. Le savoir aide votre médecin à choisir avec vous ce qui convient le mieux.",
  },
  ">=1000": {
    en: "A very large amount of calcium was seen in the arteries of your heart. Knowing it helps your doctor to choose with you what is best.",
    fr: "Une quantité très importante de calcium a été vue dans les artères de votre cœur. Le savoir aide votre médecin à choisir avec vous ce qui convient le mieux.",
  },
};

/** What was done and what calcium is. */
export const calciumStory: readonly Text[] = [
  {
    en: "A scanner took pictures of your heart. On these pictures, the calcium in the arteries that feed your heart was measured.",
    fr: "Un scanner a pris des images de votre cœur. Sur ces images, le calcium des artères qui nourrissent votre cœur a été mesuré.",
  },
  {
    en: "Calcium settles slowly in the wall of the arteries. It becomes more common with age, and many people have some without feeling anything.",
    fr: "Le calcium se dépose lentement dans la paroi des artères. Il devient plus fréquent avec l'âge, et beaucoup de personnes en ont sans rien ressentir.",
  },
];

/** What the score leaves open. */
export const calciumLimits: readonly Text[] = [
  {
    en: "The score does not say that an artery is narrow or blocked.",
    fr: "Le score ne dit pas qu'une artère est rétrécie ou bouchée.",
  },
  {
    en: "It does not say what will happen to you. It is one piece of information among others.",
    fr: "Il ne dit pas ce qui va vous arriver. C'est une information parmi d'autres.",
  },
  {
    en: "It sees only calcium. Deposits without calcium are not counted, even when the score is 0.",
    fr: "Il ne voit que le calcium. Les dépôts sans calcium ne sont pas comptés, même quand le score est 0.",
  },
  {
    en: "Two scans of the same person can give slightly different numbers.",
    fr: "Deux examens de la même personne peuvent donner des nombres un peu différents.",
  },
];
