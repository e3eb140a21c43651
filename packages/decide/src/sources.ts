import type { RuleSource } from "./engine/rule.ts";

/**
 * The documents that packs rest on, once each. A rule overrides `verification`, `confirmedIn` and `table` with what was
 * checked for its own line. `isDoiRecalled` marks identifiers that were not seen in the document or an index.
 */
const lastChecked = "2026-11-22";

export const accAha2018: RuleSource = {
  citation:
    "Grundy SM, Stone NJ, Bailey AL, et al. 2018 AHA/ACC/multisociety guideline on the management of blood cholesterol. Circulation 139:e1082-e1143, 2019",
  doi: "10.1161/CIR.0000000000000625",
  edition: "2018",
  verification: "not-verified",
  lastChecked,
  supersededBy:
    "2026 ACC/AHA/multisociety guideline on the management of dyslipidemia. Circulation 153, 2026, doi 10.1161/CIR.0000000000001423 (seen in an index, not read)",
  isRetracted: false,
};

export const hecht2018: RuleSource = {
  citation:
    "Hecht HS, Blaha MJ, Kazerooni EA, et al. CAC-DRS: Coronary Artery Calcium Data and Reporting System. An expert consensus document of the SCCT. J Cardiovasc Comput Tomogr 12:185-191, 2018",
  doi: "10.1016/j.jcct.2018.03.008",
  isDoiRecalled: true,
  edition: "2018",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const valensi2021: RuleSource = {
  citation:
    "Valensi P, Henry P, Boccara F, et al. (SFC/SFD joint position) Risk stratification and screening for coronary artery disease in asymptomatic patients with diabetes mellitus: position paper of the French Society of Cardiology and the French-speaking Society of Diabetology. Arch Cardiovasc Dis 114:150-172 (also Diabetes Metab 47:101185), 2021",
  doi: "10.1016/j.acvd.2020.07.003",
  isDoiRecalled: true,
  edition: "2021",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const mcclelland2006: RuleSource = {
  citation:
    "McClelland RL, Chung H, Detrano R, Post W, Kronmal RA Distribution of coronary artery calcium by race, gender, and age: results from MESA. Circulation 113(1):30-37, 2006",
  doi: "10.1161/CIRCULATIONAHA.105.580696",
  edition: "2006",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const hoff2001: RuleSource = {
  citation:
    "Hoff JA, Chomka EV, Krainik AJ, Daviglus M, Rich S, Kondos GT Age and gender distributions of coronary artery calcium detected by electron beam tomography in 35,246 adults. Am J Cardiol 87(12):1335-1339, 2001",
  doi: "10.1016/S0002-9149(01)01548-X",
  edition: "2001",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const mcclelland2015: RuleSource = {
  citation:
    "McClelland RL, Jorgensen NW, Budoff M, et al. 10-Year coronary heart disease risk prediction using coronary artery calcium and traditional risk factors: derivation in MESA with validation in HNR and DHS. J Am Coll Cardiol 66(15):1643-1653, 2015",
  doi: "10.1016/j.jacc.2015.08.035",
  edition: "2015",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const mcclelland2009: RuleSource = {
  citation:
    "McClelland RL, Nasir K, Budoff M, Blumenthal RS, Kronmal RA Arterial age as a function of coronary artery calcium (from MESA). Am J Cardiol 103(1):59-63, 2009",
  doi: "10.1016/j.amjcard.2008.08.031",
  edition: "2009",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const score2: RuleSource = {
  citation:
    "SCORE2 working group and ESC Cardiovascular risk collaboration SCORE2 risk prediction algorithms: new models to estimate 10-year risk of cardiovascular disease in Europe. Eur Heart J 42(25):2439-2454, 2021",
  doi: "10.1093/eurheartj/ehab309",
  edition: "2021",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const score2Op: RuleSource = {
  citation:
    "SCORE2-OP working group and ESC Cardiovascular risk collaboration SCORE2-OP risk prediction algorithms: estimating incident cardiovascular event risk in older persons in four geographical risk regions. Eur Heart J 42(25):2455-2467, 2021",
  doi: "10.1093/eurheartj/ehab312",
  isDoiRecalled: true,
  edition: "2021",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const score2Diabetes: RuleSource = {
  citation:
    "SCORE2-Diabetes Working Group and the ESC Cardiovascular Risk Collaboration SCORE2-Diabetes: 10-year cardiovascular risk estimation in type 2 diabetes in Europe. Eur Heart J 44(28):2544-2556, 2023",
  doi: "10.1093/eurheartj/ehad260",
  edition: "2023",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const esc2021: RuleSource = {
  citation:
    "Visseren FLJ, Mach F, Smulders YM, et al. 2021 ESC Guidelines on cardiovascular disease prevention in clinical practice. Eur Heart J 42:3227-3337, 2021",
  doi: "10.1093/eurheartj/ehab484",
  isDoiRecalled: true,
  edition: "2021",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const escEas2019: RuleSource = {
  citation:
    "Mach F, Baigent C, Catapano AL, et al. 2019 ESC/EAS Guidelines for the management of dyslipidaemias. Eur Heart J 41:111-188, 2020",
  doi: "10.1093/eurheartj/ehz455",
  edition: "2019",
  verification: "not-verified",
  lastChecked,
  supersededBy:
    "2025 focused update, in part. Eur Heart J 46:4359-4378, 2025, doi 10.1093/eurheartj/ehaf190: risk by SCORE2; the LDL targets stand (escardio.org, 31/08/2025)",
  isRetracted: false,
};

export const accAha2013: RuleSource = {
  citation:
    "Goff DC Jr, Lloyd-Jones DM, Bennett G, et al. 2013 ACC/AHA guideline on the assessment of cardiovascular risk. Circulation 129(25 Suppl 2):S49-S73, 2014",
  doi: "10.1161/01.cir.0000437741.48606.98",
  edition: "2013",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const khan2024: RuleSource = {
  citation:
    "Khan SS, Matsushita K, Sang Y, et al. Development and validation of the American Heart Association's PREVENT equations. Circulation 149(6):430-449, 2024",
  doi: "10.1161/CIRCULATIONAHA.123.067626",
  edition: "2024",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const min2010: RuleSource = {
  citation:
    "Min JK, Lin FY, Gidseg DS, et al. Determinants of coronary calcium conversion among patients with a normal coronary calcium scan: what is the 'warranty period' for remaining normal?. J Am Coll Cardiol 55(11):1110-1117, 2010",
  doi: "10.1016/j.jacc.2009.08.088",
  edition: "2010",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const dzaye2021: RuleSource = {
  citation:
    "Dzaye O, Dardari ZA, Cainzos-Achirica M, et al. Warranty period of a calcium score of zero: comprehensive analysis from MESA. JACC Cardiovasc Imaging 14(5):990-1002, 2021",
  doi: "10.1016/j.jcmg.2020.06.048",
  edition: "2021",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const miedema2014: RuleSource = {
  citation:
    "Miedema MD, Duprez DA, Misialek JR, et al. Use of coronary artery calcium testing to guide aspirin utilization for primary prevention: estimates from MESA. Circ Cardiovasc Qual Outcomes 7:453-460, 2014",
  doi: "10.1161/CIRCOUTCOMES.113.000690",
  edition: "2014",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const nasir2015: RuleSource = {
  citation:
    "Nasir K, Bittencourt MS, Blaha MJ, et al. Implications of coronary artery calcium testing among statin candidates according to ACC/AHA cholesterol management guidelines: MESA. J Am Coll Cardiol 66:1657-1668, 2015",
  doi: "10.1016/j.jacc.2015.07.066",
  edition: "2015",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const arad2005: RuleSource = {
  citation:
    "Arad Y, Spadaro LA, Roth M, Newstein D, Guerci AD Treatment of asymptomatic adults with elevated coronary calcium scores with atorvastatin, vitamin C, and vitamin E: the St. Francis Heart Study randomized clinical trial. J Am Coll Cardiol 46:166-172, 2005",
  doi: "10.1016/j.jacc.2005.02.089",
  isDoiRecalled: true,
  edition: "2005",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const raggi2004: RuleSource = {
  citation:
    "Raggi P, Shaw LJ, Berman DS, Callister TQ Prognostic value of coronary artery calcium screening in subjects with and without diabetes. J Am Coll Cardiol 43:1663-1669, 2004",
  doi: "10.1016/j.jacc.2003.09.068",
  isDoiRecalled: true,
  edition: "2004",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const hokanson2004: RuleSource = {
  citation:
    "Hokanson JE, MacKenzie T, Kinney G, et al. Evaluating changes in coronary artery calcium: an analytic method that accounts for interscan variability. AJR Am J Roentgenol 182:1327-1332, 2004",
  doi: "10.2214/ajr.182.5.1821327",
  isDoiRecalled: true,
  edition: "2004",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const budoff2010: RuleSource = {
  citation:
    "Budoff MJ, Hokanson JE, Nasir K, et al. Progression of coronary artery calcium predicts all-cause mortality. JACC Cardiovasc Imaging 3:1229-1236, 2010",
  doi: "10.1016/j.jcmg.2010.08.018",
  isDoiRecalled: true,
  edition: "2010",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const hecht2017: RuleSource = {
  citation:
    "Hecht HS, Cronin P, Blaha MJ, et al. 2016 SCCT/STR guidelines for coronary artery calcium scoring of noncontrast noncardiac chest CT scans. J Cardiovasc Comput Tomogr 11:74-84, 2017",
  doi: "10.1016/j.jcct.2016.11.003",
  isDoiRecalled: true,
  edition: "2016",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const rumberger1999: RuleSource = {
  citation:
    "Rumberger JA, Brundage BH, Rader DJ, Kondos G. Electron beam computed tomographic coronary calcium scanning: a review and guidelines for use in asymptomatic persons. Mayo Clin Proc 74:243-252, 1999",
  document: "Mayo Clin Proc 1999;74:243-252",
  edition: "1999",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const who2000: RuleSource = {
  citation:
    "World Health Organization. Obesity: preventing and managing the global epidemic. Report of a WHO consultation. Geneva, 2000",
  document: "WHO Technical Report Series 894",
  edition: "2000",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const shemesh2010: RuleSource = {
  citation:
    "Shemesh J, Henschke CI, Shaham D, et al. Ordinal scoring of coronary artery calcifications on low-dose CT scans of the chest is predictive of death from cardiovascular disease. Radiology 257:541-548, 2010",
  doi: "10.1148/radiol.10100383",
  isDoiRecalled: true,
  edition: "2010",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};
