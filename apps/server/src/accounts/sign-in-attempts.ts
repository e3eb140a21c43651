import { isIPv6 } from "node:net";
import { EtalonError } from "@etalon/base";
import { sql } from "kysely";
import type { AccountPlace } from "./account-place.ts";
import { foldAccountName } from "./accounts.ts";
import { secretHash } from "./secrets.ts";

/** Failures within this long count. */
const windowMs = 15 * 60_000;

/**
 * Failures after which nobody is heard for a while: of one name from one address; of one address, which a whole department may
 * share; of one name from anywhere (NIST SP 800-63B section 5.2.2 allows a hundred), far more than its owner mistypes, so that
 * somebody else cannot easily lock it.
 */
export const attemptLimits = { pair: 5, address: 50, name: 50 } as const;

/** An attempt that was counted before it was judged: those made at once, by several processes too, cannot pass together. */
export interface CountedAttempt {
  /** It was right: the failures of this name from this address are forgotten. */
  succeeded(): Promise<void>;
}

/**
 * Counts an attempt to sign in.
 *
 * @throws {EtalonError} `too-many-attempts` with the seconds to wait; such an attempt is not judged and does not count
 */
export async function countAttempt(
  { database, clock }: AccountPlace,
  { name, address }: { readonly name: string; readonly address: string },
): Promise<CountedAttempt> {
  const now = clock();
  const since = new Date(now.getTime() - windowMs);
  const nameHash = secretHash(foldAccountName(name));
  const from = networkOf(address);
  const { id } = await database
    .insertInto("sign_in_attempt")
    .values({ name_sha256: nameHash, address: from, at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  const rows = await database
    .selectFrom("sign_in_attempt")
    .select([
      sql<boolean>`name_sha256 = ${nameHash}`.as("is_name"),
      sql<boolean>`address = ${from}`.as("is_address"),
      "at",
    ])
    .where("at", ">", since)
    .where((either) => either.or([either("name_sha256", "=", nameHash), either("address", "=", from)]))
    .orderBy("at", "desc")
    .limit(4 * (attemptLimits.address + attemptLimits.name))
    .execute();
  const until = Math.max(
    freeAt(
      rows.filter((row) => row.is_name && row.is_address),
      attemptLimits.pair,
    ),
    freeAt(
      rows.filter((row) => row.is_address),
      attemptLimits.address,
    ),
    freeAt(
      rows.filter((row) => row.is_name),
      attemptLimits.name,
    ),
  );
  if (until > now.getTime()) {
    await database.deleteFrom("sign_in_attempt").where("id", "=", id).execute();
    const received = Math.ceil((until - now.getTime()) / 1000);
    throw new EtalonError("too-many-attempts", { field: "sign-in", received: String(received) });
  }
  return {
    succeeded: async () => {
      await database
        .deleteFrom("sign_in_attempt")
        .where("name_sha256", "=", nameHash)
        .where("address", "=", from)
        .execute();
    },
  };
}

/** When enough of the newest-first attempts are old for another to be heard, milliseconds since 1970; 0 for at once. */
function freeAt(attempts: readonly { readonly at: Date }[], limit: number): number {
  // One of them is the attempt itself.
  const blocking = attempts[limit];
  return blocking === undefined ? 0 : blocking.at.getTime() + windowMs;
}

/** Whoever has one IPv6 address has its network of 64 bits (RFC 6177). */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith("::ffff:")) return address;
  const [head = "", tail] = address.split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const filled =
    tail === undefined ? groups : [...groups, ...Array(8 - groups.length - after.length).fill("0"), ...after];
  return filled.slice(0, 4).join(":");
}
