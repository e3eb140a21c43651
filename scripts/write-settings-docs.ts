/** Writes `docs/guide/settings.md`: every variable of the environment that the server reads. */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Setting } from "../apps/server/src/setting.ts";
import { settings } from "../apps/server/src/settings.ts";

/** Where the list of settings stands. */
export const settingsDocumentPath: string = resolve(import.meta.dirname, "../docs/guide/settings.md");

/** The list of every setting for readers, from the server's table. */
export function settingsDocument(): string {
  return [
    "<!-- Generated from apps/server/src/settings.ts by `npm run docs`. -->",
    "# Settings",
    "",
    "Variables of the environment that `etalon serve`, `backup` and `restore` read. An empty one counts as absent; a misspelt",
    "`ETALON_…` is named in the log. `etalon serve --help --lang fr` says the same in French. How they go together:",
    "[deployment](deployment.md).",
    "",
    "| variable | may be | without it | |",
    "|---|---|---|---|",
    ...Object.entries<Setting>(settings).map(
      ([name, { expected, fallback, help }]) =>
        `| \`${name}\` | \`${cell(expected)}\` | ${fallback === "—" ? "—" : `\`${fallback}\``} | ${cell(help.en)} |`,
    ),
    "",
  ].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

if (import.meta.main) {
  writeFileSync(settingsDocumentPath, settingsDocument());
}
