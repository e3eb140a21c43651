import { siteName } from "@etalon/report/text";
import { NumberInput } from "@mantine/core";
import type { ReactNode } from "react";
import { hotkeys } from "../../reading/hotkeys.ts";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { ChartList } from "../chart-list.tsx";
import panel from "../panel.module.css";
import { panelTexts } from "../panel-texts.ts";
import type { LesionTool, Reading } from "../reading-context.ts";
import { arteryColour, lesionLabels } from "./arteries.ts";
import { excludedLabel } from "./assign-lesion.ts";
import styles from "./calcium.module.css";
import { arteryActions, lesionToolActions } from "./lesion-actions.ts";
import { LesionList } from "./lesion-list.tsx";
import { ScoreTable } from "./score-table.tsx";

/** Arteries, brush and eraser, the score as it stands, the lesions. */
export function CalciumPanel({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { draft, edit, map } = reading;
  const isUntouched = draft.regions === null;
  const hasNothing = map?.candidates.every(({ status }) => status !== "candidate") === true;
  return (
    <section className={panel.section} aria-label={texts.lesions}>
      <ArteryButtons reading={reading} />
      <ToolButtons reading={reading} />
      <p className={styles.hint}>{texts.lesionHint}</p>
      <ScoreTable result={reading.run.measured?.result} isCurrent={reading.run.isCurrent} />
      {isUntouched && hasNothing ? (
        <button type="button" className={styles.confirm} onClick={() => edit({ regions: [] })}>
          {texts.confirmZero}
        </button>
      ) : null}
      <LesionList reading={reading} />
      <ChartList kinds={["percentile-curve", "risk-bars"]} />
    </section>
  );
}

function ArteryButtons({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { language } = useLanguage();
  const { lesions } = reading;
  return (
    <div className={styles.arteries} role="radiogroup" aria-label={texts.artery}>
      {lesionLabels.map((label) => {
        const name = label === excludedLabel ? texts.excluded : siteName(label).name[language];
        const short = label === excludedLabel ? texts.excludedShort : siteName(label).short[language];
        const key = hotkeys[arteryActions[label]].join(", ");
        return (
          <button
            key={label}
            type="button"
            role="radio"
            aria-checked={lesions.artery === label}
            title={`${name} (${key})`}
            aria-label={name}
            data-testid={`artery-${label}`}
            onClick={() => lesions.setArtery(label)}
          >
            <i style={{ background: arteryColour(label) }} />
            {short}
            <kbd>{key}</kbd>
          </button>
        );
      })}
    </div>
  );
}

function ToolButtons({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(panelTexts);
  const { lesions } = reading;
  const tools: readonly Exclude<LesionTool, "off">[] = ["assign", "brush", "eraser"];
  return (
    <div className={styles.lesionTools}>
      {tools.map((tool) => (
        <button
          key={tool}
          type="button"
          aria-pressed={lesions.tool === tool}
          title={`${texts[tool]} (${hotkeys[lesionToolActions[tool]].join(", ")})`}
          data-testid={`lesion-${tool}`}
          onClick={() => lesions.setTool(lesions.tool === tool && tool !== "assign" ? "assign" : tool)}
        >
          {texts[tool]}
        </button>
      ))}
      {lesions.tool === "brush" || lesions.tool === "eraser" ? (
        <NumberInput
          size="xs"
          w={64}
          min={0.5}
          max={15}
          step={0.5}
          aria-label={texts.radius}
          title={texts.radius}
          value={lesions.radiusMm}
          onChange={(value) => typeof value === "number" && value > 0 && lesions.setRadiusMm(value)}
        />
      ) : null}
    </div>
  );
}
