import type { Language } from "@etalon/base";
import { NativeSelect, Textarea } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { type Reading, useReading } from "../panel/reading-context.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { ComparisonTable } from "./comparison-table.tsx";
import { KeyImageList } from "./key-image-list.tsx";
import styles from "./report.module.css";
import { ReportBar } from "./report-bar.tsx";
import { reportTexts } from "./report-texts.ts";

const sectionNames = ["indication", "findings", "conclusion", "comment"] as const;

/** The report beside the images: what the reader writes, what it looks like, what becomes of it. */
export function ReportPanel(): ReactNode {
  const reading = useReading();
  return reading === undefined ? null : <Report reading={reading} />;
}

function Report({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(reportTexts);
  const { language: pageLanguage } = useLanguage();
  const language = reading.draft.language ?? pageLanguage;
  const frame = useRef<HTMLIFrameElement>(null);
  const { documents } = reading;
  return (
    <div className={styles.report} data-testid="report">
      <ReportBar reading={reading} language={language} onPrint={() => frame.current?.contentWindow?.print()} />
      <div className={styles.columns}>
        <div className={styles.editor}>
          <NativeSelect
            size="xs"
            label={texts.language}
            value={language}
            disabled={reading.isLocked}
            data={[
              { value: "en", label: texts.english },
              { value: "fr", label: texts.french },
            ]}
            onChange={(event) => reading.edit({ language: event.currentTarget.value === "fr" ? "fr" : "en" })}
          />
          {sectionNames.map((name) => (
            <SectionField key={name} name={name} reading={reading} language={language} />
          ))}
          <KeyImageList reading={reading} />
          <ComparisonTable reading={reading} />
        </div>
        {documents === undefined ? (
          <p className={styles.note}>{texts.notMeasured}</p>
        ) : (
          <iframe
            ref={frame}
            className={styles.preview}
            title={texts.preview}
            sandbox="allow-same-origin allow-modals"
            srcDoc={documents.html}
            data-testid="preview"
          />
        )}
      </div>
    </div>
  );
}

function SectionField({
  name,
  reading,
  language,
}: {
  readonly name: (typeof sectionNames)[number];
  readonly reading: Reading;
  readonly language: Language;
}): ReactNode {
  const texts = useTexts(reportTexts);
  const { sections } = reading.draft;
  const own = sections[language] ?? {};
  return (
    <Textarea
      size="xs"
      autosize
      minRows={name === "findings" || name === "conclusion" ? 3 : 1}
      maxRows={10}
      lang={language}
      label={texts[name]}
      value={own[name] ?? ""}
      readOnly={reading.isLocked}
      data-testid={`section-${name}`}
      onChange={(event) => {
        const { [name]: _before, ...others } = own;
        const text = event.currentTarget.value;
        const written = text === "" ? others : { ...others, [name]: text };
        reading.edit({ sections: { ...sections, [language]: written } }, `section ${language} ${name}`);
      }}
    />
  );
}
