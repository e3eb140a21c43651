import type { Stack } from "@etalon/volume";

/** Field strength of the images of a stack, T; `undefined` where none says it or two differ. */
export function fieldStrengthOf({ frames }: Stack): number | undefined {
  const said = new Set(frames.flatMap(({ instance }) => instance.header.fieldStrengthT ?? []));
  return said.size === 1 ? [...said][0] : undefined;
}
