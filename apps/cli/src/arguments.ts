import { parseArgs } from "node:util";
import { EtalonError, type Language } from "@etalon/base";

/** A parsed command line. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly isJson: boolean;
  readonly language: Language | undefined;
  /** Single options by name. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** `name=value` options by option name. */
  readonly pairs: Readonly<Record<string, readonly (readonly [string, string])[]>>;
}

/** What a command takes besides paths, `--json` and `--lang`. */
export interface ArgumentShape {
  readonly options: readonly string[];
  /** Options given as `name=value`, any number of times. */
  readonly pairs: readonly string[];
}

/**
 * Reads the arguments of a command.
 *
 * @throws {EtalonError} `usage` for an unknown or repeated option, `unknown-name` for a language, `wrong-type` for a pair without "="
 */
export function readArguments(argv: readonly string[], shape: ArgumentShape): Arguments {
  const declared = {
    json: { type: "boolean" as const },
    lang: { type: "string" as const },
    ...Object.fromEntries(shape.options.map((name) => [name, { type: "string" as const }])),
    ...Object.fromEntries(shape.pairs.map((name) => [name, { type: "string" as const, multiple: true }])),
  };
  const { values, positionals } = parse(argv, declared);
  const language = values.lang;
  if (language !== undefined && language !== "fr" && language !== "en") {
    throw new EtalonError("unknown-name", {
      field: "--lang",
      received: String(language),
      details: { expected: "fr, en" },
    });
  }
  return {
    paths: positionals,
    isJson: values.json === true,
    language,
    options: Object.fromEntries(shape.options.map((name) => [name, single(values[name])])),
    pairs: Object.fromEntries(
      shape.pairs.map((name) => [name, many(values[name]).map((text) => splitPair(name, text))]),
    ),
  };
}

type Values = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

function parse(
  argv: readonly string[],
  options: NonNullable<Parameters<typeof parseArgs>[0]>["options"],
): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args: [...argv], options: options ?? {}, allowPositionals: true, strict: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new EtalonError("usage", { field: "arguments", received: message, cause });
  }
}

function single(value: Values[string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function many(value: Values[string]): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function splitPair(option: string, text: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at <= 0) {
    throw new EtalonError("wrong-type", { field: `--${option}`, received: text, details: { expected: "name=value" } });
  }
  return [text.slice(0, at), text.slice(at + 1)];
}
