import type { Language } from "@etalon/base";
import {
  collectFacts,
  decide,
  type Facts,
  factsOfResult,
  mesaStratumOfFacts,
  catalog as packs,
  packsForProtocol,
  type Verdicts,
} from "@etalon/decide";
import { type DataSet, type StudyContext, studyContextOf } from "@etalon/dicom";
import type { AnyProtocol, MeasuredCurve, Result } from "@etalon/measure";
import type { Ledger, StackInstance } from "@etalon/volume";
import { headerFacts } from "./header-facts.ts";
import type { KeyImage, ReportInput, SourceInstance } from "./report-input.ts";

/** What documents are made of besides the result. */
export interface ReportRequest {
  readonly result: Result;
  readonly protocol: AnyProtocol;
  readonly study: {
    readonly ledger: Ledger;
    /** The header of one of the files received, by its path. */
    readonly readHeader: (path: string) => Promise<DataSet>;
  };
  readonly facts: Facts;
  readonly keyImages: readonly KeyImage[];
  /** The points of the result's curves, where it has any. */
  readonly curves?: readonly MeasuredCurve[];
  readonly indication: string | undefined;
  /** Whether the documents may show the ethnic table that a percentile was read from. */
  readonly showsEthnicity: boolean;
  readonly language: Language;
  readonly createdAt: string;
}

/** A measurement without images has no study. */
const noStudy: StudyContext = { patient: {}, study: { instanceUid: "" } };

/**
 * Everything a report is a rendering of: the result, who and what was examined, and what guidance makes of it.
 *
 * @throws {EtalonError} `contradictory-facts`
 */
export async function gatherReportInput(
  request: ReportRequest,
): Promise<ReportInput & { readonly verdicts: Verdicts }> {
  const { result, protocol, study, keyImages, curves = [], indication, language, createdAt } = request;
  const instances = measuredInstances(result, study);
  const [first] = instances;
  const context = first === undefined ? noStudy : studyContextOf(await study.readHeader(first.path));
  const facts = gatherFacts(request.facts, { result, context });
  const stratum = request.showsEthnicity ? mesaStratumOfFacts(facts) : undefined;
  return {
    result,
    protocol,
    verdicts: decide(packs, facts, packsForProtocol(protocol.id, facts)),
    context,
    keyImages,
    ...(curves.length === 0 ? {} : { curves }),
    sources: instances.map(sourceOf),
    ...(indication === undefined ? {} : { indication }),
    ...(stratum === undefined ? {} : { percentileStratum: stratum }),
    createdAt,
    language,
  };
}

/** The DICOM images of a result, one entry each, in the order of their stacks. */
function measuredInstances(result: Result, study: ReportRequest["study"]): readonly StackInstance[] {
  const measured = new Set(result.recipe.inputs.map(({ dataSetSha256 }) => dataSetSha256));
  const instances = study.ledger.stacks.flatMap(({ frames }) => frames.map(({ instance }) => instance));
  const byHash = new Map(instances.map((instance) => [instance.dataSetSha256, instance]));
  // A research file is no DICOM object that others could refer to, and says nothing of the person.
  return [...byHash.values()].filter(({ kind, dataSetSha256 }) => kind === undefined && measured.has(dataSetSha256));
}

function sourceOf({ header }: StackInstance): SourceInstance {
  const { sopClassUid, sopInstanceUid, seriesInstanceUid, frames } = header;
  // Of an object with several frames no one position says where it lies.
  const position = frames.length === 1 ? frames[0]?.positionLpsMm : undefined;
  return {
    sopClassUid,
    sopInstanceUid,
    seriesInstanceUid,
    ...(position === undefined ? {} : { positionLpsMm: position }),
  };
}

/**
 * What is known of the person: what was given, what the result says, and what the images' header says.
 *
 * @throws {EtalonError} `contradictory-facts` where two of them disagree: another person's facts, or another study's result
 */
function gatherFacts(
  given: Facts,
  { result, context }: { readonly result: Result; readonly context: StudyContext },
): Facts {
  return collectFacts([...given.values(), ...factsOfResult(result), ...headerFacts(context)]);
}
