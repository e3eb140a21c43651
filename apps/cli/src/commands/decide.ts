import { EtalonError, InputError } from "@etalon/base";
import { catalog, decide as decideOn, parseFacts, type Verdicts } from "@etalon/decide";
import { readArguments } from "../arguments.ts";
import { readJsonFile } from "../json-file.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { verdictsText } from "../text/verdicts-text.ts";

/** `etalon decide --facts FILE`: what each pack makes of the facts of one person. */
export async function decide(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: ["facts", "pack"], pairs: [] });
  const [unexpected] = given.paths;
  if (unexpected !== undefined)
    throw new EtalonError("unexpected-argument", { field: "--facts", received: unexpected });
  if (given.options.facts === undefined) throw new EtalonError("missing-value", { field: "--facts" });
  const asked = given.options.pack === undefined ? undefined : packsNamed(given.options.pack);
  const verdicts: Verdicts = decideOn(catalog, parseFacts(await readJsonFile(given.options.facts)), asked);
  if (asked === undefined && !terminal.isJson) sayUnopened(verdicts, terminal);
  if (terminal.isJson) printJson(terminal, verdicts);
  else terminal.out(verdictsText(verdicts, terminal.language));
  return 0;
}

/** Packs that none of the facts open can be asked by name. */
function sayUnopened({ packs }: Verdicts, terminal: Terminal): void {
  const names = catalog.filter(({ id }) => !packs.some((pack) => pack.id === id)).map(({ id }) => id);
  if (names.length === 0) return;
  say(terminal, {
    en: `Not asked, since no fact calls for them (--pack asks): ${names.join(", ")}`,
    fr: `Non interrogés, faute de donnée qui les appelle (--pack interroge) : ${names.join(", ")}`,
  });
}

function packsNamed(text: string): readonly string[] {
  const known = catalog.map(({ id }) => id);
  const names = text.split(",");
  for (const name of names) {
    if (!known.includes(name)) throw new InputError("unknown-name", "--pack", name, known.join(", "));
  }
  return names;
}
