import { Button, Code, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import type { Reading } from "../panel/reading-context.ts";
import { useTexts } from "../text/language.tsx";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";
import type { ReportActions } from "./use-report-actions.ts";

/** Asks before signing, and shows both digests where they differ. */
export function SignDialog({
  isOpen,
  onClose,
  reading,
  actions,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly reading: Reading;
  readonly actions: ReportActions;
}): ReactNode {
  const texts = useTexts(reportTexts);
  const common = useTexts(appTexts);
  const result = reading.run.measured?.result;
  const sign = async (): Promise<void> => {
    if (await actions.sign()) onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={texts.signTitle}
      closeButtonProps={{ "aria-label": texts.close }}
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm">{texts.signWhat}</Text>
      <p className={styles.digestLine}>
        {texts.signDigest}
        <Code block>{result?.digest ?? ""}</Code>
      </p>
      {actions.otherDigest === undefined ? null : (
        <div role="alert" data-testid="digest-differs">
          <p className={styles.digestLine}>
            {texts.serverDigest}
            <Code block>{actions.otherDigest}</Code>
          </p>
          <p className={styles.alert}>{texts.differs}</p>
        </div>
      )}
      {result?.provisional === true ? <p className={styles.alert}>{texts.provisionalSign}</p> : null}
      {actions.error === undefined ? null : (
        <p className={styles.alert} role="alert">
          {explain(actions.error, common)}
        </p>
      )}
      <div className={styles.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button
          onClick={sign}
          loading={actions.working === "sign"}
          disabled={result?.provisional === true || !reading.run.isCurrent}
          data-testid="sign-now"
        >
          {texts.signNow}
        </Button>
      </div>
    </Modal>
  );
}
