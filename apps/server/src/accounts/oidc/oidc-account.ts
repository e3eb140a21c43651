import { EtalonError } from "@etalon/base";
import type { OidcConfig } from "../account-config.ts";
import type { AccountPlace } from "../account-place.ts";
import { foldAccountName } from "../accounts.ts";
import { secretHash } from "../secrets.ts";
import type { OidcIdentity } from "./oidc-provider.ts";

/**
 * The account of an identity: known by issuer and subject alone, never by a name, and made at its first sign-in. Its role is
 * that of its groups today; whoever is in none that is known is refused.
 *
 * @throws {EtalonError} `oidc-refused`
 */
export async function oidcAccount(place: AccountPlace, { roles }: OidcConfig, identity: OidcIdentity): Promise<number> {
  const role = [...roles].find(([group]) => identity.groups.includes(group))?.[1];
  if (role === undefined) throw new EtalonError("oidc-refused", { field: "role" });
  const { issuer, subject, displayName } = identity;
  const known = await place.database
    .updateTable("account")
    .set({ role, display_name: displayName })
    .where("oidc_issuer", "=", issuer)
    .where("oidc_subject", "=", subject)
    .returning(["id", "is_disabled"])
    .executeTakeFirst();
  if (known?.is_disabled === true) throw new EtalonError("oidc-refused", { field: "account" });
  if (known !== undefined) return known.id;
  const name = foldAccountName(identity.userName);
  // A name that a local account has stays that account's.
  const mark = secretHash(`${issuer}\n${subject}`).toString("hex").slice(0, 8);
  for (const free of [name, `${name}.${mark}`]) {
    const made = await place.database
      .insertInto("account")
      .values({
        site_id: place.siteId,
        name: free,
        display_name: displayName,
        role,
        password_hash: null,
        oidc_issuer: issuer,
        oidc_subject: subject,
        created_at: place.clock(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (made !== undefined) return made.id;
  }
  // Another tab of the same person was first.
  const { id } = await place.database
    .selectFrom("account")
    .select("id")
    .where("oidc_issuer", "=", issuer)
    .where("oidc_subject", "=", subject)
    .executeTakeFirstOrThrow();
  return id;
}
