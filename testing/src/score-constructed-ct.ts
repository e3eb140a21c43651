import type { Result } from "@etalon/measure";
import { buildConstructedCt, type ConstructedCt } from "./constructed-ct.ts";
import { type Asked, runStudy } from "./run-study.ts";

/** The calcium score of a constructed CT. */
export function scoreConstructedCt(ct: ConstructedCt, asked: Asked = {}): Promise<Result> {
  return runStudy(buildConstructedCt(ct), asked);
}
