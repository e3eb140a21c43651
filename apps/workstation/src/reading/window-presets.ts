import type { Window } from "../picture/picture.ts";

/** Names of the presets; their texts stand in room-texts.ts. */
export const presetNames = [
  "own",
  "full",
  "softTissue",
  "lung",
  "liver",
  "bone",
  "brain",
  "mediastinum",
  "angio",
  "calcium",
] as const;

/** One of {@link presetNames}. */
export type PresetName = (typeof presetNames)[number];

/** A window under a key: its values, or what the picture itself asks for or spans. */
export interface WindowPreset {
  readonly key: string;
  readonly name: PresetName;
  readonly window?: Window;
}

/** Keys 1 to 5 are those of OHIF's hotkeyBindings; HU. */
const ctPresets: readonly WindowPreset[] = [
  { key: "1", name: "softTissue", window: { center: 40, width: 400 } },
  { key: "2", name: "lung", window: { center: -600, width: 1500 } },
  { key: "3", name: "liver", window: { center: 90, width: 150 } },
  { key: "4", name: "bone", window: { center: 480, width: 2500 } },
  { key: "5", name: "brain", window: { center: 40, width: 80 } },
  { key: "6", name: "mediastinum", window: { center: 50, width: 350 } },
  { key: "7", name: "angio", window: { center: 300, width: 800 } },
  { key: "8", name: "calcium", window: { center: 130, width: 1000 } },
  { key: "9", name: "own" },
];

/** Values of other modalities have no unit that two scanners share: what the picture says, and what it spans. */
const otherPresets: readonly WindowPreset[] = [
  { key: "1", name: "own" },
  { key: "2", name: "full" },
];

/** The presets of a modality. */
export function presetsOf(modality: string): readonly WindowPreset[] {
  return modality === "CT" ? ctPresets : otherPresets;
}

/** The values drawn black and white by a window (PS3.3 C.11.2.1.2, LINEAR_EXACT). */
export function rangeOfWindow({ center, width }: Window): { readonly lower: number; readonly upper: number } {
  return { lower: center - width / 2, upper: center + width / 2 };
}

/** The window of two such values. */
export function windowOfRange({ lower, upper }: { readonly lower: number; readonly upper: number }): Window {
  return { center: (lower + upper) / 2, width: upper - lower };
}
