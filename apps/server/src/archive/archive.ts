import type { Readable } from "node:stream";
import type { DataSet } from "@etalon/dicom";
import type { AccessScope } from "./access-scope.ts";
import type { Query, QueryPage } from "./query.ts";

/** What became of one received object. */
export type StoreOutcome =
  | {
      /**
       * `stored` a new instance; `identical` the very data set was there already; `new-version` the UID was there with
       * another data set, both are kept and the study is flagged.
       */
      readonly kind: "stored" | "identical" | "new-version";
      readonly sopClassUid: string;
      readonly sopInstanceUid: string;
      readonly seriesInstanceUid: string;
      readonly studyInstanceUid: string;
      readonly dataSetSha256: string;
    }
  | {
      readonly kind: "refused";
      /** Code of the project's error table. */
      readonly errorCode: string;
      readonly message: string;
      /** FailureReason (0008,1197) for STOW and status for C-STORE (PS3.18 table 10.5.3-1, PS3.7 annex C). */
      readonly failureReason: number;
      readonly sopClassUid?: string;
      readonly sopInstanceUid?: string;
    };

/** The place of an object among others that are stored at the same time: of two under one UID the later is current. */
export interface StoreTurn {
  /** Settles when the one before is indexed next or refused. */
  readonly before: Promise<void>;
  /** Called once or more when this one is. */
  readonly pass: () => void;
}

/** How an object comes in: a Part 10 file, or a bare data set as C-STORE sends it, in its transfer syntax. */
export type Incoming =
  | {
      readonly form: "part10";
      readonly bytes: AsyncIterable<Uint8Array>;
      /** The study it must be of, as `POST /studies/{study}` says; an object of another is refused before it is indexed. */
      readonly expectedStudyInstanceUid?: string;
      /** Absent where no order matters. */
      readonly turn?: StoreTurn;
    }
  | {
      readonly form: "data-set";
      readonly bytes: AsyncIterable<Uint8Array>;
      readonly transferSyntaxUid: string;
      readonly sopClassUid: string;
      readonly sopInstanceUid: string;
      readonly callingAeTitle?: string;
    };

/** One stored instance: where its bytes and its frames are. */
export interface StoredInstance {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly transferSyntaxUid: string;
  readonly fileSha256: string;
  readonly dataSetSha256: string;
  readonly sizeBytes: number;
  /** Offset of the data set in the file: what lies after group 0002. */
  readonly dataSetOffset: number;
  readonly numberOfFrames: number;
  /** 1 for the first data set received under this UID; the current one is the highest. */
  readonly version: number;
  readonly isCurrent: boolean;
}

/** One of several data sets that came under one SOP Instance UID. */
export interface InstanceVersion extends StoredInstance {
  readonly receivedAt: Date;
}

/** Names instances: a study, a series of it, an instance of it. */
export interface InstanceSelector {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid?: string;
  readonly sopInstanceUid?: string;
  /** A version by its data set's hash; the current ones where absent. */
  readonly dataSetSha256?: string;
}

/** The metadata of one instance as it was prepared at ingest, to be sent on without being read. */
export interface MetadataText extends Required<InstanceSelector> {
  /** A DICOM JSON object; the BulkDataURI of a value left in the file is "#offset=…&length=…", as `toDicomJson` writes it. */
  readonly json: string;
}

/** The archive: what STOW, C-STORE and the worklist's neighbours call. Every function takes who asks. */
export interface Archive {
  /** Keeps an object verbatim; settles when bytes and index are safe on disk. Never throws for a bad object: it is refused. */
  store(scope: AccessScope, incoming: Incoming): Promise<StoreOutcome>;
  /** Matches of a query on one level, one page of them, with the total. */
  search(scope: AccessScope, query: Query): Promise<QueryPage>;
  /** Patients with a study that matches, one data set each, in the order of their IDs: the patient level of C-FIND. */
  patients(scope: AccessScope, query: Omit<Query, "level" | "limit" | "offset">): AsyncIterable<DataSet>;
  /** Every version of the instances that have more than one, of each the latest first. */
  versions(scope: AccessScope, selector: Omit<InstanceSelector, "dataSetSha256">): Promise<readonly InstanceVersion[]>;
  /** Instances by UID, ordered by series and instance number. */
  instances(scope: AccessScope, selector: InstanceSelector): Promise<readonly StoredInstance[]>;
  /** The DICOM JSON of instances, prepared at ingest, bulk data left out with BulkDataURI paths relative to the instance. */
  metadata(scope: AccessScope, selector: InstanceSelector): Promise<readonly DataSet[]>;
  /** The same as it is kept, one instance after the other. */
  metadataTexts(scope: AccessScope, selector: InstanceSelector): AsyncIterable<MetadataText>;
  /** The bytes received, verbatim: all of them, or `length` bytes from `offset` of the file. */
  open(
    scope: AccessScope,
    instance: StoredInstance,
    range?: { readonly offset: number; readonly length: number },
  ): Promise<Readable>;
  /**
   * One frame's stored bytes (one-based), as they lie in the file: native samples, or the frame's fragments joined; of big
   * endian pixels of 1 or 8 bits the whole 16-bit words that hold the frame.
   */
  frame(scope: AccessScope, instance: StoredInstance, frameNumber: number): Promise<Uint8Array>;
  /** Deletes what retention allows. @throws {EtalonError} `retained` */
  remove(scope: AccessScope, selector: InstanceSelector): Promise<number>;
}
