import { collectFacts, decide, factsOfResult, catalog as packs, packsForProtocol, parseFacts } from "@etalon/decide";
import type { StudyContext } from "@etalon/dicom";
import { catalog, type Result } from "@etalon/measure";
import { headerFacts } from "../header-facts.ts";
import type { KeyImage, ReportInput } from "../report-input.ts";

/** A long name with accents, a hyphen and two given names. */
const context: StudyContext = {
  patient: {
    name: { Alphabetic: "Lefèvre-Desnoyers^Anne-Françoise Gaëlle" },
    id: "ÉTALON-0042",
    birthDate: "19610314",
    sex: "F",
    age: "065Y",
  },
  study: {
    instanceUid: "1.2.826.0.1.3680043.8.498.1",
    date: "20261122",
    time: "101530",
    accessionNumber: "ACC-2026-1122",
    description: "Score calcique",
    referringPhysician: { Alphabetic: "Crépin-Hélary^Loïc^^Dr" },
  },
  institutionName: "Hôpital de l'Étalon, Sèvres",
};

const givenFacts = [
  { id: "ethnicity", value: "white" },
  { id: "diabetes", value: false, source: "dossier", date: "2026-11-02" },
  { id: "symptomatic", value: false, source: "questionnaire", date: "2026-11-22" },
  { id: "current-smoker", value: true, source: "questionnaire", date: "2026-11-22" },
  { id: "total-cholesterol", value: 2.31, unit: "g/L", source: "laboratoire", date: "2026-10-30" },
  { id: "hdl-cholesterol", value: 0.48, unit: "g/L", source: "laboratoire", date: "2026-10-30" },
  { id: "ldl-cholesterol", value: 1.52, unit: "g/L", source: "laboratoire", date: "2026-10-30" },
  { id: "systolic-blood-pressure", value: 138, unit: "mm[Hg]", source: "consultation", date: "2026-11-22" },
  { id: "blood-pressure-medication", value: false },
  { id: "lipid-medication", value: false },
  { id: "family-history-heart-attack", value: true },
  { id: "risk-region", value: "low" },
];

/** The input of a report on a result, with facts, verdicts of every pack, and a patient with a long French name. */
export function sampleReportInput(result: Result, keyImages: readonly KeyImage[] = []): ReportInput {
  const protocol = catalog.find(({ id }) => id === result.protocol.id);
  if (protocol === undefined) throw new Error(`the catalogue lacks ${result.protocol.id}`);
  const given = parseFacts({ schema: "etalon.facts/1", facts: givenFacts });
  const facts = collectFacts([...given.values(), ...factsOfResult(result), ...headerFacts(context)]);
  return {
    result,
    protocol,
    verdicts: decide(packs, facts, packsForProtocol(protocol.id, facts)),
    context,
    keyImages,
    sources: [],
    indication: "Évaluation du risque cardiovasculaire chez une femme asymptomatique, hésitation sur une statine.",
    createdAt: "2026-11-22T11:02:00+01:00",
    language: "fr",
  };
}
