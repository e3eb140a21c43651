import { Button, FileButton, Group, Text, Tooltip } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { saveFile } from "../app/save-file.ts";
import { routeHash } from "../route/route.ts";
import { useTexts } from "../text/language.tsx";
import { aloneTexts } from "./alone-texts.ts";
import type { DocumentStore } from "./document-store.ts";

/** Says that this page has no server, and takes readings out and in. */
export function AloneBar({ documents }: { readonly documents: DocumentStore }): ReactNode {
  const texts = useTexts(aloneTexts);
  const queries = useQueryClient();
  const [said, say] = useState("");
  const takeOut = async (): Promise<void> => {
    saveFile({ name: "etalon-readings.json", bytes: await documents.exported() });
  };
  const takeIn = async (file: File | null): Promise<void> => {
    if (file === null) return;
    try {
      say(texts.imported(await documents.imported(await file.text())));
      // An open study shows, and would keep, what it was opened with.
      location.hash = routeHash({ page: "worklist" });
      await queries.invalidateQueries();
    } catch {
      say(texts.notImported);
    }
  };
  return (
    <Group gap={8} wrap="nowrap">
      <Tooltip label={texts.aloneMore} multiline w={320}>
        <Text size="xs" fw={600} data-testid="alone" tabIndex={0}>
          {texts.alone}
        </Text>
      </Tooltip>
      <Button variant="subtle" color="gray" size="compact-xs" onClick={takeOut}>
        {texts.exportReadings}
      </Button>
      <FileButton onChange={takeIn} accept="application/json">
        {(props) => (
          <Button {...props} variant="subtle" color="gray" size="compact-xs">
            {texts.importReadings}
          </Button>
        )}
      </FileButton>
      <Text size="xs" c="dimmed" role="status">
        {said}
      </Text>
    </Group>
  );
}
