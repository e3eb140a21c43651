import { EtalonError } from "@etalon/base";
import { catalog, parseResult, type Verdict, verifyResult } from "@etalon/measure";
import { buildLedger } from "@etalon/volume";
import { readArguments } from "../arguments.ts";
import { VERIFICATION_DIFFERS } from "../exit-code.ts";
import { readJsonFile } from "../json-file.ts";
import { readStudy } from "../sources/read-study.ts";
import { researchOptions } from "../sources/research-options.ts";
import { printJson, say, type Terminal } from "../terminal.ts";
import { verdictText } from "../text/verdict-text.ts";
import { currentBuild } from "../version.ts";

/** `etalon verify RESULT <path…>`: computes a result again and says *identical*, or the first difference. */
export async function verify(argv: readonly string[], terminal: Terminal): Promise<number> {
  const given = readArguments(argv, { options: [], pairs: [] });
  const [file, ...paths] = given.paths;
  if (file === undefined) throw new EtalonError("missing-value", { field: "RESULT" });
  const result = parseResult(await readJsonFile(file));
  if (paths.length === 0 && result.recipe.inputs.length > 0) throw new EtalonError("missing-value", { field: "path" });
  const research = researchOptions((id) => result.recipe.parameters.find((one) => one.id === id)?.value);
  const study = await readStudy(paths, { choices: new Map(), research }, terminal);
  const received = study.received.flatMap((item) =>
    "header" in item
      ? {
          uid: item.header.sopInstanceUid,
          seriesUid: item.header.seriesInstanceUid,
          dataSetSha256: item.dataSetSha256,
        }
      : [],
  );
  say(terminal, { en: `Computing ${result.protocol.id} again`, fr: `Nouveau calcul de ${result.protocol.id}` });
  const verdict: Verdict = await verifyResult(result, {
    catalog,
    received,
    ledgerOf: (hashes, choices) =>
      buildLedger(
        study.received.filter((item) => ("header" in item ? hashes.has(item.dataSetSha256) : "sideFile" in item)),
        choices,
      ),
    readFrame: study.readFrame,
    build: currentBuild(),
  });
  if (terminal.isJson) printJson(terminal, { schema: "etalon.verdict/1", ...verdict });
  else terminal.out(verdictText(verdict, terminal.language));
  return verdict.verdict === "identical" ? 0 : VERIFICATION_DIFFERS;
}
