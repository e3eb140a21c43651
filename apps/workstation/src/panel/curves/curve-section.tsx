import type { MeasuredCurve } from "@etalon/measure";
import { shownUnit } from "@etalon/report/text";
import { type ReactNode, useMemo, useState } from "react";
import { useLanguage, useTexts } from "../../text/language.tsx";
import { measuredText, tickText } from "../../text/value-text.ts";
import panel from "../panel.module.css";
import { curveFrame } from "./curve-frame.ts";
import { type CurvePanel, curveName, curvePanels, curveRows } from "./curve-panels.ts";
import { curveTexts } from "./curve-texts.ts";
import styles from "./curves.module.css";

/** The curves of a result, drawn and as tables; nothing where it has none. */
export function CurveSection({ curves }: { readonly curves: readonly MeasuredCurve[] }): ReactNode {
  const texts = useTexts(curveTexts);
  const panels = useMemo(() => curvePanels(curves), [curves]);
  if (panels.length === 0) return null;
  return (
    <section className={panel.section} aria-label={texts.title} data-testid="curves">
      <h2 className={panel.title}>{texts.title}</h2>
      {panels.map((one) => (
        <CurveFigure key={one.id} panel={one} />
      ))}
    </section>
  );
}

const size = { width: 440, height: 230 };

function CurveFigure({ panel: own }: { readonly panel: CurvePanel }): ReactNode {
  const texts = useTexts(curveTexts);
  const { language } = useLanguage();
  const [lit, setLit] = useState<number>();
  const titles = {
    "stress-aif": texts.aifStress,
    "rest-aif": texts.aifRest,
    "stress-tissue": texts.tissueStress,
    "rest-tissue": texts.tissueRest,
  };
  const title = titles[`${own.state}-${own.kind}`];
  const unit = shownUnit(own.unit, language) || texts.signal;
  const names = own.curves.map((curve) => curveName(curve, language));
  const frame = useMemo(() => curveFrame(own, size), [own]);
  return (
    <figure className={styles.figure} data-testid={`curves-${own.id}`}>
      <figcaption>
        {title}, {unit}
      </figcaption>
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`${title}, ${texts.curves(names.length)}`}
      >
        {frame.yTicks.map(({ value, at }) => (
          <g key={value}>
            <line className={styles.grid} x1={frame.left} x2={frame.right} y1={at} y2={at} />
            <text x={frame.left - 6} y={at + 4} textAnchor="end">
              {tickText(value, language)}
            </text>
          </g>
        ))}
        {frame.xTicks.map(({ value, at }) => (
          <text key={value} x={at} y={frame.bottom + 16} textAnchor="middle">
            {tickText(value, language)}
          </text>
        ))}
        {own.curves.map((curve, at) => (
          <path
            key={curve.curve.id}
            d={frame.pathOf(curve)}
            className={styles.curve}
            data-hue={at % 6}
            data-dash={Math.floor(at / 6)}
            data-dim={lit !== undefined && lit !== at}
          />
        ))}
      </svg>
      <p className={styles.axis}>{texts.time}</p>
      {names.length === 1 ? null : <Legend names={names} onLight={setLit} />}
      <CurveTable panel={own} names={names} title={title} />
    </figure>
  );
}

/** Which line is which; the one that is pointed at stands out. */
function Legend({
  names,
  onLight,
}: {
  readonly names: readonly string[];
  readonly onLight: (at: number | undefined) => void;
}): ReactNode {
  return (
    <ul className={styles.legend}>
      {names.map((name, at) => (
        <li key={name} onPointerEnter={() => onLight(at)} onPointerLeave={() => onLight(undefined)}>
          <svg viewBox="0 0 24 8" aria-hidden="true">
            <path d="M0 4H24" className={styles.curve} data-hue={at % 6} data-dash={Math.floor(at / 6)} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}

/** The same for who does not see the picture. */
function CurveTable({
  panel: own,
  names,
  title,
}: {
  readonly panel: CurvePanel;
  readonly names: readonly string[];
  readonly title: string;
}): ReactNode {
  const texts = useTexts(curveTexts);
  const { language } = useLanguage();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className={styles.details} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{texts.asTable}</summary>
      {isOpen ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{texts.time}</th>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {curveRows(own).map(({ timeS, values }) => (
                <tr key={timeS}>
                  <th scope="row">{measuredText(timeS, language)}</th>
                  {values.map((value, at) => (
                    <td key={names[at]}>{value === undefined ? "–" : measuredText(value, language)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </details>
  );
}
