import { EtalonError, type Language, messageOf } from "@etalon/base";
import manifest from "../package.json" with { type: "json" };
import { readConfig, readLanguage } from "./config.ts";
import { createLog } from "./create-log.ts";
import { helpText } from "./help.ts";
import { startServer } from "./server.ts";
import { startScreen } from "./start-screen.ts";

/** What the server is run with: the process, or a test's stand-in. */
export interface Host {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: what people read at the start. */
  readonly out: (text: string) => void;
  /** Standard error: the log, a line each, and why a start failed. */
  readonly err: (text: string) => void;
  /** Whether a person reads standard output now. */
  readonly isTerminal?: boolean;
  /** Aborted when the server is to end. */
  readonly ending: AbortSignal;
}

/**
 * Runs the server until it is told to end; answers with the exit code: 0 ended in good order, 2 configured wrongly, 3 what
 * it needs cannot be used.
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const language = languageOf(argv) ?? readLanguage(host.environment);
  if (argv.includes("--help") || argv.includes("-h")) return print(helpText(language), host);
  if (argv.includes("--version")) return print(`${manifest.version}\n`, host);
  try {
    refuseOthers(argv);
    return await serve(language, host);
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    host.err(`${language === "fr" ? "etalon : " : "etalon: "}${messageOf(error, language)} [${error.code}]\n`);
    return error.kind === "usage" ? 2 : 3;
  }
}

async function serve(language: Language, host: Host): Promise<number> {
  const config = readConfig(host.environment);
  const log = createLog(config.logLevel, { write: host.err });
  for (const variable of config.unknownVariables) log.warn({ variable }, "this variable is not known");
  const server = await startServer(config, log, { isTerminal: host.isTerminal === true });
  host.out(startScreen(server, config, language));
  await ended(host.ending);
  log.info("ending");
  await server.stop();
  return 0;
}

function print(text: string, host: Host): number {
  host.out(text);
  return 0;
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** @throws {EtalonError} `unexpected-argument` for all but `--lang fr|en` */
function refuseOthers(argv: readonly string[]): void {
  const others = argv.filter((argument, at) => !/^--lang(=.*)?$/.test(argument) && argv[at - 1] !== "--lang");
  const [received] = others;
  if (received !== undefined) throw new EtalonError("unexpected-argument", { field: "--lang fr|en", received });
}

function languageOf(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((argument) => /^--lang(=|$)/.test(argument));
  const value = argv[at]?.split("=")[1] ?? argv[at + 1];
  return at >= 0 && (value === "fr" || value === "en") ? value : undefined;
}
