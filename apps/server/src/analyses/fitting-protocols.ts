import { EtalonError } from "@etalon/base";
import { type DataSet, readInstanceHeader } from "@etalon/dicom";
import { type AnyProtocol, catalog, holdsWeightings, isWeighted } from "@etalon/measure";
import { buildLedger, type Ledger, type ReceivedInstance } from "@etalon/volume";

/** An instance of a series as it was indexed. */
export interface IndexedInstance {
  readonly dataSet: DataSet;
  readonly transferSyntaxUid: string;
  readonly sopInstanceUid: string;
  readonly fileSha256: string;
  readonly dataSetSha256: string;
  readonly sizeBytes: number;
}

/**
 * The protocols that a series is measured with by itself: those whose one input is a series, which a stack of this one fits.
 * What speaks against its number in detail (contrast agent, a single slice) the protocol says when it is run.
 */
export function fittingProtocols(instances: readonly IndexedInstance[]): readonly AnyProtocol[] {
  const ledger = ledgerOfIndexed(instances);
  return catalog.filter((protocol) => {
    const [role, ...others] = Object.values(protocol.roles);
    if (role === undefined || role.kind !== "series" || others.length > 0) return false;
    return ledger.stacks.some((stack) => role.match(stack).fits && (!isWeighted(role) || holdsWeightings(stack, role)));
  });
}

/** The ledger of instances by their indexed headers. */
export function ledgerOfIndexed(instances: readonly IndexedInstance[]): Ledger {
  return buildLedger(instances.flatMap(receivedOf), new Map());
}

function receivedOf(instance: IndexedInstance): readonly ReceivedInstance[] {
  const { dataSet, transferSyntaxUid, sopInstanceUid, sizeBytes, fileSha256, dataSetSha256 } = instance;
  try {
    const part10 = { meta: {}, dataSet, transferSyntaxUid, dataSetOffset: 0 };
    const header = readInstanceHeader(part10, sopInstanceUid);
    return [{ path: sopInstanceUid, sizeBytes, fileSha256, dataSetSha256, header }];
  } catch (thrown) {
    // A broken object is no image of any stack; the others of its series still are.
    if (thrown instanceof EtalonError) return [];
    throw thrown;
  }
}
