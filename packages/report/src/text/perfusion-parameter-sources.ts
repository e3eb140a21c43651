const JEROSCH_HEROLD_1998 = "Jerosch-Herold M et al., Med Phys 1998;25:73-84, doi 10.1118/1.598163";
const SEQUENCE =
  "Gatehouse PD et al., J Magn Reson Imaging 2004;20:39-45, doi 10.1002/jmri.20054; Kellman P et al., J Cardiovasc Magn Reson 2017;19:43, doi 10.1186/s12968-017-0355-5 (recalled, the texts were not read)";
const SEQUENCE_FR =
  "Gatehouse PD et al., J Magn Reson Imaging 2004;20:39-45, doi 10.1002/jmri.20054 ; Kellman P et al., J Cardiovasc Magn Reson 2017;19:43, doi 10.1186/s12968-017-0355-5 (cités de mémoire, textes non lus)";

/** What the protocols of perfusion write of their parameters' sources, in French; part of the one list. */
export const perfusionParameterSources: Readonly<Record<string, string>> = {
  "from the images unless given: acquisition times, trigger times, or the time step of the file":
    "tiré des images s'il n'est pas fourni : heures d'acquisition, délais de déclenchement, ou pas de temps du fichier",
  [`linear: concentration, or a signal proportional to it once the baseline is taken off; saturation-recovery: S = S0·(1 − exp(−TS·R1)), solved for R1 in blood and tissue, each with its own saturation time (${SEQUENCE})`]: `linéaire : concentration, ou signal qui lui est proportionnel une fois la ligne de base retirée ; saturation-récupération : S = S0·(1 − exp(−TS·R1)), résolu pour R1 dans le sang et le tissu, chacun avec son temps de saturation (${SEQUENCE_FR})`,
  [`the sequence's own; asked for by saturation-recovery (${SEQUENCE})`]: `celui de la séquence ; demandé par saturation-récupération (${SEQUENCE_FR})`,
  "measured in the same patient; asked for by saturation-recovery":
    "mesuré chez le même patient ; demandé par saturation-récupération",
  "of the agent at the field of the scanner, by its summary of product characteristics; asked for by saturation-recovery":
    "celle du produit au champ de l'appareil, d'après son résumé des caractéristiques ; demandée par saturation-récupération",
  [`with r2star-relaxivity corrects T2* decay at the peak: S·exp(TE·r2*·C); neither is no correction, one alone is refused (${SEQUENCE})`]: `avec r2star-relaxivity, corrige la décroissance T2* au pic : S·exp(TE·r2*·C) ; aucun des deux : pas de correction ; un seul : refusé (${SEQUENCE_FR})`,
  "must name its source: no published value was read": "doit citer sa source : aucune valeur publiée n'a été lue",
  "neither format says it; a first pass of one slice is written as columns, rows and times (QPerf)":
    "aucun des deux formats ne le dit ; un premier passage d'une coupe est écrit en colonnes, lignes et temps (QPerf)",
  [`first-pass: from the arrival in blood to 2 s after the lowest input within 12 s of its peak, before recirculation (${JEROSCH_HEROLD_1998}: first pass; the two numbers are our own rule)`]: `premier passage : de l'arrivée dans le sang à 2 s après l'entrée la plus basse dans les 12 s suivant son pic, avant la recirculation (${JEROSCH_HEROLD_1998} : premier passage ; les deux nombres sont une règle propre à Etalon)`,
  "our own rule: from the ventricle to the wall takes a few beats at most":
    "règle propre à Etalon : du ventricule à la paroi il faut au plus quelques battements",
  "our own rule: above what is published under stress; more is blood or motion":
    "règle propre à Etalon : au-dessus de ce qui est publié sous stress ; davantage est du sang ou du mouvement",
  "our own rule: distribution volume of myocardium is a quarter to a third of that of blood":
    "règle propre à Etalon : le volume de distribution du myocarde est d'un quart à un tiers de celui du sang",
  "our own rule: below, noise or motion is most of the curve":
    "règle propre à Etalon : en dessous, bruit ou mouvement font l'essentiel de la courbe",
  "Kotecha T et al., JACC Cardiovasc Imaging 2019;12:1958-1969, doi 10.1016/j.jcmg.2018.12.022 (recalled, the text was not read, not verified)":
    "Kotecha T et al., JACC Cardiovasc Imaging 2019;12:1958-1969, doi 10.1016/j.jcmg.2018.12.022 (cité de mémoire, texte non lu, non vérifié)",
  [`${JEROSCH_HEROLD_1998} (recalled, the text was not read)`]: `${JEROSCH_HEROLD_1998} (cité de mémoire, texte non lu)`,
};
