import type { Language } from "@etalon/base";
import { defineTexts } from "../text/define-texts.ts";
import { numberText } from "../text/dicom-text.ts";
import type { PictureAxis } from "./picture-stacks.ts";

/** Names of the axes besides space. */
export const axisTexts = defineTexts(
  {
    frame: "Frame",
    temporalPositionIndex: "Phase",
    triggerTimeMs: "Trigger time",
    cardiacPhasePercent: "Cardiac phase",
    inversionTimeMs: "Inversion time",
    echoTimeMs: "Echo time",
    flipAngleDeg: "Flip angle",
    bValueSPerMm2: "b value",
    energyKev: "Energy",
    segmentNumber: "Segment",
    acquisitionNumber: "Acquisition",
    acquisitionDateTime: "Time",
  },
  {
    frame: "Image",
    temporalPositionIndex: "Phase",
    triggerTimeMs: "Délai depuis l’onde R",
    cardiacPhasePercent: "Phase cardiaque",
    inversionTimeMs: "Temps d’inversion",
    echoTimeMs: "Temps d’écho",
    flipAngleDeg: "Angle de bascule",
    bValueSPerMm2: "Valeur de b",
    energyKev: "Énergie",
    segmentNumber: "Segment",
    acquisitionNumber: "Acquisition",
    acquisitionDateTime: "Heure",
  },
);

/** Units as they are written beside a number. */
const unitTexts: Readonly<Record<string, string>> = { deg: "°", "s/mm2": "s/mm²", "1": "" };

/** A coordinate with its unit: "35 ms", "800 s/mm²"; of a plain count "3 / 25". */
export function coordinateText({ unit, coordinates }: PictureAxis, point: number, language: Language): string {
  const value = coordinates[point];
  if (typeof value === "string") return timeOfDay(value);
  if (unit === "1") return `${point + 1} / ${coordinates.length}`;
  const digits = Number.isInteger(value) ? 0 : 1;
  return `${numberText(value ?? 0, language, digits)} ${unitTexts[unit] ?? unit}`;
}

/** The time of a DICOM date and time, "20240131120501.25" as "12:05:01"; what is none stays as it is. */
function timeOfDay(text: string): string {
  const [, hours, minutes, seconds] = /^\d{8}(\d\d)(\d\d)(\d\d)/.exec(text) ?? [];
  return hours === undefined ? text : `${hours}:${minutes}:${seconds}`;
}
