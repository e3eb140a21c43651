import { catalog, parseMarks, type Result, runProtocol } from "@etalon/measure";
import { buildConstructedCt, type ConstructedCt } from "./constructed-ct.ts";

/** What a test asks of a score besides the images. */
export interface Asked {
  /** Regions of `etalon.marks/1`; no marks at all when absent. */
  readonly regions?: readonly unknown[];
  readonly overrides?: Readonly<Record<string, string | number>>;
}

/** The calcium score of a constructed CT, by the road that every result takes. */
export async function scoreConstructedCt(ct: ConstructedCt, asked: Asked = {}): Promise<Result> {
  const protocol = catalog.find(({ id }) => id === "coronary/calcium-score");
  if (protocol === undefined) throw new Error("the catalogue lacks the calcium score");
  const { ledger, readFrame } = buildConstructedCt(ct);
  return runProtocol({
    protocol,
    ledger,
    readFrame,
    marks: asked.regions === undefined ? null : parseMarks({ schema: "etalon.marks/1", regions: asked.regions }),
    overrides: asked.overrides ?? {},
    numbers: {},
    roleChoices: {},
    versionChoices: new Map(),
    build: { etalon: "test", engine: "test" },
  });
}
