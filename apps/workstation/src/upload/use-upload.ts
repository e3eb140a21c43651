import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { GivenFile } from "./gather-files.ts";
import { sendFiles } from "./send-files.ts";
import { gathering, nextUpload, type UploadEvent, type UploadState } from "./upload-state.ts";

/** The upload of this page. */
export interface Upload {
  /** Absent before the first, and once the last is put away. */
  readonly state: UploadState | undefined;
  readonly start: (files: Promise<readonly GivenFile[]> | readonly GivenFile[]) => void;
  readonly cancel: () => void;
  readonly putAway: () => void;
}

/** Sends files and keeps what has become of each. */
export function useUpload(): Upload {
  const [state, setState] = useState<UploadState>();
  const ending = useRef<AbortController>(undefined);
  const queries = useQueryClient();
  const start = useCallback(
    async (given: Promise<readonly GivenFile[]> | readonly GivenFile[]): Promise<void> => {
      ending.current?.abort();
      const controller = new AbortController();
      ending.current = controller;
      setState(gathering);
      const tell = (event: UploadEvent): void => setState((now) => nextUpload(now ?? gathering, event));
      await sendFiles(await given, { signal: controller.signal, tell });
      await queries.invalidateQueries({ queryKey: ["studies"] });
    },
    [queries],
  );
  return {
    state,
    start,
    cancel: () => ending.current?.abort(),
    putAway: () => setState(undefined),
  };
}
