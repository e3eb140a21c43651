import { EtalonError, InputError, messageOf } from "@etalon/base";
import { readConfig } from "./config.ts";
import { exitCodeOf } from "./exit-code.ts";
import { printJson, type Terminal } from "./terminal.ts";
import { helpText } from "./text/help.ts";
import { currentBuild } from "./version.ts";

/** A command: takes its own arguments, writes to the terminal, answers with the exit code. */
export type Command = (argv: readonly string[], terminal: Terminal) => Promise<number>;

/** What the program is run with: the process, or a test's stand-in. */
export interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Commands are loaded when asked for, so that a small one starts at once. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  analyze: async () => (await import("./commands/analyze.ts")).analyze,
  measure: async () => (await import("./commands/analyze.ts")).analyze,
  ledger: async () => (await import("./commands/ledger.ts")).ledger,
  protocols: async () => (await import("./commands/protocols.ts")).protocols,
  verify: async () => (await import("./commands/verify.ts")).verify,
  compare: async () => (await import("./commands/compare.ts")).compare,
  decide: async () => (await import("./commands/decide.ts")).decide,
  explain: async () => (await import("./commands/explain.ts")).explain,
  phantom: async () => (await import("./commands/phantom.ts")).phantom,
  deidentify: async () => (await import("./commands/deidentify.ts")).deidentify,
  view: async () => (await import("./commands/view.ts")).view,
  serve: async () => (await import("./commands/serve.ts")).serve,
  backup: async () => (await import("./commands/serve-besides.ts")).serveBesides("backup"),
  restore: async () => (await import("./commands/serve-besides.ts")).serveBesides("restore"),
  "verify-audit": async () => (await import("./commands/serve-besides.ts")).serveBesides("verify-audit"),
};

/** Commands that answer `--help` themselves. */
const commandsWithHelp: ReadonlySet<string> = new Set(["serve", "backup", "restore", "verify-audit"]);

/**
 * Runs `etalon` with its arguments and answers with the exit code: 0 done, 2 usage, 3 input refused, 4 verification
 * differs. Under `--json` exactly one JSON document goes to standard output, an error being `{code, field, message}`.
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const terminal = terminalOf(argv, host);
  const { name, rest } = splitCommand(argv);
  const asksHelp = argv.includes("--help") || argv.includes("-h");
  const isHelp = name === "help" || (asksHelp && !commandsWithHelp.has(name ?? ""));
  if (isHelp) return inform({ help: helpText[terminal.language] }, terminal);
  if (name === "--version" || name === "version") return inform({ version: currentBuild().etalon }, terminal);
  if (name === undefined && !terminal.isJson) {
    terminal.err(helpText[terminal.language]);
    return 2;
  }
  try {
    const command = await findCommand(name);
    return await command(rest, terminal);
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    report(error, terminal);
    return exitCodeOf(error);
  }
}

function terminalOf(argv: readonly string[], host: Host): Terminal {
  return {
    language: languageOf(argv) ?? readConfig(host.environment).language,
    isJson: argv.includes("--json"),
    out: (text) => host.out(harmless(text)),
    err: (text) => host.err(harmless(text)),
  };
}

/** Names in files and headers are other people's: control characters in them must not reach a person's terminal. */
function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, "\u{FFFD}");
}

/** The first argument that is neither `--json` nor `--lang` is the command. */
function splitCommand(argv: readonly string[]): { readonly name: string | undefined; readonly rest: string[] } {
  let at = 0;
  for (;;) {
    const argument = argv[at];
    if (argument === "--lang") at += 2;
    else if (argument === "--json" || argument?.startsWith("--lang=") === true) at += 1;
    else return { name: argument, rest: [...argv.slice(0, at), ...argv.slice(at + 1)] };
  }
}

async function findCommand(name: string | undefined): Promise<Command> {
  const known = Object.keys(commands).join(", ");
  if (name === undefined) throw new EtalonError("missing-value", { field: "command", details: { expected: known } });
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) throw new InputError("unknown-name", "command", name, known);
  return load();
}

function inform(answer: { readonly help: string } | { readonly version: string }, terminal: Terminal): number {
  if (terminal.isJson) printJson(terminal, answer);
  else terminal.out("help" in answer ? answer.help : `${answer.version}\n`);
  return 0;
}

function languageOf(argv: readonly string[]): "en" | "fr" | undefined {
  const at = argv.findIndex((argument) => argument === "--lang" || argument.startsWith("--lang="));
  const value = argv[at]?.startsWith("--lang=") === true ? argv[at]?.slice("--lang=".length) : argv[at + 1];
  return at >= 0 && (value === "fr" || value === "en") ? value : undefined;
}

function report(error: EtalonError, terminal: Terminal): void {
  const message = messageOf(error, terminal.language);
  if (terminal.isJson) {
    const { code, field, received, details } = error;
    printJson(terminal, { code, field, message, ...(received === undefined ? {} : { received }), details });
  } else {
    terminal.err(`${terminal.language === "fr" ? "etalon : " : "etalon: "}${message} [${error.code}]\n`);
  }
}
