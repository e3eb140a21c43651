import { typeset } from "@etalon/report/text";
import type { ReactNode } from "react";
import type { CardText } from "../measuring/measuring-messages.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { ChartList } from "./chart-list.tsx";
import { FactField } from "./fact-field.tsx";
import { FactList } from "./fact-list.tsx";
import { Fold } from "./fold.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import { useReading } from "./reading-context.ts";
import { TraceView } from "./trace-view.tsx";

const outcomes = ["applies", "undetermined", "does-not"] as const;

/** What published guidance makes of the result: a card for each rule, and a field for each fact that is missing. */
export function GuidancePanel(): ReactNode {
  const reading = useReading();
  const texts = useTexts(panelTexts);
  const cards = reading?.documents?.cards ?? [];
  const titles = { applies: texts.applies, undetermined: texts.undetermined, "does-not": texts.doesNot };
  if (reading === undefined) return null;
  return (
    <div data-testid="guidance">
      <section className={styles.section} aria-label={texts.facts}>
        <h2 className={styles.title}>{texts.facts}</h2>
        <FactList reading={reading} />
      </section>
      <ChartList kinds={["percentile-curve", "risk-bars"]} />
      {outcomes.map((outcome) => {
        const own = cards.filter(({ verdict }) => verdict.outcome === outcome);
        if (own.length === 0) return null;
        return (
          <section key={outcome} className={styles.section} aria-label={titles[outcome]}>
            <h2 className={styles.title}>{titles[outcome]}</h2>
            {own.map((card) => (
              <VerdictCard key={card.verdict.rule} card={card} />
            ))}
          </section>
        );
      })}
    </div>
  );
}

function VerdictCard({ card }: { readonly card: CardText }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { verdict, tone, outcome, statement, lines, source, unmet } = card;
  const missing = verdict.missing ?? [];
  const isShort = verdict.outcome === "does-not";
  return (
    <article className={styles.card} data-tone={tone} data-outcome={verdict.outcome} data-testid="card">
      <h3>{typeset(verdict.title[language], language)}</h3>
      <p className={styles.outcome}>{isShort ? unmet || outcome : outcome}</p>
      {isShort ? null : <p>{statement}</p>}
      {isShort
        ? null
        : lines.map((line) => (
            <p key={line} className={styles.cardLine}>
              {line}
            </p>
          ))}
      {missing.map((fact) => (
        <FactField key={fact} id={fact} />
      ))}
      <p className={styles.cardSource}>{source}</p>
      <Fold summary={texts.why}>{() => <TraceView nodes={verdict.trace} />}</Fold>
    </article>
  );
}
