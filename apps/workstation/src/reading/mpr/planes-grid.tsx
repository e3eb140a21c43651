import type { ReactNode } from "react";
import type { PictureStack } from "../picture-stacks.ts";

/** Three planes. */
export function PlanesGrid({ stack }: { readonly stack: PictureStack }): ReactNode {
  return <p>{stack.id}</p>;
}
