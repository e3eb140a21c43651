import { EtalonError } from "@etalon/base";
import type { AccountPlace } from "./account-place.ts";
import { createAccount } from "./accounts.ts";
import { newOneTimePassword } from "./secrets.ts";
import { createLink } from "./single-use.ts";

/** What a start prints, once and nowhere else. */
export interface FirstSignIn {
  readonly name: string;
  /** Of the account that this start made; it must be changed. */
  readonly oneTimePassword: string | undefined;
  /** Secret of a link that opens logged in. */
  readonly link: string | undefined;
}

const firstName = "admin";

/**
 * Makes the first administrator where a site has no account yet: of several processes that start at once, one does. A link
 * that opens logged in is made where it is asked for: for the new account, or for the first administrator that can sign in.
 */
export async function prepareFirstSignIn(
  place: AccountPlace,
  wanted: { readonly isLinkWanted: "always" | "at-first" | "never" },
): Promise<FirstSignIn | undefined> {
  const { isLinkWanted } = wanted;
  const made = await makeFirst(place);
  if (made === undefined && isLinkWanted !== "always") return undefined;
  const id = made?.id ?? (await findAdministrator(place));
  if (id === undefined) return undefined;
  const link = isLinkWanted === "never" ? undefined : await createLink(place, id);
  return { name: firstName, oneTimePassword: made?.password, link };
}

async function makeFirst(place: AccountPlace): Promise<{ readonly id: number; readonly password: string } | undefined> {
  const { database, siteId } = place;
  const any = await database.selectFrom("account").select("id").where("site_id", "=", siteId).executeTakeFirst();
  if (any !== undefined) return undefined;
  const password = newOneTimePassword();
  const account = { name: firstName, displayName: "Administrator", role: "administrator" as const, password };
  try {
    const { id } = await createAccount(place, { ...account, mustChangePassword: true });
    return { id, password };
  } catch (thrown) {
    if (thrown instanceof EtalonError && thrown.code === "name-taken") return undefined;
    throw thrown;
  }
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
