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
import { startServer } from "./server.ts";
import { startScreen } from "./start-screen.ts";

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
    return await serve(language, { ...host, environment: { ...host.environment, ...rolesOf(withoutLanguage(argv)) } });
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

/**
 * The roles that the arguments name, as the environment would.
 *
 * @throws {EtalonError} `unexpected-argument` for all but `--roles`
 */
function rolesOf(argv: readonly string[]): Readonly<Record<string, string>> {
  const [first, second, ...rest] = argv;
  if (first === undefined) return {};
  const named = /^--roles=(.*)$/.exec(first)?.[1];
  const others = named === undefined ? rest : argv.slice(1);
  const roles = first === "--roles" ? second : named;
  const [received] = roles === undefined ? argv : others;
  if (roles === undefined || received !== undefined)
    throw new EtalonError("unexpected-argument", {
      field: "--roles web,dimse,worker --lang fr|en",
      received: received ?? first,
    });
  return { ETALON_ROLES: roles };
}

function withoutLanguage(argv: readonly string[]): readonly string[] {
  return argv.filter((argument, at) => !/^--lang(=.*)?$/.test(argument) && argv[at - 1] !== "--lang");
}

function languageOf(argv: readonly string[]): Language | undefined {
  const at = argv.findIndex((argument) => /^--lang(=|$)/.test(argument));
  const value = argv[at]?.split("=")[1] ?? argv[at + 1];
  return at >= 0 && (value === "fr" || value === "en") ? value : undefined;
}
