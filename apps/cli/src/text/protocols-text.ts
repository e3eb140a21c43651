import type { Language } from "@etalon/base";
import type { AnyProtocol } from "@etalon/measure";

/** What `etalon protocols` prints. */
export function protocolsText(protocols: readonly AnyProtocol[], language: Language): string {
  const isFrench = language === "fr";
  const lines: string[] = [];
  for (const { id, version, title, roles, parameters, outputs, references } of protocols) {
    lines.push(`${id} ${version}  ${title[language]}`);
    for (const [name, role] of Object.entries(roles)) {
      lines.push(`  ${isFrench ? "entrée" : "input"}     ${name}  ${role.title[language]} [${role.unit}]`);
    }
    for (const [name, output] of Object.entries(outputs)) {
      lines.push(`  ${isFrench ? "sortie" : "output"}    ${name}  ${output.title[language]} [${output.unit}]`);
    }
    for (const [name, parameter] of Object.entries(parameters)) {
      const unit = parameter.kind === "number" ? ` ${parameter.unit}` : "";
      const value = parameter.default === null ? "–" : `${parameter.default}${unit}`;
      lines.push(`  ${isFrench ? "paramètre" : "parameter"} ${name} = ${value}  ${parameter.title[language]}`);
    }
    for (const { citation, doi } of references) lines.push(`  ${citation}${doi === undefined ? "" : `, doi ${doi}`}`);
    lines.push("");
  }
  return lines.join("\n");
}
