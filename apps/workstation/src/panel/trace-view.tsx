import { definitionOf, isFactId, type TraceNode } from "@etalon/decide";
import { typeset } from "@etalon/report/text";
import type { ReactNode } from "react";
import { useLanguage } from "../text/language.tsx";
import styles from "./panel.module.css";

const signs = { true: "✓", false: "✗", unknown: "?" } as const;
const words = {
  en: { all: "all of", any: "one of", not: "not", true: "true", false: "false", unknown: "not known" },
  fr: { all: "toutes", any: "l’une de", not: "non", true: "vrai", false: "faux", unknown: "non connu" },
} as const;

/** What each condition of a rule came to, part by part. */
export function TraceView({ nodes }: { readonly nodes: readonly TraceNode[] }): ReactNode {
  const { language } = useLanguage();
  return (
    <ul className={styles.trace}>
      {nodes.map((node) => {
        const { condition, truth, received, parts } = node;
        return (
          <li key={condition} data-truth={String(truth)}>
            <span role="img" aria-label={words[language][String(truth) as keyof typeof signs]}>
              {signs[String(truth) as keyof typeof signs]}
            </span>{" "}
            {inWords(condition, language)}
            {received === undefined ? null : <em> ({String(received)})</em>}
            {parts === undefined ? null : <TraceView nodes={parts} />}
          </li>
        );
      })}
    </ul>
  );
}

/** A condition in symbols with the fact's title in place of its id. */
function inWords(condition: string, language: "en" | "fr"): string {
  const [first = "", ...rest] = condition.split(" ");
  if (first === "all" || first === "any" || first === "not") return [words[language][first], ...rest].join(" ");
  const title = isFactId(first) ? typeset(definitionOf(first).title[language], language) : first;
  return [title, ...rest].join(" ").replace(">=", "≥").replace("<=", "≤");
}
