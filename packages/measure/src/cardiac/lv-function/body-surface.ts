import { pow } from "@etalon/kernels";

/** Body surface area, m²: √(cm·kg/3600) (Mosteller 1987) or 0.007184·kg^0.425·cm^0.725 (Du Bois 1916). */
export function bodySurfaceM2(heightCm: number, weightKg: number, formula: "mosteller" | "dubois"): number {
  if (formula === "mosteller") return Math.sqrt((heightCm * weightKg) / 3600);
  return 0.007184 * pow(weightKg, 0.425) * pow(heightCm, 0.725);
}
