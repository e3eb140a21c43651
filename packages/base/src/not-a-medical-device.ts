import type { Text } from "./code.ts";

/** Shown everywhere a number is shown; the only place that says it. */
export const notAMedicalDevice: Text = {
  en: "Not a medical device.",
  fr: "Ce n'est pas un dispositif médical.",
};
