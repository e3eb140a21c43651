import type { ReactNode } from "react";
import type { Study } from "../api/studies.ts";
import { routeHash } from "../route/route.ts";
import { dicomDate, dicomTime, numberText } from "../text/dicom-text.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import type { ResultBadge } from "./result-badges.ts";
import { studyAge } from "./study-age.ts";
import styles from "./worklist.module.css";
import { worklistTexts } from "./worklist-texts.ts";

interface Props {
  readonly study: Study;
  readonly badges: readonly ResultBadge[];
  readonly index: number;
  /** Distance from the top of the list, CSS pixels. */
  readonly top: number;
}

/** A study: its name is the link that opens it, and the whole row leads there. */
export function StudyRow({ study, badges, index, top }: Props): ReactNode {
  const { language } = useLanguage();
  const texts = useTexts(worklistTexts);
  const age = studyAge(study.date, study.time, new Date());
  const href = routeHash({ page: "study", studyInstanceUid: study.studyInstanceUid });
  const cells: readonly ReactNode[] = [
    study.patientId,
    [dicomDate(study.birthDate, language), study.sex].filter((part) => part !== "").join(" · "),
    `${dicomDate(study.date, language)} ${dicomTime(study.time)}`,
    age === undefined ? "" : texts[age.unit](age.count),
    study.modalities.join(" "),
    study.description,
    study.instanceCount,
  ];
  return (
    <div
      className={styles.row}
      role="row"
      aria-rowindex={index + 2}
      style={{ position: "absolute", transform: `translateY(${top}px)` }}
      data-testid="study-row"
    >
      <div role="cell" className={styles.cell}>
        <a href={href} data-row={index} className={styles.open}>
          {study.patientName || study.patientId || "–"}
        </a>
      </div>
      {cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the columns are fixed.
        <div key={at} role="cell" className={styles.cell} title={typeof cell === "string" ? cell : undefined}>
          {cell}
        </div>
      ))}
      <div role="cell" className={styles.cell}>
        {badges.map((badge) => (
          <span key={badge.key} className={styles.badge} data-state={badge.state} title={badgeTitle(badge, texts)}>
            {badge.name[language]}
            {badge.value === undefined ? "" : ` ${numberText(badge.value, language, badge.digits)}`}
            {badge.value === undefined || badge.unit === undefined ? "" : `\u202f${badge.unit}`}
            <span className={styles.hidden}> {badgeTitle(badge, texts)}</span>
          </span>
        ))}
      </div>
    </div>
  );
}

function badgeTitle({ state }: ResultBadge, texts: (typeof worklistTexts)["en"]): string {
  return texts[state];
}
