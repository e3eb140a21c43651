import type { NumberRole } from "../protocol.ts";

/** Field strength, where the images do not say it. */
export const fieldStrengthRole: NumberRole & { readonly isOptional: true } = {
  kind: "number",
  title: {
    en: "Field strength, where the images do not say it",
    fr: "Champ magnétique, si les images ne le disent pas",
  },
  code: { value: "field-strength", scheme: "99ETALON", meaning: "Magnetic field strength" },
  unit: "T",
  isOptional: true,
};
