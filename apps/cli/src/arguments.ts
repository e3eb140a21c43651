import { type ParseArgsConfig, parseArgs } from "node:util";
import { EtalonError, InputError, type Language } from "@etalon/base";

/** A parsed command line. */
export interface Arguments {
  readonly paths: readonly string[];
  readonly isJson: boolean;
  readonly language: Language | undefined;
  /** Single options by name. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** `name=value` options by option name; no name twice. */
  readonly pairs: Readonly<Record<string, readonly (readonly [string, string])[]>>;
}

/** What a command takes besides paths, `--json` and `--lang`. */
export interface ArgumentShape {
  readonly options: readonly string[];
  /** Options given as `name=value`, any number of times. */
  readonly pairs: readonly string[];
}

/**
 * Reads the arguments of a command. An option's value may start with "-" only as a negative number or behind "=".
 *
 * @throws {EtalonError} `unknown-name` for an option or language, `missing-value`, `given-twice`, `wrong-type` for a pair
 *   without "="
 */
export function readArguments(argv: readonly string[], shape: ArgumentShape): Arguments {
  const valued = ["lang", ...shape.options, ...shape.pairs];
  const paths: string[] = [];
  const options: Record<string, string> = {};
  const pairs: Record<string, (readonly [string, string])[]> = Object.fromEntries(
    shape.pairs.map((name) => [name, []]),
  );
  for (const token of tokensOf(argv, valued)) {
    if (token.kind === "positional") paths.push(token.value);
    if (token.kind !== "option") continue;
    if (token.name === "json" && token.value === undefined) continue;
    if (!valued.includes(token.name)) {
      const expected = ["json", ...valued].map((name) => `--${name}`).join(", ");
      throw new InputError("unknown-name", "option", argv[token.index] ?? token.rawName, expected);
    }
    const value = valueGiven(token);
    const list = pairs[token.name];
    if (list !== undefined) addPair(list, token.name, value);
    else if (options[token.name] === undefined) options[token.name] = value;
    else throw new EtalonError("given-twice", { field: token.rawName, received: value });
  }
  const { lang, ...rest } = options;
  return { paths, isJson: argv.includes("--json"), language: readLanguage(lang), options: rest, pairs };
}

/** What one argument is, as Node's parser says it. */
type Token =
  | { readonly kind: "option-terminator" }
  | { readonly kind: "positional"; readonly value: string }
  | OptionToken;

interface OptionToken {
  readonly kind: "option";
  readonly index: number;
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function tokensOf(argv: readonly string[], valued: readonly string[]): readonly Token[] {
  const options: NonNullable<ParseArgsConfig["options"]> = { json: { type: "boolean" } };
  for (const name of valued) options[name] = { type: "string", multiple: true };
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true }).tokens;
}

function valueGiven(token: OptionToken): string {
  const { value, inlineValue, rawName } = token;
  const isOption = inlineValue !== true && value !== undefined && /^-\D/.test(value);
  if (value === undefined || isOption) throw new EtalonError("missing-value", { field: rawName });
  return value;
}

function addPair(list: (readonly [string, string])[], option: string, text: string): void {
  const at = text.indexOf("=");
  if (at <= 0) throw new InputError("wrong-type", `--${option}`, text, "name=value");
  const name = text.slice(0, at);
  if (list.some(([known]) => known === name)) {
    throw new EtalonError("given-twice", { field: `--${option} ${name}`, received: text });
  }
  list.push([name, text.slice(at + 1)]);
}

function readLanguage(text: string | undefined): Language | undefined {
  if (text === undefined || text === "fr" || text === "en") return text;
  throw new InputError("unknown-name", "--lang", text, "fr, en");
}
