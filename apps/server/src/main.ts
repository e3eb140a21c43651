import { parseArgs } from "node:util";
import { EtalonError, type Language, messageOf } from "@etalon/base";
import manifest from "../package.json" with { type: "json" };
import { runResetPassword } from "./accounts/run-reset-password.ts";
import { runVerifyAudit } from "./audit/run-verify-audit.ts";
import { runBackup } from "./backup/run-backup.ts";
import { runRestore } from "./backup/run-restore.ts";
import { readConfig, readLanguage } from "./config.ts";
import { createLog } from "./create-log.ts";
import { helpText } from "./help.ts";
import type { Command, Host } from "./host.ts";
import { openInBrowser } from "./open-in-browser.ts";
import { startServer } from "./server.ts";
import { entryAddress, startScreen } from "./start-screen.ts";

/** What the program does besides serving: each answers with its exit code. */
const commands: Readonly<Record<string, Command>> = {
  backup: runBackup,
  "reset-password": runResetPassword,
  restore: runRestore,
  "verify-audit": runVerifyAudit,
};

/**
 * Runs the server until it is told to end; answers with the exit code: 0 ended in good order, 2 configured wrongly, 3 what
 * it needs cannot be used. With a command it does that: also 4 where the audit log is not what was written.
 */
export async function main(argv: readonly string[], host: Host): Promise<number> {
  const language = languageOf(argv) ?? readLanguage(host.environment);
  if (argv.includes("--help") || argv.includes("-h")) return print(helpText(language), host);
  if (argv.includes("--version")) return print(`${manifest.version}\n`, host);
  try {
    const [name = "", ...rest] = argv;
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command !== undefined) return await command(withoutLanguage(rest), { host, language });
    const { roles, ...wanted } = servingOptions(withoutLanguage(argv));
    const environment = roles === undefined ? host.environment : { ...host.environment, ETALON_ROLES: roles };
    return await serve({ language, ...wanted }, { ...host, environment });
  } catch (error) {
    if (!(error instanceof EtalonError)) throw error;
    host.err(`${language === "fr" ? "etalon : " : "etalon: "}${messageOf(error, language)} [${error.code}]\n`);
    return error.kind === "usage" ? 2 : 3;
  }
}

/** What arguments ask of serving. */
interface Wanted {
  readonly isPhantomWanted: boolean;
  /** Whether the browser of whoever sits here opens the one-time link. */
  readonly isBrowserWanted: boolean;
}

async function serve(wanted: Wanted & { readonly language: Language }, host: Host): Promise<number> {
  const config = readConfig(host.environment);
  // Whoever reads the start screen is told of trouble only, unless they ask for more.
  const isAsked = host.environment["ETALON_LOG_LEVEL"] !== undefined;
  const log = createLog(host.isTerminal === true && !isAsked ? "warn" : config.logLevel, { write: host.err });
  for (const variable of config.unknownVariables) log.warn({ variable }, "this variable is not known");
  const isTerminal = host.isTerminal === true;
  const server = await startServer(config, log, { isTerminal, isPhantomWanted: wanted.isPhantomWanted });
  host.out(startScreen(server, config, wanted.language));
  const entry = entryAddress(server);
  if (wanted.isBrowserWanted && isTerminal && entry !== undefined) await openInBrowser(entry, host.environment);
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

/**
 * What the arguments of serving say.
 *
 * @throws {EtalonError} `unexpected-argument` for all but `--roles`, `--phantom` and `--open`
 */
function servingOptions(argv: readonly string[]): Wanted & { readonly roles?: string } {
  const options = { roles: { type: "string" }, phantom: { type: "boolean" }, open: { type: "boolean" } } as const;
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true });
  const roles: string[] = [];
  const flags = new Set<string>();
  for (const token of tokens) {
    const { kind } = token;
    if (kind === "option" && token.name === "roles" && token.value !== undefined && roles.length === 0)
      roles.push(token.value);
    else if (kind === "option" && ["phantom", "open"].includes(token.name) && token.value === undefined)
      flags.add(token.name);
    else throw unexpected(argv[token.index] ?? "");
  }
  const wanted = { isPhantomWanted: flags.has("phantom"), isBrowserWanted: flags.has("open") };
  return { ...(roles[0] === undefined ? {} : { roles: roles[0] }), ...wanted };
}

function unexpected(received: string): EtalonError {
  return new EtalonError("unexpected-argument", {
    field: "--roles web,dimse,worker --phantom --open --lang fr|en",
    received,
  });
}

function withoutLanguage(argv: readonly string[]): readonly string[] {
  return argv.filter((argument, at) => !/^--lang(=.*)?$/.test(argument) && argv[at - 1] !== "--lang");
}

function languageOf(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((argument) => /^--lang(=|$)/.test(argument));
  const value = argv[at]?.split("=")[1] ?? argv[at + 1];
  return at >= 0 && (value === "fr" || value === "en") ? value : undefined;
}
