import type { Language } from "@etalon/base";
import { typeset } from "@etalon/report/text";
import { Button, Menu } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { documentUrl, mapUrl } from "../api/readings.ts";
import { may } from "../api/session.ts";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import { useSession } from "../app/use-session.ts";
import type { Reading } from "../panel/reading-context.ts";
import { useLanguage, useTexts } from "../text/language.tsx";
import { AddendumDialog } from "./addendum-dialog.tsx";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";
import { ShareDialog } from "./share-dialog.tsx";
import { SignDialog } from "./sign-dialog.tsx";
import { timeText } from "./time-text.ts";
import { useReportActions } from "./use-report-actions.ts";

/** How the report stands, and what can be done with it. */
export function ReportBar({
  reading,
  language,
  onPrint,
}: {
  readonly reading: Reading;
  readonly language: Language;
  readonly onPrint: () => void;
}): ReactNode {
  const texts = useTexts(reportTexts);
  const common = useTexts(appTexts);
  const session = useSession().data ?? "nobody";
  const actions = useReportActions(reading, language);
  const [dialog, setDialog] = useState<"sign" | "addendum" | "share">();
  const { sync, run, isLocked } = reading;
  const isReady = run.isCurrent && (sync.saveState === "saved" || sync.saveState === "waiting");
  return (
    <div className={styles.bar}>
      <StatusLine reading={reading} />
      {actions.error === undefined ? null : (
        <p className={styles.alert} role="alert">
          {explain(actions.error, common)}
        </p>
      )}
      {actions.otherDigest === undefined || dialog === "sign" ? null : (
        <p className={styles.alert} role="alert">
          {texts.runDiffers} {actions.otherDigest.slice(0, 12)}
        </p>
      )}
      <div className={styles.buttons}>
        {isLocked ? (
          <Button size="compact-sm" variant="default" onClick={() => setDialog("addendum")} data-testid="addendum">
            {texts.addAddendum}
          </Button>
        ) : (
          <>
            <Button
              size="compact-sm"
              variant="default"
              disabled={!isReady || !may(session, "edit-readings")}
              loading={actions.working === "preliminary"}
              onClick={actions.savePreliminary}
              data-testid="preliminary"
            >
              {texts.savePreliminary}
            </Button>
            {may(session, "sign") && session !== "off" ? (
              <Button size="compact-sm" disabled={!isReady} onClick={() => setDialog("sign")} data-testid="sign">
                {texts.sign}
              </Button>
            ) : null}
          </>
        )}
        <Downloads reading={reading} language={language} />
        <Button size="compact-sm" variant="subtle" color="gray" onClick={onPrint}>
          {texts.print}
        </Button>
        {may(session, "share") && session !== "off" ? (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setDialog("share")}>
            {texts.share}
          </Button>
        ) : null}
      </div>
      <SignDialog isOpen={dialog === "sign"} onClose={() => setDialog(undefined)} reading={reading} actions={actions} />
      <AddendumDialog isOpen={dialog === "addendum"} onClose={() => setDialog(undefined)} actions={actions} />
      <ShareDialog
        isOpen={dialog === "share"}
        onClose={() => setDialog(undefined)}
        studyInstanceUid={sync.place.studyInstanceUid}
      />
    </div>
  );
}

/** Whether it is saved, preliminary, signed; whose word stands for it. */
function StatusLine({ reading }: { readonly reading: Reading }): ReactNode {
  const texts = useTexts(reportTexts);
  const common = useTexts(appTexts);
  const { language } = useLanguage();
  const { state, saveState, refusal } = reading.sync;
  const names = {
    new: texts.statusNew,
    reading: texts.statusReading,
    preliminary: texts.statusPreliminary,
    signed: texts.statusSigned,
    amended: texts.statusAmended,
  };
  const signature = state?.signature ?? null;
  const isSame = signature?.digest === reading.run.measured?.result.digest;
  return (
    <div className={styles.status} data-status={state?.status ?? "new"} data-testid="report-status">
      <strong>{names[state?.status ?? "new"]}</strong>
      {signature === null ? (
        <span data-testid="save-state" data-state={saveState} role="status">
          {saveState === "refused" ? `${texts.refused}: ${explain(refusal, common)}` : texts[saveState]}
        </span>
      ) : (
        <>
          <span>{texts.signedBy(signature.by.name, timeText(signature.signedAt, language))}</span>
          {reading.run.isCurrent ? (
            <span data-testid="signed-digest" data-same={isSame} className={isSame ? styles.good : styles.bad}>
              {isSame ? texts.sameDigest : texts.otherDigest}
            </span>
          ) : null}
        </>
      )}
    </div>
  );
}

const files = [
  ["PDF", "report.pdf"],
  ["DICOM SR", "report.sr.dcm"],
  ["DICOM SEG", "report.seg.dcm"],
  ["FHIR", "report.fhir.json"],
  ["CSV", "report.csv"],
] as const;
/** Of a result that has curves. */
const curvesFile = ["CSV · curves.csv", "curves.csv"] as const;

function Downloads({ reading, language }: { readonly reading: Reading; readonly language: Language }): ReactNode {
  const texts = useTexts(reportTexts);
  const { language: pageLanguage } = useLanguage();
  const { place, state } = reading.sync;
  const hasCurves = (reading.run.measured?.curves ?? []).length > 0;
  const hasRun = (state?.run?.digest ?? state?.signature?.digest ?? null) !== null;
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 0 }} withinPortal>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!hasRun}
          title={hasRun ? undefined : texts.needsRun}
          data-testid="downloads"
        >
          {texts.downloads}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {[...files, ...(hasCurves ? [curvesFile] : [])].map(([label, name]) => (
          <Menu.Item
            key={name}
            component="a"
            href={`${documentUrl(place, name, language)}&download=true`}
            download
            data-testid={`download-${name}`}
          >
            {label}
          </Menu.Item>
        ))}
        {(reading.run.measured?.maps ?? [])
          .filter(({ isQuantity }) => isQuantity)
          .map(({ id, title }) => (
            <Menu.Item
              key={id}
              component="a"
              href={mapUrl(place, id, "parametric-map")}
              download
              data-testid={`download-${id}.pm.dcm`}
            >
              DICOM PM · {typeset(title[pageLanguage], pageLanguage)}
            </Menu.Item>
          ))}
        <Menu.Item component="a" href={documentUrl(place, "patient.html", language)} target="_blank" rel="noreferrer">
          {texts.patientPage}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
