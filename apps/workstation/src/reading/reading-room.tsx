import type { ReactNode } from "react";

/** Reads a study. */
export function ReadingRoom({ studyInstanceUid }: { readonly studyInstanceUid: string }): ReactNode {
  return <p>{studyInstanceUid}</p>;
}
