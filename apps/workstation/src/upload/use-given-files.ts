import { useEffect } from "react";
import type { GivenFile } from "./gather-files.ts";
import type { Upload } from "./use-upload.ts";

let areTaken = false;

/** Stores the files that a page begins with, once however often the list is shown. */
export function useGivenFiles(upload: Upload, given: (() => Promise<readonly GivenFile[]>) | undefined): void {
  const { start } = upload;
  useEffect(() => {
    if (given === undefined || areTaken) return;
    areTaken = true;
    given().then(
      (files) => files.length > 0 && start(files),
      // A folder that does not come is an empty list: files can still be dropped.
      () => undefined,
    );
  }, [start, given]);
}
