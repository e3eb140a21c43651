import { Kbd, Modal, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTexts } from "../text/language.tsx";
import styles from "./help.module.css";
import { actionNames, hotkeys } from "./hotkeys.ts";
import { roomTexts } from "./room-texts.ts";
import { presetsOf } from "./window-presets.ts";

/** All keys of the reading room. */
export function HelpDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }): ReactNode {
  const texts = useTexts(roomTexts);
  const close = { "aria-label": texts.close };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={texts.keysTitle}
      size="xl"
      closeButtonProps={close}
      transitionProps={{ duration: 0 }}
    >
      <Text size="sm" mb="sm">
        {texts.mouse}
      </Text>
      <dl className={styles.keys}>
        {actionNames.map((name) => (
          <div key={name}>
            <dt>
              {hotkeys[name].map((key) => (
                <Kbd key={key} size="xs">
                  {key === " " ? "␣" : key}
                </Kbd>
              ))}
            </dt>
            <dd>{texts[`action.${name}`]}</dd>
          </div>
        ))}
        {presetsOf("CT").map(({ key, name }) => (
          <div key={key}>
            <dt>
              <Kbd size="xs">{key}</Kbd>
            </dt>
            <dd>
              {texts.presets} · {texts[`preset.${name}`]} (CT)
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
