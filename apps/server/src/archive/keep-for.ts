import type { RetentionRule } from "./remove-instances.ts";

const msPerDay = 86_400_000;

/**
 * The rule that keeps every study for some days from the arrival of its first image. It protects a version by its hash like
 * the whole study: what was received is what was read.
 *
 * @param days 0 keeps nothing
 */
export function keepFor(days: number): RetentionRule {
  return async ({ receivedAt }) => (days === 0 ? undefined : new Date(receivedAt.getTime() + days * msPerDay));
}
