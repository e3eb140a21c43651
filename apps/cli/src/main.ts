import { EtalonError, messageOf } from "@etalon/base";
import { readConfig } from "./config.ts";
import { exitCodeOf } from "./exit-code.ts";
import { printJson, type Terminal } from "./terminal.ts";
import { helpText } from "./text/help.ts";

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
  ledger: async () => (await import("./commands/ledger.ts")).ledger,
  protocols: async () => (await import("./commands/protocols.ts")).protocols,
  verify: async () => (await import("./commands/verify.ts")).verify,
  phantom: async () => (await import("./commands/phantom.ts")).phantom,
};

/**
 * Runs `etalon` with its arguments and answers with the exit code: 0 done, 2 usage, 3 input refused, 4 verification
 * differs. Under `--json` exactly one JSON document goes to standard output, an error being `{code, field, message}`.
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const language = languageOf(argv) ?? readConfig(host.environment).language;
  const terminal: Terminal = { language, isJson: argv.includes("--json"), out: host.out, err: host.err };
  const [name, ...rest] = argv;
  if (name === undefined || name === "help" || argv.includes("--help") || argv.includes("-h")) {
    host.out(helpText[language]);
    return name === undefined ? 2 : 0;
  }
  try {
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (load === undefined) {
      throw new EtalonError("unknown-name", {
        field: "command",
        received: name,
        details: { expected: Object.keys(commands).join(", ") },
      });
    }
    const command = await load();
    return await command(rest, terminal);
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    report(error, terminal);
    return exitCodeOf(error);
  }
}

function languageOf(argv: readonly string[]): "en" | "fr" | undefined {
  const at = argv.findIndex((argument) => argument === "--lang" || argument.startsWith("--lang="));
  const value = argv[at]?.startsWith("--lang=") === true ? argv[at]?.slice("--lang=".length) : argv[at + 1];
  return at >= 0 && (value === "fr" || value === "en") ? value : undefined;
}

function report(error: EtalonError, terminal: Terminal): void {
  const message = messageOf(error, terminal.language);
  if (terminal.isJson) {
    printJson(terminal, { code: error.code, field: error.field, message, details: error.details });
  } else {
    terminal.err(`${terminal.language === "fr" ? "etalon : " : "etalon: "}${message} [${error.code}]\n`);
  }
}
