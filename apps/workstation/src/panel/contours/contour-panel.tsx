import { typeset } from "@etalon/report/text";
import { type ReactNode, useEffect, useEffectEvent } from "react";
import { useLanguage, useTexts } from "../../text/language.tsx";
import calcium from "../calcium/calcium.module.css";
import panel from "../panel.module.css";
import type { Reading } from "../reading-context.ts";
import { countOf, withoutContour } from "./contour-regions.ts";
import { contourTexts } from "./contour-texts.ts";
import styles from "./contours.module.css";
import { structureColour } from "./structure-colour.ts";

/** The structures that the protocol lets a reader draw, by the input that they are drawn on. */
export function ContourPanel({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(contourTexts);
  const { language } = useLanguage();
  const { protocol, contours, draft, edit, isLocked } = reading;
  const { selected } = contours;
  const regions = draft.regions ?? [];
  const remove = useEffectEvent(() => {
    if (selected === undefined || isLocked) return;
    contours.select(undefined);
    edit({ regions: withoutContour(regions, selected) });
  });
  useEffect(() => {
    const press = ({ key, target }: KeyboardEvent): void => {
      const isTyping = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
      if (!isTyping && (key === "Delete" || key === "Backspace")) remove();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
  const { draws = [] } = protocol;
  const roles = [...new Set(draws.flatMap((one) => one.roles))];
  return (
    <section className={panel.section} aria-label={texts.title} data-testid="contour-panel">
      <h2 className={panel.title}>{texts.title}</h2>
      {roles.map((role) => (
        <div key={role} className={styles.role}>
          {roles.length === 1 ? null : (
            <span className={styles.roleName}>{typeset(protocol.roles[role]?.title[language] ?? role, language)}</span>
          )}
          <div className={calcium.lesionTools}>
            {draws
              .filter((one) => one.roles.includes(role))
              .map(({ label, title }) => {
                const isOn = contours.drawing?.role === role && contours.drawing.label === label;
                return (
                  <button
                    key={label}
                    type="button"
                    aria-pressed={isOn}
                    disabled={isLocked}
                    data-testid={`draw-${role}-${label}`}
                    onClick={() => contours.draw(isOn ? undefined : { role, label })}
                  >
                    <i className={styles.swatch} style={{ background: structureColour(protocol, label) }} />
                    {typeset(title[language], language)} · {texts.count(countOf(regions, { role, label }))}
                  </button>
                );
              })}
          </div>
        </div>
      ))}
      <p className={calcium.hint}>{texts.hint}</p>
      {selected === undefined || isLocked ? null : (
        <button type="button" className={panel.link} onClick={remove} data-testid="remove-contour">
          {texts.remove}
        </button>
      )}
    </section>
  );
}
