import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import { type Account, createAccount } from "./accounts.ts";
import { newOneTimePassword } from "./secrets.ts";
import { createLink } from "./single-use.ts";

/** What a start prints, once and nowhere else. */
export interface FirstSignIn {
  readonly name: string;
  /** Of the account that this start made; it must be changed. */
  readonly oneTimePassword: string | undefined;
  /** Secret of a link that opens logged in, as an administrator. */
  readonly link: string | undefined;
  /** Secret of a link that opens logged in as the machine's own reader, who reads and signs. */
  readonly readerLink: string | undefined;
}

const firstName = "admin";
const readerName = "reader";

/**
 * Makes the first administrator where a site has no account yet: of several processes that start at once, one does. Links
 * that open logged in are made where they are asked for: for the new account, or for the first administrator that can sign
 * in. An administrator signs nothing; so where somebody sits at the machine, a radiologist is made for them with the first
 * administrator, whose password nobody knows before it is chosen.
 */
export async function prepareFirstSignIn(
  place: AccountPlace,
  wanted: { readonly isLinkWanted: "always" | "at-first" | "never" },
): Promise<FirstSignIn | undefined> {
  const { isLinkWanted } = wanted;
  const made = await makeFirst(place, { isReaderWanted: isLinkWanted !== "never" });
  if (made === undefined && isLinkWanted !== "always") return undefined;
  const id = made?.id ?? (await findAdministrator(place));
  if (id === undefined) return undefined;
  const named = { name: firstName, oneTimePassword: made?.password };
  if (isLinkWanted === "never") return { ...named, link: undefined, readerLink: undefined };
  const readerId = await findReader(place);
  const readerLink = readerId === undefined ? undefined : await createLink(place, readerId);
  return { ...named, link: await createLink(place, id), readerLink };
}

async function makeFirst(
  place: AccountPlace,
  { isReaderWanted }: { readonly isReaderWanted: boolean },
): Promise<{ readonly id: number; readonly password: string } | undefined> {
  const { database, siteId } = place;
  const any = await database.selectFrom("account").select("id").where("site_id", "=", siteId).executeTakeFirst();
  if (any !== undefined) return undefined;
  const password = newOneTimePassword();
  const account = { name: firstName, displayName: "Administrator", role: "administrator" as const, password };
  return database.transaction().execute(async (transaction) => {
    const within = { ...place, database: transaction };
    const made = await unlessTaken(createAccount(within, { ...account, mustChangePassword: true }));
    if (made === undefined) return undefined;
    if (isReaderWanted) await makeReader(within);
    return { id: made.id, password };
  });
}

async function makeReader(place: AccountPlace): Promise<void> {
  const account = { name: readerName, displayName: "Reader", role: "radiologist" as const };
  await unlessTaken(createAccount(place, { ...account, password: newOneTimePassword(), mustChangePassword: true }));
}

async function unlessTaken(making: Promise<Account>): Promise<Account | undefined> {
  try {
    return await making;
  } catch (thrown) {
    if (thrown instanceof EtalonError && thrown.code === "name-taken") return undefined;
    throw thrown;
  }
}

async function findReader({ database, siteId }: AccountPlace): Promise<number | undefined> {
  const row = await database
    .selectFrom("account")
    .select("id")
    .where("site_id", "=", siteId)
    .where("name", "=", readerName)
    .where("role", "=", "radiologist")
    .where("is_disabled", "=", false)
    .executeTakeFirst();
  return row?.id;
}

async function findAdministrator({ database, siteId }: AccountPlace): Promise<number | undefined> {
  const row = await database
    .selectFrom("account")
    .select("id")
    .where("site_id", "=", siteId)
    .where("role", "=", "administrator")
    .where("is_disabled", "=", false)
    .orderBy("id")
    .executeTakeFirst();
  return row?.id;
}
