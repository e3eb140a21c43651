import type { Language, Text } from "@etalon/base";
import type { AnyProtocol, Parameter } from "@etalon/measure";
import { shownNumber, shownUnit } from "@etalon/report/text";
import { columnLines } from "./table.ts";

/** What `etalon protocols` prints: for each protocol what goes in, what comes out, and every parameter with its default. */
export function protocolsText(protocols: readonly AnyProtocol[], language: Language): string {
  const isFrench = language === "fr";
  const lines: string[] = [];
  for (const { id, version, title, roles, parameters, outputs, references } of protocols) {
    const inputs = Object.entries(roles).map(([name, role]) => [name, withUnit(role, language)]);
    const results = Object.entries(outputs).map(([name, output]) => [name, withUnit(output, language)]);
    const choices = Object.entries(parameters).map(([name, parameter]) => [
      name,
      shownDefault(parameter, language),
      parameter.title[language],
    ]);
    lines.push(
      `${id} ${version}  ${title[language]}`,
      ...section(isFrench ? "entrées" : "inputs", inputs),
      ...section(isFrench ? "sorties" : "outputs", results),
      ...section(isFrench ? "paramètres" : "parameters", choices),
      `  ${isFrench ? "références" : "references"}`,
      ...references.map(({ citation, doi }) => `    ${citation}${doi === undefined ? "" : `, doi ${doi}`}`),
      "",
    );
  }
  return lines.join("\n");
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : [`  ${title}`, ...columnLines(rows).map((line) => `    ${line}`)];
}

function withUnit({ title, unit }: { readonly title: Text; readonly unit: string }, language: Language): string {
  const shown = shownUnit(unit, language);
  return shown === "" ? title[language] : `${title[language]} [${shown}]`;
}

function shownDefault(parameter: Parameter, language: Language): string {
  if (parameter.default === null) return "–";
  if (parameter.kind === "choice") return `${parameter.default} (${parameter.choices.join(" | ")})`;
  return `${shownNumber(Number(parameter.default), language)} ${shownUnit(parameter.unit, language)}`.trimEnd();
}
