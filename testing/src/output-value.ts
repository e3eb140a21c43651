import type { Result } from "@etalon/measure";

/** The value of an output: of the total, of a site or of an item; `undefined` where the result says none. */
export function outputValue(
  { outputs }: Result,
  id: string,
  where: { readonly site?: string; readonly item?: string } = {},
): number | undefined {
  return outputs.find((output) => output.id === id && output.site === where.site && output.item === where.item)?.value;
}
