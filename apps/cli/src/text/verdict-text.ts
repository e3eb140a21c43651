import type { Language, Text } from "@etalon/base";
import type { Difference, Verdict } from "@etalon/measure";

const KINDS: Readonly<Record<Difference["kind"], Text>> = {
  version: { en: "protocol version", fr: "version du protocole" },
  instance: { en: "image", fr: "image" },
  mark: { en: "mark", fr: "marque" },
  parameter: { en: "parameter", fr: "paramètre" },
  number: { en: "number given", fr: "nombre donné" },
  choice: { en: "version choice", fr: "choix de version" },
  value: { en: "value", fr: "valeur" },
};

/** What `etalon verify` prints. */
export function verdictText(verdict: Verdict, language: Language): string {
  const isFrench = language === "fr";
  if (verdict.verdict === "identical") {
    const build = verdict.isSameBuild
      ? { en: "", fr: "" }
      : { en: " (another build computed it)", fr: " (calculé par une autre version du programme)" };
    const more = verdict.unmeasuredImages;
    const unmeasured = {
      en: `  ${more} more images of the same series were given and are not in the result\n`,
      fr: `  ${more} autres images de la même série ont été données et ne sont pas dans le résultat\n`,
    };
    const rest = more === 0 ? "" : unmeasured[language];
    return `${isFrench ? "identique" : "identical"}${build[language]}\n  digest ${verdict.digest}\n${rest}`;
  }
  const { kind, where, recorded, found } = verdict.difference;
  const [said, is] = isFrench ? ["enregistré", "trouvé   "] : ["recorded", "found   "];
  return `${isFrench ? "différent" : "differs"}: ${KINDS[kind][language]} ${where}\n  ${said} ${recorded}\n  ${is} ${found}\n`;
}
