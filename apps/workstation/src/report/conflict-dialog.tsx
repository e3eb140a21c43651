import { Button, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { ReadingDraft } from "../marks/reading-draft.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { mergeDrafts } from "./merge-drafts.ts";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";
import { timeText } from "./time-text.ts";
import type { ReadingSync } from "./use-reading-sync.ts";

/** Shows two versions of the first reading that has them side by side: somebody decides, nothing is written over. */
export function ConflictDialog({ syncs }: { readonly syncs: readonly (ReadingSync | undefined)[] }): ReactNode {
  const texts = useTexts(reportTexts);
  const { language } = useLanguage();
  const sync = syncs.find((one) => one?.conflict !== undefined);
  if (sync?.conflict === undefined) return null;
  const { draft, conflict, resolve } = sync;
  const { current, base } = conflict;
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={texts.staleTitle}
      size="xl"
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm">{texts.staleWhat(current.author, timeText(current.savedAt, language))}</Text>
      <div className={styles.versions} data-testid="conflict">
        <Version title={texts.mine} draft={draft} />
        <Version title={texts.theirs} draft={current.draft} />
      </div>
      <div className={styles.dialogButtons}>
        <Button variant="default" onClick={() => resolve(current.draft)} data-testid="take-theirs">
          {texts.takeTheirs}
        </Button>
        <Button variant="default" onClick={() => resolve(draft)} data-testid="take-mine">
          {texts.takeMine}
        </Button>
        <Button onClick={() => resolve(mergeDrafts(base, draft, current.draft))} data-testid="take-both">
          {texts.takeBoth}
        </Button>
      </div>
    </Modal>
  );
}

function Version({ title, draft }: { readonly title: string; readonly draft: ReadingDraft }): ReactNode {
  const texts = useTexts(reportTexts);
  const byLabel = Map.groupBy(draft.regions ?? [], ({ label }) => label);
  const written = [draft.sections.en, draft.sections.fr].flatMap((sections) =>
    sections === undefined ? [] : [sections.indication, sections.findings, sections.conclusion, sections.comment],
  );
  return (
    <section>
      <h3 className={styles.heading}>{title}</h3>
      {draft.regions === null ? null : <p>{texts.regions(draft.regions.length)}</p>}
      <ul>
        {[...byLabel].map(([label, regions]) => (
          <li key={label}>
            {label}: {regions.length}
          </li>
        ))}
      </ul>
      {draft.measurements.length === 0 ? null : <p>{texts.measurements(draft.measurements.length)}</p>}
      {written.map((text) => (text === undefined ? null : <blockquote key={text}>{text}</blockquote>))}
    </section>
  );
}
