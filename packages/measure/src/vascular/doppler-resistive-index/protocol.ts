import type { NumberRole, Protocol } from "../../protocol.ts";
import { measureResistiveIndex } from "./measure.ts";

interface Roles extends Readonly<Record<string, NumberRole>> {
  readonly "peak-systolic-velocity": NumberRole;
  readonly "end-diastolic-velocity": NumberRole;
}

const code = { value: "12023-8", scheme: "LN", meaning: "Resistivity Index" } as const;

/** Doppler resistive index from two velocities of one beat. LOINC codes as in PS3.16 CID 12119 and 12121. */
export const dopplerResistiveIndex: Protocol<Roles, Readonly<Record<string, never>>> = {
  id: "vascular/doppler-resistive-index",
  version: "1.0.0",
  title: { en: "Doppler resistive index", fr: "Index de résistance Doppler" },
  roles: {
    "peak-systolic-velocity": {
      kind: "number",
      title: { en: "Peak systolic velocity", fr: "Vitesse systolique maximale" },
      code: { value: "11726-7", scheme: "LN", meaning: "Peak Systolic Velocity" },
      unit: "cm/s",
    },
    "end-diastolic-velocity": {
      kind: "number",
      title: { en: "End diastolic velocity", fr: "Vitesse télédiastolique" },
      code: { value: "11653-3", scheme: "LN", meaning: "End Diastolic Velocity" },
      unit: "cm/s",
    },
  },
  parameters: {},
  outputs: {
    "resistive-index": { title: { en: "Resistive index", fr: "Index de résistance" }, code, unit: "1" },
  },
  references: [
    {
      citation: "Pourcelot L. Applications cliniques de l'examen Doppler transcutané. INSERM 1974;34:213-240",
      note: "citation recalled, the text was not read",
    },
    { citation: "Baxter GM, Rodger RSC. Nephrol Dial Transplant 1997;12:2449-2451", note: "excerpt read only" },
  ],
  replay: "bitwise",
  measure: ({ roles }) => ({
    outputs: [
      {
        id: "resistive-index",
        value: measureResistiveIndex({
          peakSystolicVelocityCmPerS: roles["peak-systolic-velocity"],
          endDiastolicVelocityCmPerS: roles["end-diastolic-velocity"],
        }),
        unit: "1",
        code,
      },
    ],
    provisional: false,
    quality: [],
    candidates: [],
    maps: [],
    curves: [],
    sensitivity: [],
  }),
};
