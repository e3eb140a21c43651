import { standardStorageSopClasses } from "../generated/storage-sop-classes.ts";

/** Verification (PS3.4 annex A). */
export const verificationSopClass = "1.2.840.10008.1.1";

/** The information models of query and retrieve (PS3.4 annex C). */
export type InformationModel = "patient-root" | "study-root";

/** The SOP classes of one service, by information model (PS3.4 tables C.6.1.3-1 and C.6.2.3-1). */
type ModelSopClasses = Readonly<Record<InformationModel, string>>;

export const findSopClasses: ModelSopClasses = {
  "patient-root": "1.2.840.10008.5.1.4.1.2.1.1",
  "study-root": "1.2.840.10008.5.1.4.1.2.2.1",
};
export const moveSopClasses: ModelSopClasses = {
  "patient-root": "1.2.840.10008.5.1.4.1.2.1.2",
  "study-root": "1.2.840.10008.5.1.4.1.2.2.2",
};
export const getSopClasses: ModelSopClasses = {
  "patient-root": "1.2.840.10008.5.1.4.1.2.1.3",
  "study-root": "1.2.840.10008.5.1.4.1.2.2.3",
};

/** Modality Worklist Information Model – FIND (PS3.4 annex K). */
export const worklistSopClass = "1.2.840.10008.5.1.4.31";

/** Storage Commitment Push Model, and the one instance that actions and events of it name (PS3.4 sections J.3 and J.3.5). */
export const storageCommitmentSopClass = "1.2.840.10008.1.20.1";
export const storageCommitmentInstance = "1.2.840.10008.1.20.1.1";

/** The storage SOP classes of PS3.6, current and retired, by UID, with their names. */
export const storageSopClasses: ReadonlyMap<string, string> = new Map(
  standardStorageSopClasses.split("\n").map((line) => {
    const space = line.indexOf(" ");
    return [line.slice(0, space), line.slice(space + 1)];
  }),
);

const storageRoot = "1.2.840.10008.5.1.4.1.1.";

/** Under the root of the storage classes, but services: protocol approval and inventory (PS3.6 table A-1). */
const servicesUnderStorageRoot: ReadonlySet<string> = new Set([
  ...["200.4", "200.5", "200.6"].map((last) => storageRoot + last),
  ...["201.2", "201.3", "201.4", "201.5", "201.6"].map((last) => storageRoot + last),
]);

/** Whether a SOP class stores objects: those of PS3.6, and any that a later edition adds under their root. */
export function isStorageSopClass(uid: string): boolean {
  return storageSopClasses.has(uid) || (uid.startsWith(storageRoot) && !servicesUnderStorageRoot.has(uid));
}

/** The model whose SOP class this is, of one service. */
export function modelOf(sopClasses: ModelSopClasses, uid: string): InformationModel | undefined {
  if (uid === sopClasses["patient-root"]) return "patient-root";
  return uid === sopClasses["study-root"] ? "study-root" : undefined;
}
