import { EtalonError } from "@etalon/base";
import { type Kysely, sql, type Transaction } from "kysely";
import type { ArchiveDatabase } from "../database/schema.ts";
import type { AccountPlace } from "./account-place.ts";
import { hashPassword } from "./password-hash.ts";
import { refuseWeakPassword } from "./password-rules.ts";
import type { Role } from "./roles.ts";

/** An account as those who manage it see it. */
export interface Account {
  readonly id: number;
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly isDisabled: boolean;
  readonly mustChangePassword: boolean;
  /** Who says who it is: a password of its own, or a provider of identities. */
  readonly signsInBy: "password" | "oidc";
  readonly createdAt: Date;
}

/** What an account is made of. */
export interface NewAccount {
  readonly name: string;
  readonly displayName: string;
  readonly role: Role;
  readonly password: string;
  /** Whether the password was given by somebody else, and counts once. */
  readonly mustChangePassword: boolean;
}

/** The form in which names are kept and compared. */
export function foldAccountName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

const columns = [
  "id",
  "name",
  "display_name",
  "role",
  "is_disabled",
  "must_change_password",
  "oidc_issuer",
  "created_at",
] as const;

/** Accounts of the site, by name. */
export async function listAccounts({ database, siteId }: AccountPlace): Promise<readonly Account[]> {
  const rows = await database
    .selectFrom("account")
    .select(columns)
    .where("site_id", "=", siteId)
    .orderBy("name")
    .execute();
  return rows.map(accountOf);
}

/** @throws {EtalonError} `account-not-found` */
export async function readAccount({ database, siteId }: AccountPlace, id: number): Promise<Account> {
  const row = await database
    .selectFrom("account")
    .select(columns)
    .where("site_id", "=", siteId)
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("account-not-found", { field: String(id) });
  return accountOf(row);
}

/** Makes an account with a password. @throws {EtalonError} `password-refused`, `name-taken` */
export async function createAccount(place: AccountPlace, account: NewAccount): Promise<Account> {
  const name = foldAccountName(account.name);
  refuseWeakPassword(account.password, name);
  const row = await place.database
    .insertInto("account")
    .values({
      site_id: place.siteId,
      name,
      display_name: account.displayName,
      role: account.role,
      password_hash: await hashPassword(account.password),
      must_change_password: account.mustChangePassword,
      oidc_issuer: null,
      oidc_subject: null,
      created_at: place.clock(),
    })
    .onConflict((conflict) => conflict.column("name").doNothing())
    .returning(columns)
    .executeTakeFirst();
  if (row === undefined) throw new EtalonError("name-taken", { field: name });
  return accountOf(row);
}

/** What may be changed of an account by those who manage it. */
export interface AccountChange {
  readonly displayName?: string | undefined;
  readonly role?: Role | undefined;
  readonly isDisabled?: boolean | undefined;
  /** A new one, which must be changed at the next sign-in. */
  readonly oneTimePassword?: string | undefined;
}

/**
 * Changes an account. Whoever loses a role, the right to sign in or the password loses every session and token with it.
 *
 * @throws {EtalonError} `account-not-found`, `password-refused`, `last-administrator` where nobody could manage accounts after it
 */
export async function changeAccount(place: AccountPlace, id: number, change: AccountChange): Promise<Account> {
  const { displayName, role, isDisabled, oneTimePassword } = change;
  const { name } = await readAccount(place, id);
  if (oneTimePassword !== undefined) refuseWeakPassword(oneTimePassword, name);
  const hash = oneTimePassword === undefined ? undefined : await hashPassword(oneTimePassword);
  const password = hash === undefined ? {} : { password_hash: hash, must_change_password: true };
  await place.database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable("account")
      .set({
        ...(displayName === undefined ? {} : { display_name: displayName }),
        ...(role === undefined ? {} : { role }),
        ...(isDisabled === undefined ? {} : { is_disabled: isDisabled }),
        ...password,
      })
      .where("id", "=", id)
      .execute();
    if (role !== undefined || isDisabled === true) await refuseWithoutAdministrator(transaction, place.siteId, name);
    if (role !== undefined || isDisabled === true || hash !== undefined) await endSessions(transaction, id);
  });
  return readAccount(place, id);
}

/** Gives an account another password; its browsers must sign in again. @throws {EtalonError} `password-refused` */
export async function setPassword(
  { database }: AccountPlace,
  { id, name }: Pick<Account, "id" | "name">,
  { password, mustChange }: { readonly password: string; readonly mustChange: boolean },
): Promise<void> {
  refuseWeakPassword(password, name);
  const hash = await hashPassword(password);
  await database.transaction().execute(async (transaction) => {
    await transaction
      .updateTable("account")
      .set({ password_hash: hash, must_change_password: mustChange })
      .where("id", "=", id)
      .execute();
    await endSessions(transaction, id);
  });
}

async function endSessions(database: Kysely<ArchiveDatabase>, id: number): Promise<void> {
  await database.deleteFrom("session").where("account_id", "=", id).execute();
}

/** Two who take the last two administrators away at once wait for each other. */
async function refuseWithoutAdministrator(
  transaction: Transaction<ArchiveDatabase>,
  siteId: number,
  name: string,
): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`administrators ${siteId}`}, 0))`.execute(transaction);
  const left = await transaction
    .selectFrom("account")
    .select("id")
    .where("site_id", "=", siteId)
    .where("role", "=", "administrator")
    .where("is_disabled", "=", false)
    .limit(1)
    .executeTakeFirst();
  if (left === undefined) throw new EtalonError("last-administrator", { field: name });
}

interface AccountRow {
  readonly id: number;
  readonly name: string;
  readonly display_name: string;
  readonly role: Role;
  readonly is_disabled: boolean;
  readonly must_change_password: boolean;
  readonly oidc_issuer: string | null;
  readonly created_at: Date;
}

function accountOf(row: AccountRow): Account {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    role: row.role,
    isDisabled: row.is_disabled,
    mustChangePassword: row.must_change_password,
    signsInBy: row.oidc_issuer === null ? "password" : "oidc",
    createdAt: row.created_at,
  };
}
