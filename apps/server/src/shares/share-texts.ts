import type { Language } from "@etalon/base";

/** The words of the pages that a link opens. In French, colons, question marks and units have a no-break space before them. */
export const shareTexts = {
  en: {
    heading: "Medical images shared with you",
    sharedBy: (name: string) => `Shared by ${name}`,
    until: (moment: string) => `Until ${moment} (UTC)`,
    passwordAsked: "Whoever sent you this link has given you a password, by another way.",
    password: "Password",
    open: "Open",
    view: "See the images",
    viewHint: "In this browser, to look at: nothing is downloaded or changed.",
    wrongPassword: "This is not the password.",
    tooMany: (minutes: number) => `Too many tries. Try again in ${minutes} min.`,
    withoutIdentity: "Without identity: names, dates and numbers of the patient were removed or replaced.",
    born: (date: string) => `Born ${date}`,
    unnamed: "Examination",
    images: (count: number) => (count === 1 ? "1 image" : `${count.toLocaleString("en")} images`),
    results: "Results",
    provisional: "Provisional: not yet confirmed by a physician.",
    pictures: "Pictures",
    picture: (number: number) => `Picture ${number}`,
    download: "Download",
    downloadHint: (size: string | undefined) =>
      size === undefined
        ? "One ZIP with DICOM files that any viewer of medical images opens."
        : `One ZIP of ${size}: DICOM files that any viewer of medical images opens, results, reports.`,
    downloadsLeft: (count: number) =>
      count === 0 ? "No download is left." : count === 1 ? "1 download left." : `${count} downloads left.`,
    empty: "The studies of this share are no longer here.",
    footer: "Each opening of this link is written down. Not a medical device.",
    otherLanguage: "Français",
    endings: {
      unknown: ["This link leads nowhere", "It may be incomplete: copy the whole of it, or ask who sent it."],
      expired: ["This link has expired", "Ask who sent it for a new one."],
      revoked: ["This link was withdrawn", "Who shared it has ended it."],
      used: ["No download is left", "Ask who sent this link for a new one."],
      failed: ["This does not work at the moment", "Try again in a minute."],
    },
  },
  fr: {
    heading: "Des images médicales partagées avec vous",
    sharedBy: (name: string) => `Partagées par ${name}`,
    until: (moment: string) => `Jusqu’au ${moment}\u00a0(UTC)`,
    passwordAsked: "La personne qui vous a envoyé ce lien vous a donné un mot de passe, par une autre voie.",
    password: "Mot de passe",
    open: "Ouvrir",
    view: "Voir les images",
    viewHint: "Dans ce navigateur, en lecture\u00a0: rien n’est téléchargé ni modifié.",
    wrongPassword: "Ce n’est pas le mot de passe.",
    tooMany: (minutes: number) => `Trop d’essais. Réessayez dans ${minutes}\u00a0min.`,
    withoutIdentity: "Sans identité\u00a0: les noms, dates et numéros du patient ont été retirés ou remplacés.",
    born: (date: string) => `Né(e) le ${date}`,
    unnamed: "Examen",
    images: (count: number) => (count === 1 ? "1 image" : `${count.toLocaleString("fr")} images`),
    results: "Résultats",
    provisional: "Provisoire\u00a0: pas encore validé par un médecin.",
    pictures: "Images",
    picture: (number: number) => `Image ${number}`,
    download: "Télécharger",
    downloadHint: (size: string | undefined) =>
      size === undefined
        ? "Un ZIP de fichiers DICOM, que tout logiciel d’imagerie médicale ouvre."
        : `Un ZIP de ${size}\u00a0: des fichiers DICOM, que tout logiciel d’imagerie médicale ouvre, les résultats, les comptes rendus.`,
    downloadsLeft: (count: number) =>
      count === 0
        ? "Il ne reste aucun téléchargement."
        : count === 1
          ? "Il reste 1 téléchargement."
          : `Il reste ${count} téléchargements.`,
    empty: "Les examens de ce partage ne sont plus ici.",
    footer: "Chaque ouverture de ce lien est consignée. Ceci n’est pas un dispositif médical.",
    otherLanguage: "English",
    endings: {
      unknown: [
        "Ce lien ne mène nulle part",
        "Il est peut-être incomplet\u00a0: copiez-le en entier, ou demandez à la personne qui l’a envoyé.",
      ],
      expired: ["Ce lien a expiré", "Demandez-en un nouveau à la personne qui l’a envoyé."],
      revoked: ["Ce lien a été retiré", "La personne qui l’avait partagé y a mis fin."],
      used: ["Il ne reste aucun téléchargement", "Demandez un nouveau lien à la personne qui a envoyé celui-ci."],
      failed: ["Cela ne fonctionne pas pour le moment", "Réessayez dans une minute."],
    },
  },
} as const satisfies Readonly<Record<Language, object>>;

/** Why a link shows nothing. */
export type ShareEnding = keyof (typeof shareTexts)["en"]["endings"];
