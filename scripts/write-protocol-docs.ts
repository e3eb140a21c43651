import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type AnyProtocol, catalog, type Parameter } from "@etalon/measure";

/** Folder of the protocol pages. */
export const protocolDocsFolder: string = resolve(import.meta.dirname, "../docs/protocols");

/** One page per protocol of the catalogue, by file name below `docs/protocols`. */
export function protocolPages(): Readonly<Record<string, string>> {
  return Object.fromEntries(catalog.map((protocol) => [`${protocol.id}.md`, pageOf(protocol)]));
}

function pageOf(protocol: AnyProtocol): string {
  const { id, version, title, roles, outputs, parameters, references, replay } = protocol;
  return [
    "<!-- Generated from the protocol's declaration by `npm run docs`. -->",
    `# ${title.en} · ${title.fr}`,
    "",
    `\`${id}\`, version ${version}; replay ${replay === "bitwise" ? "bit for bit" : `within ${replay.tolerance}`}.`,
    "",
    "## Inputs",
    ...table(
      ["role", "kind", "what", "unit"],
      Object.entries(roles).map(([name, role]) => [`\`${name}\``, kindOf(role), role.title.en, `\`${role.unit}\``]),
    ),
    "## Outputs",
    ...table(
      ["id", "what", "unit (UCUM)", "code"],
      Object.entries(outputs).map(([name, output]) => [
        `\`${name}\``,
        output.title.en,
        `\`${output.unit}\``,
        `${output.code.scheme} ${output.code.value} ${output.code.meaning}`,
      ]),
    ),
    "## Parameters",
    ...(Object.keys(parameters).length === 0
      ? ["", "None.", ""]
      : table(
          ["id", "default", "range", "what", "source"],
          Object.entries(parameters).map(([name, parameter]) => [
            `\`${name}\``,
            parameter.default === null ? "none" : `${parameter.default}`,
            rangeOf(parameter),
            parameter.title.en,
            parameter.source,
          ]),
        )),
    "## References",
    "",
    ...references.map(
      ({ citation, doi, note }) =>
        `- ${citation}${doi === undefined ? "" : `, doi ${doi}`}${note === undefined ? "" : ` (${note})`}`,
    ),
    "",
  ].join("\n");
}

function rangeOf(parameter: Parameter): string {
  if (parameter.kind === "choice") return parameter.choices.join(", ");
  return parameter.kind === "reason"
    ? "any text"
    : `${parameter.minimum} to ${parameter.maximum} \`${parameter.unit}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return ["", line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

if (import.meta.main) {
  for (const [name, page] of Object.entries(protocolPages())) {
    const path = resolve(protocolDocsFolder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, page);
  }
}

function kindOf(role: AnyProtocol["roles"][string]): string {
  if (!("weightedBy" in role)) return role.kind;
  return `images of ${role.minimumWeightings} or more ${role.weightedBy.join(" or ")}`;
}
