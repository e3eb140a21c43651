import { canonicalJson, type JsonValue, sha256Hex } from "@etalon/base";
import { type AnyProtocol, resolveParameters } from "@etalon/measure";
import type { AnalysisRequest } from "./analysis-request.ts";

/** The two names of a question, 64 hexadecimal digits each. */
export interface AnalysisNames {
  /** All that its answer depends on: the same question is asked once. */
  readonly identity: string;
  /** Marks, parameters and numbers alone: what a newer answer takes the place of. */
  readonly variant: string;
}

/**
 * Names a question by what its answer depends on: the images by the hashes of their data sets, marks, parameters, numbers,
 * facts, and the protocol with its version.
 *
 * @throws {InputError} `unknown-name`, `wrong-type`, `out-of-range`; {EtalonError} `override-without-source`
 */
export function nameAnalysis(
  protocol: AnyProtocol,
  request: AnalysisRequest,
  dataSetSha256: readonly string[],
): AnalysisNames {
  const { marks, numbers, facts, roles, series } = request;
  const parameters = resolveParameters(protocol, request.parameters);
  const chosen = {
    ...(Object.keys(roles).length === 0 ? {} : { roles }),
    ...(series.length === 0 ? {} : { series }),
  };
  // Objects that schemas and the parameters' table made: plain JSON all through.
  const given = { marks, numbers, parameters, ...chosen } as unknown as JsonValue;
  const { id, version } = protocol;
  return {
    identity: sha256Hex(
      canonicalJson({ id, version, given, facts: facts as JsonValue, images: [...new Set(dataSetSha256)].sort() }),
    ),
    variant: sha256Hex(canonicalJson({ given })),
  };
}
