import { Button, Group } from "@mantine/core";
import { type ChangeEvent, type ReactNode, useRef } from "react";
import { useTexts } from "../text/language.tsx";
import { filesOfInput } from "./gather-files.ts";
import { uploadTexts } from "./upload-texts.ts";
import type { Upload } from "./use-upload.ts";

/** Chooses files or a folder to store. */
export function UploadButtons({ upload }: { readonly upload: Upload }): ReactNode {
  const texts = useTexts(uploadTexts);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const { files: list } = event.currentTarget;
    if (list !== null && list.length > 0) upload.start(filesOfInput(list));
  };
  const hidden = { type: "file", multiple: true, hidden: true, onChange: chosen } as const;
  return (
    <Group gap={6} wrap="nowrap">
      <input {...hidden} ref={files} data-testid="choose-files" />
      <input {...hidden} ref={folder} {...{ webkitdirectory: "" }} data-testid="choose-folder" />
      <Button size="compact-sm" variant="default" onClick={() => files.current?.click()}>
        {texts.files}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => folder.current?.click()}>
        {texts.folder}
      </Button>
    </Group>
  );
}
