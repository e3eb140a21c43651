import { type DragEvent, type ReactNode, useState } from "react";
import { useTexts } from "../text/language.tsx";
import { filesOfDrop } from "./gather-files.ts";
import styles from "./upload.module.css";
import { uploadTexts } from "./upload-texts.ts";
import type { Upload } from "./use-upload.ts";

interface Props {
  readonly upload: Upload;
  readonly isAllowed: boolean;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** Takes files that are dropped anywhere on it. */
export function DropArea({ upload, isAllowed, className, children }: Props): ReactNode {
  const texts = useTexts(uploadTexts);
  const [isOver, setIsOver] = useState(false);
  const over = (event: DragEvent): void => {
    if (!isAllowed || !event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setIsOver(true);
  };
  const leave = (event: DragEvent<HTMLElement>): void => {
    if (!(event.relatedTarget instanceof Node) || !event.currentTarget.contains(event.relatedTarget)) setIsOver(false);
  };
  const drop = (event: DragEvent): void => {
    if (!isAllowed) return;
    event.preventDefault();
    setIsOver(false);
    upload.start(filesOfDrop(event.dataTransfer));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be dropped can be chosen with the buttons, too.
    <div className={className} onDragOver={over} onDragLeave={leave} onDrop={drop} data-testid="drop-area">
      {children}
      {isOver ? <div className={styles.drop}>{texts.drop}</div> : null}
    </div>
  );
}
