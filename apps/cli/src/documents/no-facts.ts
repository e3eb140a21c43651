import type { Facts } from "@etalon/decide";

/** No facts: what is known where no file was given. */
export const noFacts: Facts = new Map();
