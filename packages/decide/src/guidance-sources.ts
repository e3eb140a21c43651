import type { RuleSource } from "./engine/rule.ts";

/** Further documents that the guidance on a calcium score rests on, once each; see `sources.ts`. */
const lastChecked = "2026-11-22";

/** The teaching slides the project starts from: expert opinion of the cardiologist who wrote them. */
export const coroscannerTeaching: RuleSource = {
  citation:
    "Le coroscanner : scanner cardiaque. Teaching slides of a French cardiologist, undated (after 2020); seed document 001 of this project",
  document: "seed 001 (001_20fe2640e8539898.txt)",
  edition: "undated",
  verification: "primary",
  lastChecked,
  isRetracted: false,
};

export const accAhaPrevention2019: RuleSource = {
  citation:
    "Arnett DK, Blumenthal RS, Albert MA, et al. 2019 ACC/AHA guideline on the primary prevention of cardiovascular disease. Circulation 140:e596-e646, 2019",
  doi: "10.1161/CIR.0000000000000678",
  isDoiRecalled: true,
  edition: "2019",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const escEas2025: RuleSource = {
  citation:
    "Mach F, Koskinas KC, Roeters van Lennep JE, et al. 2025 focused update of the 2019 ESC/EAS guidelines for the management of dyslipidaemias. Eur Heart J 46:4359-4378, 2025",
  doi: "10.1093/eurheartj/ehaf190",
  edition: "2025",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const orringer2021: RuleSource = {
  citation:
    "Orringer CE, Blaha MJ, Blankstein R, et al. The National Lipid Association scientific statement on coronary artery calcium scoring to guide preventive strategies for ASCVD risk reduction. J Clin Lipidol 15:33-60, 2021",
  doi: "10.1016/j.jacl.2020.12.005",
  edition: "2021",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const budoff2018: RuleSource = {
  citation:
    "Budoff MJ, Young R, Burke G, et al. Ten-year association of coronary artery calcium with atherosclerotic cardiovascular disease (ASCVD) events: the multi-ethnic study of atherosclerosis (MESA). Eur Heart J 39(25):2401-2408, 2018",
  doi: "10.1093/eurheartj/ehy217",
  edition: "2018",
  verification: "public-source",
  confirmedIn: "its abstract (PMC6030975); the article was not read",
  lastChecked,
  isRetracted: false,
};

export const villines2011: RuleSource = {
  citation:
    "Villines TC, Hulten EA, Shaw LJ, et al. Prevalence and severity of coronary artery disease and adverse events among symptomatic patients with coronary artery calcification scores of zero undergoing coronary computed tomography angiography: results from the CONFIRM registry. J Am Coll Cardiol 58:2533-2540, 2011",
  document: "abstract at portal.fis.tum.de",
  edition: "2011",
  verification: "public-source",
  confirmedIn: "its abstract (portal.fis.tum.de); the article was not read",
  lastChecked,
  isRetracted: false,
};

export const shaw2018: RuleSource = {
  citation:
    "Shaw LJ, Min JK, Nasir K, et al. Sex differences in calcified plaque and long-term cardiovascular mortality: observations from the CAC Consortium. Eur Heart J 39(41):3727-3735, 2018",
  doi: "10.1093/eurheartj/ehy534",
  edition: "2018",
  verification: "public-source",
  confirmedIn: "its abstract (PMC6209852); the article was not read",
  lastChecked,
  isRetracted: false,
};

export const defina2019: RuleSource = {
  citation:
    "DeFina LF, Radford NB, Barlow CE, et al. Association of all-cause and cardiovascular mortality with high levels of physical activity and concurrent coronary artery calcification. JAMA Cardiol 4(2):174-181, 2019",
  doi: "10.1001/jamacardio.2018.4628",
  edition: "2019",
  verification: "public-source",
  confirmedIn: "its abstract (PMC6439619); the article was not read",
  lastChecked,
  isRetracted: false,
};
