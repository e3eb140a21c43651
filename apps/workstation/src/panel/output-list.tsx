import type { AnyProtocol, Result } from "@etalon/measure";
import { shownUnit, siteName, typeset } from "@etalon/report/text";
import type { ReactNode } from "react";
import { numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";

/** The outputs of a result: totals first, then by site; each with its unit, its code on hover. */
export function OutputList({
  result,
  protocol,
}: {
  readonly result: Result;
  readonly protocol: AnyProtocol;
}): ReactNode {
  const texts = useTexts(panelTexts);
  const sums = result.outputs.filter(({ item }) => item === undefined);
  const bySite = Map.groupBy(sums, ({ site }) => site);
  const { language } = useLanguage();
  const hasSites = protocol.locate === undefined;
  return (
    <section className={styles.section} aria-label={texts.results}>
      <h2 className={styles.title}>{texts.results}</h2>
      {[...bySite].map(([site, outputs]) =>
        site !== undefined && !hasSites ? null : (
          <div key={site ?? ""}>
            {site === undefined ? null : <h3 className={styles.protocol}>{siteName(site).name[language]}</h3>}
            <dl className={styles.outputs}>
              {outputs.map((output) => (
                <OutputRow key={output.id} output={output} protocol={protocol} />
              ))}
            </dl>
          </div>
        ),
      )}
    </section>
  );
}

function OutputRow({
  output,
  protocol,
}: {
  readonly output: Result["outputs"][number];
  readonly protocol: AnyProtocol;
}): ReactNode {
  const { language } = useLanguage();
  const { id, value, unit, code } = output;
  const title = protocol.outputs[id]?.title[language] ?? id;
  return (
    <div title={`${code.meaning} (${code.value}, ${code.scheme}) [${unit}]`} data-testid={`output-${id}`}>
      <dt>{typeset(title, language)}</dt>
      <dd data-value={value}>
        {numberText(value, language, unit.startsWith("{") ? 0 : digitsOf(value))}{" "}
        <span>{shownUnit(unit, language)}</span>
      </dd>
    </div>
  );
}

/** Three digits that mean something, no more than two decimals. */
function digitsOf(value: number): number {
  const size = Math.abs(value);
  return size >= 100 ? 0 : size >= 10 ? 1 : 2;
}
