import { InputError } from "@etalon/base";
import { readArguments } from "../arguments.ts";
import { expandPaths } from "../sources/expand-paths.ts";
import { createFileOpener } from "../sources/file-source.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { preparePageFolder } from "../view/page-folder.ts";
import { serveFolder } from "../view/serve-folder.ts";

/** Where the page is unless asked otherwise: beside the archive's own 8042. */
const defaultPort = 8043;

/**
 * `etalon view [path…]`: the workstation's page without a server, on this machine alone, with the images of a folder, a ZIP or
 * a DICOMDIR. Ends with Ctrl-C.
 *
 * @throws {EtalonError} `file-not-found`, `port-in-use`, `server-absent`
 */
export async function view(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: ["port"], pairs: [] });
  const port = portOf(given.options["port"]);
  const files = await expandPaths(given.paths, createFileOpener());
  const folder = await preparePageFolder();
  const served = await serveFolder(folder, files, { port, names: files.map(({ path }) => path) });
  const ended = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, resolve);
  });
  if (terminal.isJson) printJson(terminal, { url: served.url, files: files.length });
  else {
    say(terminal, {
      en: `${files.length} files, for this machine alone; nothing is uploaded. Ctrl-C ends it.`,
      fr: `${files.length} fichiers, pour cette machine seule ; rien n'est envoyé. Ctrl-C l'arrête.`,
    });
    terminal.out(`${served.url}\n`);
  }
  await ended;
  await served.close();
  return 0;
}

function portOf(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InputError("wrong-type", "--port", text, "0..65535");
  return port;
}
