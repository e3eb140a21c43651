/** A file that was not stored, and why. */
export interface Refused {
  readonly path: string;
  readonly code: string;
  readonly reason: string;
}

/** An upload: every file given is waiting, stored or refused; none is dropped. */
export interface UploadState {
  readonly total: number;
  readonly stored: number;
  readonly refused: readonly Refused[];
  readonly phase: "gathering" | "sending" | "done" | "cancelled";
}

/** What happens to an upload. */
export type UploadEvent =
  | { readonly kind: "gathered"; readonly total: number; readonly refused: readonly Refused[] }
  | { readonly kind: "stored" }
  | { readonly kind: "refused"; readonly refused: Refused }
  | { readonly kind: "ended" }
  | { readonly kind: "cancelled" };

/** An upload whose files are still looked for. */
export const gathering: UploadState = { total: 0, stored: 0, refused: [], phase: "gathering" };

/** An upload after something has happened to it. */
export function nextUpload(state: UploadState, event: UploadEvent): UploadState {
  switch (event.kind) {
    case "gathered":
      return { total: event.total, stored: 0, refused: event.refused, phase: "sending" };
    case "stored":
      return { ...state, stored: state.stored + 1 };
    case "refused":
      return { ...state, refused: [...state.refused, event.refused] };
    case "ended":
      return state.phase === "cancelled" ? state : { ...state, phase: "done" };
    case "cancelled":
      return { ...state, phase: "cancelled" };
  }
}

/** Files that have neither been stored nor refused. */
export function waitingCount({ total, stored, refused }: UploadState): number {
  return total - stored - refused.length;
}
