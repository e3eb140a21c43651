import type { AnyProtocol } from "@etalon/measure";

/** Told apart by every kind of colour vision, on grey (Okabe and Ito). */
const colours = ["#e69f00", "#56b4e9", "#cc79a7", "#009e73"];

/** The colour of a structure on the images: by its place among those of its protocol. */
export function structureColour({ draws = [] }: Pick<AnyProtocol, "draws">, label: string | undefined): string {
  const at = draws.findIndex((one) => one.label === label);
  return colours[at % colours.length] ?? "#f0e442";
}
