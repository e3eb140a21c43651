import { Button, Modal, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTexts } from "../text/language.tsx";
import styles from "./report.module.css";
import { reportTexts } from "./report-texts.ts";
import type { ReportActions } from "./use-report-actions.ts";

/** Adds to a signed report: what was signed stays as it was. */
export function AddendumDialog({
  isOpen,
  onClose,
  actions,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly actions: ReportActions;
}): ReactNode {
  const texts = useTexts(reportTexts);
  const [text, setText] = useState("");
  const add = async (): Promise<void> => {
    await actions.addend(text);
    setText("");
    onClose();
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={texts.addendum}
      closeButtonProps={{ "aria-label": texts.close }}
      transitionProps={{ duration: 0 }}
    >
      <Textarea
        autosize
        minRows={4}
        label={texts.addendum}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-testid="addendum-text"
      />
      <div className={styles.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          {texts.cancel}
        </Button>
        <Button
          disabled={text.trim() === ""}
          loading={actions.working === "addendum"}
          onClick={add}
          data-testid="addendum-add"
        >
          {texts.add}
        </Button>
      </div>
    </Modal>
  );
}
