import { Button, Group, Paper, Progress, ScrollArea, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useLanguage, useTexts } from "../text/language.tsx";
import { refusalReason } from "./refusal-reason.ts";
import styles from "./upload.module.css";
import { type UploadState, waitingCount } from "./upload-state.ts";
import { uploadTexts } from "./upload-texts.ts";
import type { Upload } from "./use-upload.ts";

/** How far an upload is, and each file that was not stored with its reason. */
export function UploadPanel({ upload }: { readonly upload: Upload }): ReactNode {
  const texts = useTexts(uploadTexts);
  const { language } = useLanguage();
  const { state } = upload;
  if (state === undefined) return null;
  const isOver = state.phase === "done" || state.phase === "cancelled";
  const done = state.stored + state.refused.length;
  return (
    <Paper withBorder shadow="md" p="sm" className={styles.panel} role="region" aria-label={phaseText(state, texts)}>
      <Stack gap={8}>
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm" fw={600} role="status" data-testid="upload-state">
            {phaseText(state, texts)}
          </Text>
          <Button size="compact-xs" variant="default" onClick={isOver ? upload.putAway : upload.cancel}>
            {isOver ? texts.close : texts.cancel}
          </Button>
        </Group>
        <Progress
          value={state.total === 0 ? 0 : (100 * done) / state.total}
          aria-label={phaseText(state, texts)}
          size="sm"
        />
        {state.refused.length === 0 ? null : (
          <>
            <Text size="xs" c="orange">
              {texts.refused(state.refused.length)}
            </Text>
            <ScrollArea.Autosize mah={200} tabIndex={0}>
              <ul className={styles.refused}>
                {state.refused.map((one) => (
                  <li key={one.path}>
                    <code>{one.path}</code> {refusalReason(one, language)}
                  </li>
                ))}
              </ul>
            </ScrollArea.Autosize>
          </>
        )}
      </Stack>
    </Paper>
  );
}

function phaseText(state: UploadState, texts: (typeof uploadTexts)["en"]): string {
  if (state.phase === "gathering") return texts.gathering;
  if (state.phase === "cancelled") return texts.cancelled(state.stored, waitingCount(state));
  if (state.phase === "sending") return texts.sending(state.stored + state.refused.length, state.total);
  return state.total === 0 ? texts.nothing : texts.done(state.stored, state.total);
}
