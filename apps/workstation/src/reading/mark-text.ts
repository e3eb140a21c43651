import type { Language } from "@etalon/base";
import type { Measured } from "../marks/measure-mark.ts";
import { numberText } from "../text/dicom-text.ts";
import { roomTexts } from "./room-texts.ts";

/** What a mark measures, a line for each number. */
export function markLines(measured: Measured, language: Language, valueUnit: string): readonly string[] {
  const texts = roomTexts[language];
  const number = (value: number, digits = 1): string => numberText(value, language, digits);
  switch (measured.kind) {
    case "length":
      return [`${number(measured.length)} ${measured.unit}`];
    case "angle":
      return [`${number(measured.angleDeg)}°`];
    case "region": {
      const { statistics, area, unit } = measured;
      const size = `${texts.area} ${number(area)} ${unit}²`;
      if (statistics === undefined) return [size];
      const { mean, standardDeviation, min, max } = statistics;
      const ending = valueUnit === "" ? "" : ` ${valueUnit}`;
      return [
        `${texts.mean} ${number(mean)}${ending}, ${texts.sd} ${number(standardDeviation)}`,
        `${texts.range} ${number(min, 0)} … ${number(max, 0)}${ending}`,
        size,
      ];
    }
  }
}
