const LAKE_LOUISE_2009 =
  "Friedrich MG et al. (Lake Louise 2009), J Am Coll Cardiol 2009;53:1475-1487, doi 10.1016/j.jacc.2009.02.007, table 7 (read at PMC2743893); kept in the 2018 edition, doi 10.1016/j.jacc.2018.09.072 (abstract read)";
const LAKE_LOUISE_2009_FR =
  "Friedrich MG et al. (Lake Louise 2009), J Am Coll Cardiol 2009;53:1475-1487, doi 10.1016/j.jacc.2009.02.007, tableau 7 (lu dans PMC2743893) ; conservé dans l'édition 2018, doi 10.1016/j.jacc.2018.09.072 (résumé lu)";

/** What the measurements of oedema and of interventions write of their parameters' sources, in French; part of the one list. */
export const oedemaParameterSources: Readonly<Record<string, string>> = {
  [LAKE_LOUISE_2009]: LAKE_LOUISE_2009_FR,
  "the structure that is set against the target: the lesion (necrosis) or the acute oedema, which reaches beyond it; no published choice was read":
    "la structure comparée à la cible : la lésion (nécrose) ou l'œdème aigu, qui la déborde ; aucun choix publié n'a été lu",
  "our own rule: included, as drawn after the intervention; left out, what is drawn of the same structure before it is taken away":
    "règle propre à Etalon : inclus, tel que tracé après le geste ; exclu, ce qui est tracé de la même structure avant le geste est retranché",
  "n-sd: mean of remote myocardium plus n standard deviations; drawn: what the reader drew as oedema, for images that a threshold does not serve":
    "moyenne du myocarde sain plus n écarts-types ; tel que tracé : ce que le lecteur a tracé comme œdème, pour les images où un seuil ne convient pas",
  "2 standard deviations, as the project's task states it; no document that gives the number was read":
    "2 écarts-types, comme l'énonce la tâche du projet ; aucun document donnant ce nombre n'a été lu",
  [`mean signal: ${LAKE_LOUISE_2009}; median: robust against the bright rim of slow blood`]: `signal moyen : ${LAKE_LOUISE_2009_FR} ; médiane : robuste face au liseré brillant du sang lent`,
  [`the reader's own statement; the ratio holds for the body coil or a corrected surface coil (${LAKE_LOUISE_2009}); it changes no number`]: `déclaration du lecteur ; le rapport vaut pour l'antenne corps ou une antenne de surface corrigée (${LAKE_LOUISE_2009_FR}) ; elle ne change aucun nombre`,
};
