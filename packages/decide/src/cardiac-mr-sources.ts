import type { RuleSource } from "./engine/rule.ts";

/** Documents that the rules on cardiac MR rest on, once each; see `sources.ts`. */
const lastChecked = "2026-11-23";

export const esc2020Nste: RuleSource = {
  citation:
    "Collet JP, Thiele H, Barbato E, et al. 2020 ESC Guidelines for the management of acute coronary syndromes in patients presenting without persistent ST-segment elevation. Eur Heart J 42:1289-1367, 2021",
  doi: "10.1093/eurheartj/ehaa575",
  isDoiRecalled: true,
  edition: "2020",
  verification: "not-verified",
  lastChecked,
  supersededBy:
    "Byrne RA, Rossello X, Coughlan JJ, et al. 2023 ESC Guidelines for the management of acute coronary syndromes. Eur Heart J 44:3720-3826, 2023, doi 10.1093/eurheartj/ehad191",
  isRetracted: false,
};

/** How the reference collection recalls what tells the three diagnoses apart, from the ESC of 2020 and two statements. */
export const minocaWorkup: RuleSource = {
  ...esc2020Nste,
  citation: `${esc2020Nste.citation}; with Agewall S et al. (ESC working group position paper), 2017, and Tamis-Holland JE et al. (AHA statement), Circulation 139:e891, 2019`,
};

export const esc2023Acs: RuleSource = {
  citation:
    "Byrne RA, Rossello X, Coughlan JJ, et al. 2023 ESC Guidelines for the management of acute coronary syndromes. Eur Heart J 44:3720-3826, 2023",
  doi: "10.1093/eurheartj/ehad191",
  edition: "2023",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const lakeLouise2018: RuleSource = {
  citation:
    "Ferreira VM, Schulz-Menger J, Holmvang G, et al. Cardiovascular magnetic resonance in nonischemic myocardial inflammation: expert recommendations. J Am Coll Cardiol 72:3158-3176, 2018",
  doi: "10.1016/j.jacc.2018.09.072",
  edition: "2018",
  verification: "public-source",
  confirmedIn: "its abstract (rdm.ox.ac.uk) and a guideline's table (PMC9352123, table 6); the article was not read",
  lastChecked,
  isRetracted: false,
};

export const lakeLouise2009: RuleSource = {
  citation:
    "Friedrich MG, Sechtem U, Schulz-Menger J, et al. Cardiovascular magnetic resonance in myocarditis: a JACC white paper. J Am Coll Cardiol 53:1475-1487, 2009",
  doi: "10.1016/j.jacc.2009.02.007",
  edition: "2009",
  table: "table 7",
  verification: "public-source",
  confirmedIn: "its table 7 (PMC2743893); the rest of the article was not read",
  lastChecked,
  supersededBy: "Ferreira VM et al. J Am Coll Cardiol 72:3158-3176, 2018, doi 10.1016/j.jacc.2018.09.072",
  isRetracted: false,
};

export const universalDefinition2018: RuleSource = {
  citation:
    "Thygesen K, Alpert JS, Jaffe AS, et al. Fourth universal definition of myocardial infarction (2018). Eur Heart J 40:237-269, 2019",
  doi: "10.1093/eurheartj/ehy462",
  isDoiRecalled: true,
  edition: "2018",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};

export const lintingre2020: RuleSource = {
  citation:
    "Lintingre PF, Nivet H, Clément-Guinaudeau S, et al. High-resolution late gadolinium enhancement magnetic resonance for the diagnosis of myocardial infarction with nonobstructed coronary arteries. JACC Cardiovasc Imaging 13:1135-1148, 2020",
  doi: "10.1016/j.jcmg.2019.11.020",
  isDoiRecalled: true,
  edition: "2020",
  verification: "public-source",
  confirmedIn: "seed 000 (Réalités Cardiologiques n° 357, November 2020); acc.org, journal scan of 8 May 2020",
  lastChecked,
  isRetracted: false,
};

export const minocaTiming2023: RuleSource = {
  citation:
    "Timing of cardiac magnetic resonance and diagnostic yield in patients with MINOCA. Rev Esp Cardiol (Engl Ed), online 2023",
  document: "abstract at revespcardiol.org, articulo S1885585723003390",
  edition: "2023",
  verification: "public-source",
  confirmedIn: "its abstract (revespcardiol.org); the article was not read",
  lastChecked,
  isRetracted: false,
};

export const kwong2019: RuleSource = {
  citation:
    "Kwong RY, Ge Y, Steel K, et al. Cardiac magnetic resonance stress perfusion imaging for evaluation of patients with chest pain (SPINS). J Am Coll Cardiol 74:1741-1755, 2019",
  doi: "10.1016/j.jacc.2019.07.074",
  edition: "2019",
  verification: "public-source",
  confirmedIn: "its abstract (PMC8109181) and seed 000; the article was not read",
  lastChecked,
  isRetracted: false,
};

export const antiochos2020: RuleSource = {
  citation:
    "Antiochos P, Ge Y, Steel K, et al. Imaging of clinically unrecognized myocardial fibrosis in patients with suspected coronary artery disease (SPINS). J Am Coll Cardiol 76:945-957, 2020",
  doi: "10.1016/j.jacc.2020.06.063",
  edition: "2020",
  verification: "public-source",
  confirmedIn: "its abstract (cibm.ch) and seed 000; the article was not read",
  lastChecked,
  isRetracted: false,
};

export const ge2020: RuleSource = {
  citation:
    "Ge Y, Pandya A, Steel K, et al. Cost-effectiveness analysis of stress cardiovascular magnetic resonance imaging for stable chest pain syndromes (SPINS). JACC Cardiovasc Imaging 13(7):1505-1517, 2020",
  doi: "10.1016/j.jcmg.2020.02.029",
  edition: "2020",
  verification: "public-source",
  confirmedIn: "its abstract (cibm.ch, PMID 32417337); the article was not read",
  lastChecked,
  isRetracted: false,
};

/** The DOI stands in the reference collection, which recalls the article. */
export const kotecha2019: RuleSource = {
  citation:
    "Kotecha T, Martinez-Naharro A, Boldrini M, et al. Automated pixel-wise quantitative myocardial perfusion mapping by CMR to detect obstructive coronary artery disease and coronary microvascular dysfunction. JACC Cardiovasc Imaging 12:1958-1969, 2019",
  doi: "10.1016/j.jcmg.2018.12.022",
  isDoiRecalled: true,
  edition: "2019",
  verification: "not-verified",
  lastChecked,
  isRetracted: false,
};
