import type { PhantomKind } from "./phantom.ts";
import { thoraxPhantomKind } from "./thorax/thorax-phantom.ts";

/** Every kind of phantom. */
export const phantomKinds: readonly PhantomKind[] = [thoraxPhantomKind];
