const SCMR_2017 = "Messroghli DR et al., J Cardiovasc Magn Reson 2017;19:75, doi 10.1186/s12968-017-0389-8";
const BARRAL_2010 = "Barral JK et al., Magn Reson Med 2010;64:1057-1067, doi 10.1002/mrm.22497";
const MOLLI_2004 = "Messroghli DR et al., Magn Reson Med 2004;52:141-146, doi 10.1002/mrm.20110";
const SASHA_2014 = "Chow K et al., Magn Reson Med 2014;71:2082-2095, doi 10.1002/mrm.24878";
const ANDERSON_2001 = "Anderson LJ et al., Eur Heart J 2001;22:2171-2179, doi 10.1053/euhj.2001.2822";
const HE_2008 = "He T et al., Magn Reson Med 2008;60:1082-1089, doi 10.1002/mrm.21744";
const TREIBEL_2016 = "Treibel TA et al., JACC Cardiovasc Imaging 2016;9:54-63, doi 10.1016/j.jcmg.2015.11.008";
const RICE_1995 = "Gudbjartsson H, Patz S, Magn Reson Med 1995;34:910-914, doi 10.1002/mrm.1910340618";

/** What the protocols of parametric maps write of their parameters' sources, in French; part of the one list. */
export const mapParameterSources: Readonly<Record<string, string>> = {
  [`by-images: variable flip angles are vfa; a series called MOLLI or Look-Locker, or read with flip angles below 60 degrees, is molli; one called SASHA or saturation recovery is sasha-3; else inversion-recovery. inversion-recovery: a + b·exp(−TI/T1) on magnitudes, ${BARRAL_2010}. molli: A − B·exp(−TI/T1*), T1 = T1*·(B/A − 1), ${MOLLI_2004}. sasha: ${SASHA_2014} (recalled). vfa: nonlinear; vfa-linear: Gupta RK, J Magn Reson 1977;25:231-235 (recalled)`]: `selon les images : angles de bascule variables, vfa ; série nommée MOLLI ou Look-Locker, ou lue avec des angles inférieurs à 60 degrés, molli ; nommée SASHA ou saturation recovery, sasha-3 ; sinon inversion-récupération. inversion-récupération : a + b·exp(−TI/T1) sur les modules, ${BARRAL_2010}. molli : A − B·exp(−TI/T1*), T1 = T1*·(B/A − 1), ${MOLLI_2004}. sasha : ${SASHA_2014} (cité de mémoire). vfa : non linéaire ; vfa-linear : Gupta RK, J Magn Reson 1977;25:231-235 (cité de mémoire)`,
  "the reader's own statement. Under vasodilator stress the map is fitted and nothing is concluded: the two papers that claimed a diagnosis from it (J Am Coll Cardiol 2018;71:957-968 and 969-979) and an editorial were retracted in 2020 for fabricated data":
    "déclaration du lecteur. Sous stress vasodilatateur la carte est ajustée et rien n'en est conclu : les deux articles qui en faisaient un diagnostic (J Am Coll Cardiol 2018;71:957-968 et 969-979) et un éditorial ont été rétractés en 2020 pour falsification des données",
  "from tissue just after contrast to free water; the search of Barral JK et al. 2010 ends at 5000 ms too":
    "du tissu juste après injection à l'eau libre ; la recherche de Barral JK et al. 2010 s'arrête aussi à 5000 ms",
  [`our own rule: the largest magnitude of the voxel over the noise; near the noise magnitudes are biased (${RICE_1995}, recalled, the text was not read)`]: `règle propre à Etalon : plus grand module du voxel rapporté au bruit ; près du bruit les modules sont biaisés (${RICE_1995}, cité de mémoire, texte non lu)`,
  "from the images unless given: the corner of lowest median as air, its median divided by 1.177 (Rayleigh)":
    "tiré des images s'il n'est pas fourni : le coin de médiane la plus basse pris pour de l'air, sa médiane divisée par 1,177 (Rayleigh)",
  [`mono: S₀·exp(−TE/T2); offset: S₀·exp(−TE/T2) + c, for prepared or multi-echo images that do not decay to nothing (${SCMR_2017}, recalled, the text was not read)`]: `mono-exponentiel : S₀·exp(−TE/T2) ; avec décalage : S₀·exp(−TE/T2) + c, pour des images préparées ou multi-échos qui ne décroissent pas jusqu'à zéro (${SCMR_2017}, cité de mémoire, texte non lu)`,
  "our own rule: from muscle with iron to free water":
    "règle propre à Etalon : du muscle surchargé en fer à l'eau libre",
  [`truncation: S₀·exp(−TE/T2*) on the echoes before the first below the floor; offset: S₀·exp(−TE/T2*) + c; mono: all echoes (${ANDERSON_2001}; ${HE_2008}; recalled, the texts were not read)`]: `troncature : S₀·exp(−TE/T2*) sur les échos précédant le premier sous le plancher ; avec décalage : S₀·exp(−TE/T2*) + c ; mono-exponentiel : tous les échos (${ANDERSON_2001} ; ${HE_2008} ; cités de mémoire, textes non lus)`,
  "our own rule: near the noise magnitudes are biased upwards, and a late echo of noise lengthens T2*":
    "règle propre à Etalon : près du bruit les modules sont biaisés vers le haut, et un écho tardif fait de bruit allonge le T2*",
  "our own rule: from severe iron overload to free blood":
    "règle propre à Etalon : d'une surcharge en fer sévère au sang libre",
  [`given: measured, as a value or a fact; native-blood: 866.0/T1 of native blood (ms) − 0.1232 at 1.5 T (${TREIBEL_2016}, recalled, the text was not read): the calibration of one centre, flagged wherever it is used`]: `fourni : mesuré, comme valeur ou comme fait ; synthétique : 866,0/T1 du sang natif (ms) − 0,1232 à 1,5 T (${TREIBEL_2016}, cité de mémoire, texte non lu) : étalonnage d'un seul centre, signalé partout où il sert`,
};
