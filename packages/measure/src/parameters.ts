import { EtalonError, InputError } from "@etalon/base";
import type { AnyProtocol, Parameter } from "./protocol.ts";

/** A parameter as a result records it. */
export interface ParameterRecord {
  readonly id: string;
  readonly value: number | string | null;
  /** UCUM unit; absent for choices and reasons. */
  readonly unit?: string;
  readonly source: "default" | "override";
  /** Who or what says that the override is right. */
  readonly overrideSource?: string;
}

/** Overrides as given: values by parameter id, and `<id>-source` entries that say where they come from. */
export type Overrides = Readonly<Record<string, string | number>>;

/**
 * The full set of a protocol's parameters, in the order of their declaration: defaults, with the overrides in their place.
 *
 * @throws {InputError} `unknown-name`, `wrong-type`, `out-of-range`
 * @throws {EtalonError} `override-without-source` where the declaration asks for one
 */
export function resolveParameters(protocol: AnyProtocol, overrides: Overrides): ParameterRecord[] {
  const ids = Object.keys(protocol.parameters);
  for (const name of Object.keys(overrides)) {
    const isSource = name.endsWith("-source") && ids.includes(name.slice(0, -"-source".length));
    if (!isSource && !ids.includes(name)) throw new InputError("unknown-name", "parameter", name, ids.join(", "));
  }
  return ids.map((id) => resolve(id, protocol.parameters[id] as Parameter, overrides));
}

function resolve(id: string, parameter: Parameter, overrides: Overrides): ParameterRecord {
  const unit = parameter.kind === "number" ? { unit: parameter.unit } : {};
  const given = overrides[id];
  const overrideSource = overrides[`${id}-source`];
  if (given === undefined) {
    if (overrideSource !== undefined) throw new InputError("missing-value", id, overrideSource);
    return { id, value: parameter.default, ...unit, source: "default" };
  }
  const value = readOverride(id, parameter, given);
  if (parameter.kind === "number" && parameter.needsSource === true && overrideSource === undefined) {
    throw new EtalonError("override-without-source", { field: id, received: given });
  }
  return {
    id,
    value,
    ...unit,
    source: "override",
    ...(overrideSource === undefined ? {} : { overrideSource: String(overrideSource) }),
  };
}

function readOverride(id: string, parameter: Parameter, given: string | number): number | string {
  if (parameter.kind === "number") {
    const value = typeof given === "number" ? given : given.trim() === "" ? Number.NaN : Number(given);
    if (!Number.isFinite(value)) throw new InputError("wrong-type", id, given, `number [${parameter.unit}]`);
    if (value < parameter.minimum || value > parameter.maximum) {
      throw new InputError("out-of-range", id, value, `${parameter.minimum}..${parameter.maximum} ${parameter.unit}`);
    }
    return value;
  }
  const text = String(given);
  if (parameter.kind === "choice" && !parameter.choices.includes(text)) {
    throw new InputError("unknown-name", id, text, parameter.choices.join(", "));
  }
  if (parameter.kind === "reason" && text.trim() === "") {
    throw new InputError("missing-value", id, text);
  }
  return text;
}

/** Parameter values by id, as `measure()` takes them. */
export function parameterValues(records: readonly ParameterRecord[]): Readonly<Record<string, number | string | null>> {
  return Object.fromEntries(records.map(({ id, value }) => [id, value]));
}
