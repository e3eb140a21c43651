import { createCodecSet } from "@etalon/dicom";
import { readConfig } from "../apps/server/src/config.ts";
import { createLog } from "../apps/server/src/create-log.ts";
import { openDatabase } from "../apps/server/src/database/open-database.ts";
import { createMemoryArchive } from "../apps/server/src/dicomweb/testing/memory-archive.ts";
import { createDimseHandlers } from "../apps/server/src/dimse/dimse-handlers.ts";
import { createDimseMetrics } from "../apps/server/src/dimse/dimse-metrics.ts";
import { worklistHandler } from "../apps/server/src/worklist/worklist-handler.ts";
import { offeredService } from "../packages/dicom/src/network/association/offered-services.ts";
import { dimseStatus } from "../packages/dicom/src/network/dimse/dimse-status.ts";
import type { DimseHandlers } from "../packages/dicom/src/network/services/handlers.ts";
import {
  findSopClasses,
  getSopClasses,
  moveSopClasses,
  storageCommitmentSopClass,
  storageSopClasses,
  verificationSopClass,
  worklistSopClass,
} from "../packages/dicom/src/network/sop-classes.ts";

/** SOP classes besides storage, by the names of PS3.6. */
const services: readonly (readonly [string, string])[] = [
  ["Verification", verificationSopClass],
  ["Patient Root Query/Retrieve – FIND", findSopClasses["patient-root"]],
  ["Patient Root Query/Retrieve – MOVE", moveSopClasses["patient-root"]],
  ["Patient Root Query/Retrieve – GET", getSopClasses["patient-root"]],
  ["Study Root Query/Retrieve – FIND", findSopClasses["study-root"]],
  ["Study Root Query/Retrieve – MOVE", moveSopClasses["study-root"]],
  ["Study Root Query/Retrieve – GET", getSopClasses["study-root"]],
  ["Modality Worklist Information Model – FIND", worklistSopClass],
  ["Storage Commitment Push Model", storageCommitmentSopClass],
];

const ctImageStorage = "1.2.840.10008.5.1.4.1.1.2";

/**
 * Name, UID and the roles of the archive for each SOP class, as its acceptor negotiates them with the handlers that the server
 * gives it: SCP where it lets the peer be SCU. As SCU it sends what C-MOVE and C-GET ask for.
 */
export function offeredServices(): readonly (readonly string[])[] {
  const options = { handlers: serverHandlers(), acceptsPrivateStorage: true };
  const rolesOf = (uid: string): readonly [string, string] => {
    const { allowsScu = false, allowsScp = false } = offeredService(uid, options) ?? {};
    return [allowsScp ? "yes" : "no", allowsScu ? "yes" : "no"];
  };
  return [
    ...services.map(([name, uid]) => [name, uid, ...rolesOf(uid)]),
    [`Storage: the ${storageSopClasses.size} classes of annex A`, "annex A", ...rolesOf(ctImageStorage)],
    ["Storage: others under 1.2.840.10008.5.1.4.1.1", "–", ...rolesOf("1.2.840.10008.5.1.4.1.1.99999")],
    ["Storage: private SOP classes", "outside 1.2.840.10008", ...rolesOf("1.2.3.4")],
  ];
}

/** The services of the server, on an archive that nobody asks. */
function serverHandlers(): DimseHandlers {
  const log = createLog("silent", { write: () => {} });
  const scope = { siteId: 1, actor: "nobody", purpose: "dimse" };
  const { kysely } = openDatabase({ connectionString: "postgresql://127.0.0.1:1/none", poolSize: 1, log });
  return {
    ...createDimseHandlers({
      config: readConfig({}).dimse,
      archive: createMemoryArchive(),
      destinationOf: () => undefined,
      scopeOf: () => scope,
      codecs: createCodecSet(),
      metrics: createDimseMetrics(),
    }),
    worklist: worklistHandler({ database: kysely, scopeOf: () => scope }),
    // Its own handler wants a store on disk; the acceptor looks at which handlers there are, and calls none.
    action: async () => ({ status: dimseStatus.processingFailure }),
  };
}
