import { typeset } from "@etalon/report/text";
import { Button, NativeSelect, Progress } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import { CalciumPanel } from "./calcium/calcium-panel.tsx";
import { ChartList } from "./chart-list.tsx";
import { ContourPanel } from "./contours/contour-panel.tsx";
import { CurveSection } from "./curves/curve-section.tsx";
import { InputList } from "./input-list.tsx";
import { MapSection } from "./maps/map-section.tsx";
import { OutputList } from "./output-list.tsx";
import styles from "./panel.module.css";
import { panelTexts } from "./panel-texts.ts";
import { ParameterList } from "./parameter-list.tsx";
import { QualityList } from "./quality-list.tsx";
import { type Reading, useReading } from "./reading-context.ts";
import { SensitivityList } from "./sensitivity-list.tsx";

/** A protocol at work, generated from what the catalogue declares of it. */
export function ProtocolPanel(): ReactNode {
  const reading = useReading();
  const texts = useTexts(panelTexts);
  if (reading === undefined) {
    return (
      <section className={styles.section} aria-label={texts.title}>
        <p className={styles.note}>{texts.empty}</p>
      </section>
    );
  }
  const { protocol, roles, draft, run, edit } = reading;
  return (
    <div data-testid="protocol-panel" data-digest={run.isCurrent ? run.measured?.result.digest : undefined}>
      <section className={styles.section} aria-label={texts.title}>
        <ProtocolChoice reading={reading} />
        <RunLine reading={reading} />
      </section>
      {protocol.locate === undefined || run.measured === undefined ? null : <CalciumPanel reading={reading} />}
      {protocol.draws === undefined ? null : <ContourPanel reading={reading} />}
      {run.measured === undefined ? null : (
        <>
          <MapSection key={protocol.id} maps={run.measured.maps} />
          <CurveSection curves={run.measured.curves} />
          <OutputList result={run.measured.result} protocol={protocol} />
          <QualityList quality={run.measured.result.quality} />
          <SensitivityList rows={run.measured.result.sensitivity} protocol={protocol} />
          <ChartList kinds={["bulls-eye"]} />
        </>
      )}
      <InputList {...{ protocol, roles, edit }} numbers={draft.numbers} choices={draft.roles} />
      <ParameterList {...{ protocol, edit }} parameters={draft.parameters} />
    </div>
  );
}

function ProtocolChoice({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { fitting, protocol, chooseProtocol } = reading;
  return (
    <NativeSelect
      size="xs"
      aria-label={texts.protocol}
      data-testid="protocol-choice"
      value={protocol.id}
      data={fitting.map(({ id, title }) => ({ value: id, label: typeset(title[language], language) }))}
      onChange={(event) => chooseProtocol(event.currentTarget.value)}
    />
  );
}

/** Whether it is measured, how far it is, and why not. */
function RunLine({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { progress, refusal, measured, start, cancel, editMs } = reading.run;
  if (progress !== undefined) {
    const { step, done, total } = progress;
    return (
      <div className={styles.runLine} role="status">
        <span>
          {step === "reading" ? texts.reading(done, total) : step === "loading" ? texts.loading : texts.measuring}
        </span>
        <Progress
          value={step === "reading" ? (100 * done) / Math.max(1, total) : 100}
          animated={step !== "reading"}
          size="xs"
          flex={1}
          aria-label={texts.measuring}
        />
        <Button size="compact-xs" variant="default" onClick={cancel}>
          {texts.cancel}
        </Button>
      </div>
    );
  }
  if (refusal !== undefined) {
    return (
      <div className={styles.refusal} role="alert" data-testid="refusal">
        <strong>{texts.failed}</strong>
        <p>{typeset(refusal.message[language], language)}</p>
        <Button size="compact-xs" variant="default" onClick={start}>
          {texts.tryAgain}
        </Button>
      </div>
    );
  }
  if (measured === undefined) {
    return (
      <div className={styles.runLine}>
        <Button size="compact-sm" onClick={start}>
          {texts.run}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.runLine}>
      {measured.result.provisional ? <span className={styles.provisional}>{texts.provisional}</span> : null}
      <span className={styles.digest} title={measured.result.digest} data-testid="digest">
        {texts.digest} {measured.result.digest.slice(0, 12)}
      </span>
      <span className={styles.took} data-testid="edit-ms">
        {editMs === undefined ? "" : texts.took(Math.round(editMs))}
      </span>
    </div>
  );
}
