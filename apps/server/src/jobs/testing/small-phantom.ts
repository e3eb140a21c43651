import { buildThoraxPhantom, type ThoraxPhantomOptions, thoraxPhantomDefaults } from "@etalon/phantom";

/** A synthetic study: its UIDs, and its files. */
export interface SmallPhantom {
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A chest CT that is stored and measured within a second: a sixteenth of the usual pixels, slices of 3 mm. */
export function smallPhantom(options: Partial<ThoraxPhantomOptions> = {}): SmallPhantom {
  return { files: [...buildThoraxPhantom({ ...thoraxPhantomDefaults, columns: 128, rows: 128, ...options }).files] };
}
