import type { Code, JsonValue, Reference, Text } from "@etalon/base";
import type { Grid, LedgerNote, Stack, Volume } from "@etalon/volume";
import type { Motion } from "./mapping/motion.ts";
import type { ParametricMap } from "./mapping/parametric-map.ts";
import type { MeasuredCurve } from "./perfusion/measured-curve.ts";
import type { ResolvedRegion } from "./region.ts";
import type { Seed, Structure } from "./structure.ts";

/** Whether a stack can play a role: its rank among others that can (higher is better), or the code of what speaks against it. */
export type RoleMatch =
  | { readonly fits: true; readonly rank: number }
  | {
      readonly fits: false;
      readonly reason: string;
      /** Whether the reader may choose it all the same: the reason comes from a label that is often wrong. */
      readonly mayBeChosen?: boolean;
    };

/** An input that is a series of images. */
export interface SeriesRole {
  readonly kind: "series";
  readonly title: Text;
  /** UCUM unit of the voxel values after rescale. */
  readonly unit: string;
  /** A stack with fewer slices is refused with `single-slice`. */
  readonly minimumSlices: number;
  /** Whether the input is one point of the stack's axes (a phase of a cine): the one that is chosen, or that marks are drawn on. */
  readonly isOnePhase?: boolean;
  /** Whether the protocol measures without it too. */
  readonly isOptional?: boolean;
  readonly match: (stack: Stack) => RoleMatch;
}

/** Attribute of an image that says how it was weighted. */
export type Weighting = "inversionTimeMs" | "triggerTimeMs" | "echoTimeMs" | "flipAngleDeg" | "temporalPositionIndex";

/** An input of several images of the same planes, each weighted differently: of one series, or one of each of several. */
export interface WeightedRole extends SeriesRole {
  /** Attributes that may say the weighting: the first that every image says, and that differs among them, counts. */
  readonly weightedBy: readonly Weighting[];
  /** Fewer different weightings are refused with `too-few-weightings`. */
  readonly minimumWeightings: number;
}

/** An input that is one number with a unit. */
export interface NumberRole {
  readonly kind: "number";
  readonly title: Text;
  readonly code: Code;
  /** UCUM unit the number is converted to. */
  readonly unit: string;
  /** Whether the protocol measures without it too, and says less. */
  readonly isOptional?: boolean;
}

/** An input of a protocol. */
export type Role = SeriesRole | WeightedRole | NumberRole;

/** A number that the method could have had otherwise. */
export interface NumberParameter {
  readonly kind: "number";
  readonly title: Text;
  /** UCUM unit. */
  readonly unit: string;
  /** `null` when the value comes from the images unless it is given. */
  readonly default: number | null;
  /** Inclusive range. */
  readonly minimum: number;
  readonly maximum: number;
  /** Where the default was published, or why it is what it is. */
  readonly source: string;
  /** Whether an override must name its source (it contradicts or replaces what the scanner wrote). */
  readonly needsSource?: boolean;
}

/** One of several ways of doing a step. */
export interface ChoiceParameter {
  readonly kind: "choice";
  readonly title: Text;
  readonly default: string;
  readonly choices: readonly string[];
  readonly source: string;
}

/** A reason in words, which opens what is otherwise refused. */
export interface ReasonParameter {
  readonly kind: "reason";
  readonly title: Text;
  readonly default: null;
  readonly source: string;
}

/** A declared parameter. */
export type Parameter = NumberParameter | ChoiceParameter | ReasonParameter;

/** What a protocol declares of one of its outputs. */
export interface OutputDeclaration {
  readonly title: Text;
  readonly code: Code;
  /** UCUM unit; "1" when dimensionless. */
  readonly unit: string;
}

/** One number of a result. */
export interface Output {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** Label of the marks' region; absent for the total. */
  readonly site?: string;
  /** Lesion; absent for sums. */
  readonly item?: string;
  readonly code: Code;
}

/** Something found in the pixels that may count, counts, or does not, and why. */
export interface Candidate {
  readonly id: string;
  readonly status: "candidate" | "excluded" | "assigned";
  /** Code of why it is excluded. */
  readonly reason?: string;
  readonly site?: string;
  /** Lesion number in the outputs, when it counts. */
  readonly item?: string;
  /** Where and what it is: numbers named with their units. */
  readonly measures: { readonly [name: string]: JsonValue };
}

/** Something that a reader of the number must know: a code with its details; never prose. */
export interface QualityNote {
  readonly code: string;
  readonly severity: "info" | "warning";
  readonly details: { readonly [name: string]: JsonValue };
}

/** The result again under another published choice of one parameter. */
export interface SensitivityRow {
  readonly parameter: string;
  readonly choice: string;
  readonly output: string;
  readonly value: number;
  readonly category: string;
  readonly changesCategory: boolean;
}

/** A parametric map or curve is stored beside the result and named by its hash. */
export interface StoredArray {
  readonly id: string;
  readonly unit: string;
  readonly sha256: string;
}

/** What a protocol's pure function returns. */
export interface Measurement {
  readonly outputs: readonly Output[];
  /** Whether a reader's marks are still needed before the numbers count. */
  readonly provisional: boolean;
  readonly quality: readonly QualityNote[];
  readonly candidates: readonly Candidate[];
  readonly maps: readonly StoredArray[];
  readonly curves: readonly StoredArray[];
  readonly sensitivity: readonly SensitivityRow[];
  /** The voxels of `maps`, in their order; they are stored beside the result, which names their hashes. */
  readonly mapValues?: readonly ParametricMap[];
  /** The points of `curves`, in their order; they are stored beside the result, which names their hashes. */
  readonly curveValues?: readonly MeasuredCurve[];
}

/** The voxels of each item of a result, on the grid that was measured. */
export interface ItemMask {
  readonly grid: Grid;
  /** In the order of the outputs; no voxel is in two items. */
  readonly items: readonly {
    readonly item: string;
    readonly site?: string;
    /** Indexes of its voxels, ascending; shape [z, y, x]. */
    readonly voxels: Int32Array;
  }[];
}

/** Where the candidates of a measurement lie, on the grid that was measured: horizontal runs of voxels, in scan order. */
export interface CandidateRuns {
  readonly grid: Grid;
  readonly slice: Int32Array;
  readonly row: Int32Array;
  /** First and last column of each run, both in. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Index in the measurement's candidates. */
  readonly candidate: Int32Array;
  /** Number of the connected part of its slice that each run belongs to. */
  readonly part: Int32Array;
}

/** A series as a protocol sees it: voxels, and what the ledger knows of the stack they come from. */
export interface SeriesInput {
  readonly volume: Volume;
  readonly stack: Stack;
  /** Notes on the frames of this stack; what else was received is not among them. */
  readonly notes: readonly LedgerNote[];
}

/** One image of a weighted input. */
export interface WeightedImage {
  readonly volume: Volume;
  /** Weighting of each slice, in the unit of its attribute. */
  readonly weightings: Float64Array;
  /** Repetition time of each slice, ms; NaN where it is not said. */
  readonly repetitionTimesMs: Float64Array;
  /** When each slice was taken, ms from an origin that all images share; NaN where it is not said. */
  readonly timesMs: Float64Array;
}

/** A weighted input as a protocol sees it. `volume` is its first image, whose grid they all share. */
export interface WeightedInput extends SeriesInput {
  readonly weighting: Weighting;
  /** In the order of their weightings, ascending in each slice. */
  readonly images: readonly WeightedImage[];
  /** What recorded transforms moved of the images; absent where nothing was moved. */
  readonly motion?: Motion;
}

/** The value of a parameter as a protocol reads it. */
export type ParameterValue<P extends Parameter> = P extends NumberParameter
  ? P["default"] extends null
    ? number | null
    : number
  : P extends ChoiceParameter
    ? P["choices"][number]
    : string | null;

/** The input of a role as a protocol reads it. */
export type RoleValue<R extends Role> = R extends WeightedRole
  ? R extends { readonly isOptional: true }
    ? WeightedInput | null
    : WeightedInput
  : R extends { readonly isOptional: true }
    ? (R extends SeriesRole ? SeriesInput : number) | null
    : R extends SeriesRole
      ? SeriesInput
      : number;

/** Everything a measurement depends on. */
export interface MeasureInputs<
  Roles extends Readonly<Record<string, Role>>,
  Parameters extends Readonly<Record<string, Parameter>>,
> {
  readonly roles: { readonly [K in keyof Roles]: RoleValue<Roles[K]> };
  readonly parameters: { readonly [K in keyof Parameters]: ParameterValue<Parameters[K]> };
  /** Regions of the reader's marks; `null` when there are no marks. */
  readonly regions: readonly ResolvedRegion[] | null;
  /** What the marks draw on the inputs; absent when there are no marks. */
  readonly structures?: readonly Structure[];
  /** Clicks of the marks on the inputs; absent when there are no marks. */
  readonly seeds?: readonly Seed[];
}

/** A structure that a reader may draw on images of an input: the label that contours of the marks then have. */
export interface DrawnStructure {
  readonly label: string;
  readonly title: Text;
  /** Inputs that it may be drawn on. */
  readonly roles: readonly string[];
}

/** One clinical quantification protocol: what goes in, what comes out, and the pure function between. */
export interface Protocol<
  Roles extends Readonly<Record<string, Role>> = Readonly<Record<string, Role>>,
  Parameters extends Readonly<Record<string, Parameter>> = Readonly<Record<string, Parameter>>,
> {
  /** `<region>/<protocol>`, the folder. */
  readonly id: string;
  /** Raised whenever a result could change. */
  readonly version: string;
  readonly title: Text;
  readonly roles: Roles;
  readonly parameters: Parameters;
  readonly outputs: Readonly<Record<string, OutputDeclaration>>;
  /** What a reader may draw by contours; absent where contours are not measured, or alone do not suffice. */
  readonly draws?: readonly DrawnStructure[];
  readonly references: readonly [Reference, ...Reference[]];
  /** `bitwise`: replayed to the last bit on every engine; otherwise the bound within which two runs agree. */
  readonly replay: "bitwise" | { readonly tolerance: number };
  /** Pure and synchronous. @throws EtalonError when no correct number can be given */
  readonly measure: (inputs: MeasureInputs<Roles, Parameters>) => Measurement;
  /** The voxels that each item of the same inputs' measurement was measured on; absent where items are no voxels. */
  readonly outline?: (inputs: MeasureInputs<Roles, Parameters>) => ItemMask;
  /** Where the candidates of the same inputs' measurement lie; absent where nothing is proposed voxel by voxel. */
  readonly locate?: (inputs: MeasureInputs<Roles, Parameters>) => CandidateRuns;
}

/** A protocol of whatever inputs: what the catalogue lists and the runner runs. */
export type AnyProtocol = Omit<Protocol, "measure" | "outline" | "locate"> & {
  // Methods, so that protocols with narrower inputs can be listed together; the runner builds the inputs from the declarations.
  measure(inputs: AnyInputs): Measurement;
  outline?(inputs: AnyInputs): ItemMask;
  locate?(inputs: AnyInputs): CandidateRuns;
};

type AnyInputs = MeasureInputs<Readonly<Record<string, Role>>, Readonly<Record<string, Parameter>>>;
