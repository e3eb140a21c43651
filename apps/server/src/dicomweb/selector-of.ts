import { EtalonError } from "@etalon/base";
import type { InstanceSelector } from "../archive/archive.ts";

/** Path and query parameters of a request as Fastify gives them, before they are looked at. */
export type RequestParameters = Readonly<Record<string, unknown>>;

/**
 * What a URL names: `study`, `series`, `instance` of its path, and the version by `etalon-version`, the SHA-256 of the data
 * set (everything after group 0002), of its query.
 *
 * @throws EtalonError `request-malformed` where a UID is none, or the version no hash
 */
export function selectorOf(path: unknown, query: unknown): InstanceSelector {
  const parameters = recordOf(path);
  const series = parameters["series"];
  const instance = parameters["instance"];
  const version = recordOf(query)["etalon-version"];
  return {
    studyInstanceUid: checkedUid(parameters["study"], "study"),
    ...(series === undefined ? {} : { seriesInstanceUid: checkedUid(series, "series") }),
    ...(instance === undefined ? {} : { sopInstanceUid: checkedUid(instance, "instance") }),
    ...(version === undefined ? {} : { dataSetSha256: checkedHash(version) }),
  };
}

/**
 * A UID of a URL (PS3.5 section 9.1): components of digits, 64 characters at most. Leading zeros of a component, which PS3.5
 * forbids and devices write, are let through: what was stored must be found.
 *
 * @throws EtalonError `request-malformed`
 */
export function checkedUid(value: unknown, field: string): string {
  if (typeof value === "string" && value.length <= 64 && /^\d+(\.\d+)*$/.test(value)) return value;
  throw malformed(field, value, "a UID of PS3.5 section 9.1");
}

function checkedHash(value: unknown): string {
  if (typeof value === "string" && /^[0-9a-f]{64}$/i.test(value)) return value.toLowerCase();
  throw malformed("etalon-version", value, "64 hexadecimal digits");
}

/** One text of a query; of several the last. */
export function queryText(query: unknown, name: string): string | undefined {
  const value = recordOf(query)[name];
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "string" ? last : undefined;
}

function recordOf(value: unknown): RequestParameters {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function malformed(field: string, value: unknown, expected: string): EtalonError {
  return new EtalonError("request-malformed", {
    field,
    received: String(value).slice(0, 80),
    details: { expected },
  });
}
