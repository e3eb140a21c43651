import { bytesSource, readPart10, type StudyContext, studyContextOf } from "@etalon/dicom";
import {
  type CandidateRuns,
  type ItemMask,
  type Marks,
  type Overrides,
  parseMarks,
  type Result,
} from "@etalon/measure";
import { buildThoraxPhantom, type ThoraxPhantomOptions, thoraxPhantomDefaults } from "@etalon/phantom";
import { prepareScore, type ReceivedPhantom, receivePhantom } from "./score-phantom.ts";

/** A thorax phantom, received and scored, with all that documents made from the result refer to. */
export interface MeasuredPhantom extends ReceivedPhantom {
  readonly result: Result;
  readonly mask: ItemMask;
  readonly located: CandidateRuns;
  /** The phantom's own, with a long French name. */
  readonly context: StudyContext;
  readonly sources: readonly {
    readonly sopClassUid: string;
    readonly sopInstanceUid: string;
    readonly seriesInstanceUid: string;
    readonly positionLpsMm?: readonly [number, number, number];
  }[];
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** What a test asks of the phantom. */
export interface MeasuredPhantomOptions extends Partial<ThoraxPhantomOptions> {
  /** `null` for none; the phantom's own when absent. */
  readonly marks?: Marks | null;
  readonly overrides?: Overrides;
}

/** Receives and scores a thorax phantom of a quarter of the default's pixels. */
export async function measurePhantom(options: MeasuredPhantomOptions = {}): Promise<MeasuredPhantom> {
  const { marks, overrides, ...shape } = options;
  const phantom = buildThoraxPhantom({ ...thoraxPhantomDefaults, columns: 256, rows: 256, ...shape });
  const files = [...phantom.files];
  const study = await receivePhantom(phantom);
  const run = await prepareScore(study, marks === undefined ? parseMarks(phantom.marks) : marks, overrides);
  const mask = run.outline();
  const located = run.locate();
  if (mask === null || located === null) throw new Error("the calcium score outlines nothing");
  const { dataSet } = await readPart10(bytesSource(files[0].name, files[0].bytes), { until: "pixel-data" });
  const context = studyContextOf(dataSet);
  const name = { Alphabetic: "Lefèvre-Desnoyers^Anne-Françoise Gaëlle" };
  return {
    ...study,
    result: run.measure(),
    mask,
    located,
    context: { ...context, patient: { ...context.patient, name } },
    sources: study.ledger.stacks.flatMap(({ frames }) =>
      frames.map(({ instance: { header }, header: frame }) => ({
        sopClassUid: header.sopClassUid,
        sopInstanceUid: header.sopInstanceUid,
        seriesInstanceUid: header.seriesInstanceUid,
        ...(frame.positionLpsMm === undefined ? {} : { positionLpsMm: frame.positionLpsMm }),
      })),
    ),
    files,
  };
}
