import type { FactId } from "./definitions.ts";
import type { Facts } from "./facts.ts";

/** Largest difference between a given body mass index and that of height and weight, kg/m²: rounding of all three. */
const BMI_TOLERANCE = 1;

/** Two facts that cannot both be true of one person: the fact at fault, and what was received; `undefined` where there are none. */
export function contradictionIn(facts: Facts): { readonly field: FactId; readonly received: string } | undefined {
  const of = (id: FactId) => facts.get(id)?.value;
  const numberOf = (id: FactId) => {
    const value = of(id);
    return typeof value === "number" ? value : undefined;
  };
  const said = (...ids: readonly FactId[]) => ids.map((id) => `${id} = ${of(id)}`).join(", ");
  const [hdl, total] = [numberOf("hdl-cholesterol"), numberOf("total-cholesterol")];
  if (hdl !== undefined && total !== undefined && hdl >= total) {
    return { field: "hdl-cholesterol", received: said("hdl-cholesterol", "total-cholesterol") };
  }
  const ldl = numberOf("ldl-cholesterol");
  if (ldl !== undefined && total !== undefined && ldl * 100 > total) {
    return { field: "ldl-cholesterol", received: said("ldl-cholesterol", "total-cholesterol") };
  }
  const [age, diabetesAge] = [numberOf("age"), numberOf("diabetes-age")];
  if (age !== undefined && diabetesAge !== undefined && diabetesAge > age) {
    return { field: "diabetes-age", received: said("diabetes-age", "age") };
  }
  for (const id of ["diabetes-age", "diabetes-type", "diabetes-a-priori-risk"] as const) {
    if (of("diabetes") === false && of(id) !== undefined) return { field: "diabetes", received: said("diabetes", id) };
  }
  if (of("statin") === true && of("lipid-medication") === false) {
    return { field: "lipid-medication", received: said("lipid-medication", "statin") };
  }
  return bodyMassContradiction(numberOf);
}

function bodyMassContradiction(
  numberOf: (id: FactId) => number | undefined,
): { readonly field: FactId; readonly received: string } | undefined {
  const [bmi, heightCm, weightKg] = [numberOf("bmi"), numberOf("height"), numberOf("weight")];
  if (bmi === undefined || heightCm === undefined || weightKg === undefined) return undefined;
  const computed = weightKg / (heightCm / 100) / (heightCm / 100);
  if (Math.abs(bmi - computed) <= BMI_TOLERANCE) return undefined;
  return { field: "bmi", received: `bmi = ${bmi}, weight / height² = ${computed.toFixed(1)}` };
}
