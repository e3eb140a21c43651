import type { Mark } from "../marks/mark.ts";

/** Keeps what is drawn on a study, where the page itself is where readings are kept. */
export interface MarkKeeper {
  readonly read: (studyInstanceUid: string) => Promise<readonly Mark[]>;
  readonly write: (studyInstanceUid: string, marks: readonly Mark[]) => Promise<void>;
}

let own: MarkKeeper | undefined;

/** From now on what is drawn is kept here. */
export function keepMarksWith(keeper: MarkKeeper): void {
  own = keeper;
}

/** Who keeps what is drawn; nothing where nobody does. */
export function markKeeper(): MarkKeeper | undefined {
  return own;
}
