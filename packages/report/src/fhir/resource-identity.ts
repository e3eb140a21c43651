import { canonicalJson, type JsonValue, sha256Hex } from "@etalon/base";
import { uriSystem } from "./code-systems.ts";
import type { Identifier, Reference } from "./fhir-types.ts";

/** The name of a resource: the same whenever the same thing is said of the same person. */
export interface ResourceIdentity {
  /** UUID in lower case. */
  readonly id: string;
  /** `urn:uuid:<id>`: how the resources of a bundle refer to one another. */
  readonly fullUrl: string;
  readonly identifier: Identifier;
  readonly reference: Reference;
}

/**
 * A UUID from what a resource is about: the free bits are those of the SHA-256 of its canonical JSON; version 8, variant 10
 * (RFC 9562 section 5.8). No time, language of display or build goes in, so that a re-run names the same resource.
 */
export function resourceIdentity(type: string, about: JsonValue): ResourceIdentity {
  const hex = sha256Hex(canonicalJson([type, about]));
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  const id = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
  const fullUrl = `urn:uuid:${id}`;
  return { id, fullUrl, identifier: { system: uriSystem, value: fullUrl }, reference: { reference: fullUrl } };
}
