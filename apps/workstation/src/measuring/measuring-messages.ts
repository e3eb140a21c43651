import type { Language, Text } from "@etalon/base";
import type { GivenFact, Verdict, Verdicts } from "@etalon/decide";
import type { CandidateRuns, Marks, MeasuredCurve, Overrides, Result } from "@etalon/measure";
import type { Addendum, Card, ChosenPicture, PriorResult, Signature, WrittenSections } from "@etalon/report";

/** An object of the study: where its stored bytes come from. */
export interface ImageSource {
  /** SOP Instance UID. */
  readonly path: string;
  /** Address on the server, or a local file. */
  readonly from: string | Blob;
  /** Who asks the server, where no cookie says it. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is measured. */
export interface MeasureRequest {
  readonly protocolId: string;
  readonly sources: readonly ImageSource[];
  readonly marks: Marks | null;
  readonly overrides: Overrides;
  readonly numbers: Readonly<Record<string, number>>;
  /** Series UID by role, where the reader chose. */
  readonly roleChoices: Readonly<Record<string, string>>;
}

/** What a document is made of besides the last result. */
export interface DocumentRequest {
  readonly facts: readonly GivenFact[];
  /** Of the report. */
  readonly language: Language;
  /** Of the page: what rules say, and charts. */
  readonly pageLanguage: Language;
  readonly sections: Readonly<Partial<Record<Language, WrittenSections>>>;
  readonly pictures: readonly ChosenPicture[];
  readonly signature?: Signature;
  readonly addenda: readonly Addendum[];
  readonly prior?: PriorResult;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What a map comes down as. */
export type MapFormat = "nifti" | "parametric-map";

/** A file of a map that is wanted. */
export interface MapRequest {
  /** Of the result that the page shows. */
  readonly digest: string;
  readonly mapId: string;
  readonly format: MapFormat;
  readonly language: Language;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** A file that the page has made. */
export interface MadeFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A map of a result as it is drawn: one number per voxel. */
export interface ShownMap {
  readonly id: string;
  readonly title: Text;
  /** UCUM. */
  readonly unit: string;
  /** Whether it is a measured quantity; the others say how good it is. */
  readonly isQuantity: boolean;
  readonly columns: number;
  readonly rows: number;
  readonly slices: number;
  readonly columnSpacingMm: number;
  readonly rowSpacingMm: number;
  /** Of each slice along its normal, as the images beside it say theirs. */
  readonly positionsMm: readonly number[];
  /** Shape [z, y, x]; 0 where the map holds no value. */
  readonly values: Float32Array;
  /** Where its colours end, so that maps can be compared; its values say where absent. */
  readonly shownTo?: number;
  /** Of a map of reasons: what each of its values means, from 0. */
  readonly meanings?: readonly Text[];
}

/** What was measured, and how long the worker took, ms. */
export interface Measured {
  readonly result: Result;
  readonly located: CandidateRuns | null;
  readonly maps: readonly ShownMap[];
  readonly curves: readonly MeasuredCurve[];
  /** Of measuring alone, without reading images for the first time. */
  readonly tookMs: number;
}

/** A chart of the report, drawn. */
export interface DrawnChart {
  readonly kind: string;
  readonly title: Text;
  readonly description: Text;
  readonly svg: string;
}

/** What one rule says, in the language asked for. */
export interface CardText {
  readonly verdict: Verdict;
  readonly tone: Card["tone"];
  readonly outcome: string;
  readonly statement: string;
  /** Values and limits. */
  readonly lines: readonly string[];
  /** Kind, class and level, document, when to check again. */
  readonly source: string;
  /** Why it does not apply; empty where it does. */
  readonly unmet: string;
}

/** What published guidance makes of the last result, and the report on it. */
export interface Documents {
  /** Digest of the result. */
  readonly digest: string;
  readonly cards: readonly CardText[];
  /** Facts the verdicts rest on. */
  readonly facts: Verdicts["facts"];
  readonly html: string;
  readonly patientHtml: string;
  readonly charts: readonly DrawnChart[];
}

/** What the page asks of the worker. */
export type MeasuringQuestion =
  | { readonly id: number; readonly kind: "measure"; readonly request: MeasureRequest }
  | { readonly id: number; readonly kind: "documents"; readonly request: DocumentRequest }
  | { readonly id: number; readonly kind: "map"; readonly request: MapRequest };

/** How far it is. */
export interface MeasuringProgress {
  readonly step: "reading" | "loading" | "measuring";
  readonly done: number;
  readonly total: number;
}

/** Why there is no answer: a sentence of the project's error table where it is one of ours. */
export interface MeasuringRefusal {
  readonly code: string;
  readonly field: string;
  readonly message: Text;
}

/** What the worker says. */
export type MeasuringAnswer =
  | { readonly id: number; readonly kind: "progress"; readonly progress: MeasuringProgress }
  | { readonly id: number; readonly kind: "measured"; readonly measured: Measured }
  | { readonly id: number; readonly kind: "documents"; readonly documents: Documents }
  | { readonly id: number; readonly kind: "map"; readonly file: MadeFile }
  | { readonly id: number; readonly kind: "refused"; readonly refusal: MeasuringRefusal };
