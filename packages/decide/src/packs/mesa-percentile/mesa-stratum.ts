/** An ethnicity as MESA asked it: the four that took part. */
export type MesaEthnicity = "white" | "black" | "hispanic" | "chinese";

/** One of the eight groups whose scores the reference distribution describes. */
export interface MesaStratum {
  readonly sex: "male" | "female";
  readonly ethnicity: MesaEthnicity;
}
