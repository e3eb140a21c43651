import type { Text } from "@etalon/base";
import { mapParameterSources } from "./map-parameter-sources.ts";
import { oedemaParameterSources } from "./oedema-parameter-sources.ts";
import { perfusionParameterSources } from "./perfusion-parameter-sources.ts";

const AGATSTON = "Agatston AS et al., J Am Coll Cardiol 1990;15:827-832, doi 10.1016/0735-1097(90)90282-T";
const PROPOSAL =
  "règle propre à Etalon, pour les propositions seulement : elle décide de ce qui est suggéré, jamais de ce que comptent les marques d'un lecteur";

const SCMR_2020 =
  "Schulz-Menger J et al., J Cardiovasc Magn Reson 2020;22:19, doi 10.1186/s12968-020-00610-6 (recalled, the text was not read)";
const SCMR_2020_FR = SCMR_2020.replace("recalled, the text was not read", "cité de mémoire, texte non lu");

const AMADO_2004 =
  "Amado LC et al., J Am Coll Cardiol 2004;44:2383-2389, doi 10.1016/j.jacc.2004.09.020 (recalled, the text was not read)";
const AMADO_2004_FR = AMADO_2004.replace("recalled, the text was not read", "cité de mémoire, texte non lu");

/** What protocols write of their parameters' sources, in French; a test demands every one of the catalogue. */
const FRENCH: Readonly<Record<string, string>> = {
  ...oedemaParameterSources,
  ...mapParameterSources,
  ...perfusionParameterSources,
  [AGATSTON]: AGATSTON,
  [SCMR_2020]: SCMR_2020_FR,
  [`whole: every slice that is drawn counts with its whole increment (${SCMR_2020}); half: the first and last drawn slice of each phase count half, as the trapezoid rule between them; without-basal: the end slice with the larger end-diastolic pool is left out of both phases`]: `comptées entières : toute coupe tracée compte avec son incrément entier (${SCMR_2020_FR}) ; pour moitié : la première et la dernière coupe tracées de chaque phase comptent pour moitié, comme par la règle des trapèzes ; sans la coupe basale : la coupe extrême à la plus grande cavité télédiastolique est écartée des deux phases`,
  "our own rule, for proposals only: chosen on ACDC patients 021 and 041, tried on 001 and 061 (docs/lv-proposals.md)": `${PROPOSAL} ; choisie sur les patients 021 et 041 d'ACDC, éprouvée sur 001 et 061 (docs/lv-proposals.md)`,
  [`drawn: what the reader drew; n-sd: mean of remote myocardium plus n standard deviations; fwhm: half of the maximum of the myocardium (${AMADO_2004}); fwhm-remote: half-way from remote myocardium to the maximum, for images stored with an offset; otsu: Otsu N, IEEE Trans Syst Man Cybern 1979;9:62-66, on the myocardium`]: `tel que tracé : ce que le lecteur a tracé ; moyenne du myocarde sain plus n écarts-types ; mi-hauteur : moitié du maximum du myocarde (${AMADO_2004_FR}) ; mi-chemin du myocarde sain au maximum, pour les images enregistrées avec un décalage ; Otsu N, IEEE Trans Syst Man Cybern 1979;9:62-66, sur le myocarde`,
  [`2 to 6 are published; 5 for infarct extent: ${AMADO_2004}`]: `2 à 6 sont publiés ; 5 pour l'étendue de l'infarctus : ${AMADO_2004_FR}`,
  "our own rule: of the sectors of this width through the whole stack, the one of lowest mean signal":
    "règle propre à Etalon : des secteurs de cette largeur à travers toute la pile, celui au signal moyen le plus bas",
  "our own rule, for the pattern only: no published cut was read":
    "règle propre à Etalon, pour l'aspect seulement : aucun seuil publié n'a été lu",
  "our own rule, where a second acquisition is compared: less is a voxel at the edge of the wall":
    "règle propre à Etalon, quand une seconde acquisition est comparée : moins n'est qu'un voxel au bord de la paroi",
  "the reader's own statement: early enhancement (1 to 3 min) shows no-reflow, late (10 min and more) scar; it changes no number":
    "déclaration du lecteur : le rehaussement précoce (1 à 3 min) montre le no-reflow, le tardif (10 min et plus) la cicatrice ; elle ne change aucun nombre",
  "our own rule: positions are compared along the slice normal; 1 mm is far below any slice spacing and above rounding":
    "règle propre à Etalon : positions comparées le long de la normale aux coupes ; 1 mm est bien inférieur à tout espacement de coupes et supérieur aux arrondis",
  [`the reader's own statement, which changes no number and must stand beside it: normal values depend on it (${SCMR_2020})`]: `déclaration du lecteur, qui ne change aucun nombre et doit l'accompagner : les valeurs normales en dépendent (${SCMR_2020_FR})`,
  "Mosteller RD, N Engl J Med 1987;317:1098: √(cm·kg/3600); Du Bois 1916: 0.007184·kg^0.425·cm^0.725 (both recalled)":
    "Mosteller RD, N Engl J Med 1987;317:1098 : √(cm·kg/3600) ; Du Bois 1916 : 0,007184·kg^0,425·cm^0,725 (cités de mémoire)",
  "nifti1.h: the affine says where voxels lie; a file whose affine contradicts its pixdim is refused until a reader says which is right":
    "nifti1.h : l'affine dit où sont les voxels ; un fichier dont l'affine contredit le pixdim est refusé tant qu'un lecteur n'a pas dit lequel est juste",
  "as-at-120: the 1990 cut points at every voltage; grani-2018: Gräni C et al., Eur Heart J Cardiovasc Imaging 2018;19:1362-1371, doi 10.1093/ehjci/jey019, at 70, 80 and 100 kVp as in CalciumScoring.jl":
    "ceux de 120 kV : les seuils de 1990 à toute tension ; Gräni 2018 : Gräni C et al., Eur Heart J Cardiovasc Imaging 2018;19:1362-1371, doi 10.1093/ehjci/jey019, à 70, 80 et 100 kV comme dans CalciumScoring.jl",
  [`${AGATSTON}, as usually quoted (the text was not read)`]: `${AGATSTON}, tel qu'on le cite (texte non lu)`,
  "1 leaves the minimum area alone; 3 and 4 are common in scoring software":
    "1 laisse agir la seule aire minimale ; 3 et 4 sont courants dans les logiciels",
  "8 is the common default of scoring software; the 1990 paper does not say":
    "8 est l'usage des logiciels ; l'article de 1990 ne le dit pas",
  [`${AGATSTON}: the peak of the lesion in that slice`]: `${AGATSTON} : le maximum de la lésion dans la coupe`,
  "the score is defined on 3 mm slices; thin slices raise noise and score, so they are averaged first":
    "le score est défini sur des coupes de 3 mm ; les coupes fines augmentent bruit et score, elles sont donc moyennées d'abord",
  "score × increment / 3 mm, so that contiguous, gapped and overlapping slices compare":
    "score × incrément / 3 mm, pour comparer coupes jointives, espacées et chevauchantes",
  "our own rule: a shorter stack is flagged, since an adult heart is 100 to 130 mm long":
    "règle propre à Etalon : une pile plus courte est signalée, un cœur adulte mesurant de 100 à 130 mm",
  "our reading of the field's advice: 2 to 3 mm slices are scored as they are":
    "notre lecture des usages : les coupes de 2 à 3 mm sont cotées telles quelles",
  "no default: of one scanner, tube voltage and body size (McCollough CH et al., Radiology 2007;243:527-538, doi 10.1148/radiol.2432050808)":
    "sans valeur par défaut : propre à un scanner, une tension et une corpulence (McCollough CH et al., Radiology 2007;243:527-538, doi 10.1148/radiol.2432050808)",
  "KVP of the images unless overridden": "tension inscrite dans les images, sauf dérogation",
  "no default: contrast-enhanced images are refused": "sans valeur par défaut : les images injectées sont refusées",
  "our own rule: unenhanced blood measures 30 to 60 HU":
    "règle propre à Etalon : le sang non rehaussé mesure de 30 à 60 UH",
  "our own rule: far above a calibration rod, far below one heart chamber":
    "règle propre à Etalon : bien plus qu'un barreau d'étalonnage, bien moins qu'une cavité cardiaque",
  "our own rule, for proposals only: it decides what is suggested, never what a reader's marks count": PROPOSAL,
  "our own rule, for proposals only: it decides what is suggested, never what a reader's marks count; the descending aorta, often calcified, lies beside the front of the spine": `${PROPOSAL} ; l'aorte descendante, souvent calcifiée, longe l'avant du rachis`,
};

/** A parameter's source in both languages; one of another version without French is shown as it is. */
export function parameterSource(source: string): Text {
  return { en: source, fr: (Object.hasOwn(FRENCH, source) ? FRENCH[source] : undefined) ?? source };
}
