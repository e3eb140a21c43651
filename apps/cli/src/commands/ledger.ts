import { EtalonError } from "@etalon/base";
import { ledgerSummary } from "@etalon/volume";
import { readArguments } from "../arguments.ts";
import { readChoices } from "../choices.ts";
import { readStudy } from "../sources/read-study.ts";
import { printJson, type Terminal } from "../terminal.ts";
import { ledgerText } from "../text/ledger-text.ts";

/** `etalon ledger <path…>`: what was received, the place of each file, and the reason of each that has none. */
export async function ledger(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: [], pairs: ["choose"] });
  if (given.paths.length === 0) throw new EtalonError("missing-value", { field: "path" });
  const study = await readStudy(given.paths, { choices: readChoices(given.pairs.choose ?? []).versions }, terminal);
  if (terminal.isJson) {
    printJson(terminal, {
      schema: "etalon.ledger/1",
      summary: ledgerSummary(study.ledger),
      entries: study.ledger.entries,
      notes: study.ledger.notes,
    });
  } else terminal.out(ledgerText(study.ledger, terminal.language));
  return 0;
}
