import { Button, Modal, NumberInput, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { shareStudy } from "../api/readings.ts";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import { useTexts } from "../text/language.tsx";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";

const dayMs = 24 * 3600 * 1000;

/** Makes a link for somebody without an account, which ends by itself. */
export function ShareDialog({
  isOpen,
  onClose,
  studyInstanceUid,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly studyInstanceUid: string;
}): ReactNode {
  const texts = useTexts(reportTexts);
  const common = useTexts(appTexts);
  const [days, setDays] = useState(14);
  const [url, setUrl] = useState<string>();
  const [error, setError] = useState<unknown>();
  const make = async (): Promise<void> => {
    setError(undefined);
    try {
      setUrl(await shareStudy(studyInstanceUid, new Date(Date.now() + days * dayMs).toISOString()));
    } catch (cause) {
      setError(cause);
    }
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={texts.shareTitle}
      closeButtonProps={{ "aria-label": texts.close }}
      transitionProps={{ duration: 0 }}
    >
      <NumberInput
        label={texts.shareDays}
        min={1}
        max={30}
        value={days}
        onChange={(value) => typeof value === "number" && value >= 1 && setDays(value)}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {texts.shareOnce}
      </Text>
      {url === undefined ? null : <TextInput readOnly value={url} mt="sm" aria-label={texts.shareTitle} />}
      {error === undefined ? null : (
        <p className={styles.alert} role="alert">
          {explain(error, common)}
        </p>
      )}
      <div className={styles.dialogButtons}>
        {url === undefined ? null : (
          <Button variant="default" onClick={() => navigator.clipboard.writeText(url)}>
            {texts.copy}
          </Button>
        )}
        <Button onClick={make} data-testid="share-make">
          {texts.shareMake}
        </Button>
      </div>
    </Modal>
  );
}
