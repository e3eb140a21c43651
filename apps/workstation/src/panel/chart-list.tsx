import { typeset } from "@etalon/report/text";
import type { ReactNode } from "react";
import { useLanguage } from "../text/language.tsx";
import styles from "./panel.module.css";
import { useReading } from "./reading-context.ts";

/** Charts of the report, of these kinds. */
export function ChartList({ kinds }: { readonly kinds: readonly string[] }): ReactNode {
  const documents = useReading()?.documents;
  const { language } = useLanguage();
  const charts = documents?.charts.filter(({ kind }) => kinds.includes(kind)) ?? [];
  return charts.map(({ kind, title, description, svg }) => (
    <figure key={`${kind} ${title.en}`} className={styles.chart} data-testid={`chart-${kind}`}>
      <figcaption>{typeset(title[language], language)}</figcaption>
      <img
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
        alt={typeset(description[language], language)}
      />
    </figure>
  ));
}
