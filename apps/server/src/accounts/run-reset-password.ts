import { EtalonError } from "@etalon/base";
import { withArchivePlace } from "../backup/open-archive-place.ts";
import type { Command } from "../host.ts";
import { resetPassword } from "./reset-password.ts";

/** `etalon reset-password NAME`, also beside a running server: prints a one-time password for somebody who is locked out. */
export const runResetPassword: Command = async ([name, surplus], { host, language }) => {
  if (name === undefined) throw new EtalonError("missing-value", { field: "etalon reset-password NAME" });
  if (surplus !== undefined) {
    throw new EtalonError("unexpected-argument", { field: "etalon reset-password NAME", received: surplus });
  }
  const password = await withArchivePlace(host, true, ({ database }) => resetPassword({ database }, name));
  host.out(
    language === "fr"
      ? `Mot de passe à usage unique de ${name} : ${password}\nIl doit être changé à la connexion ; les sessions et jetons du compte ont pris fin.\n`
      : `One-time password of ${name}: ${password}\nIt must be changed at the sign-in; the account's sessions and tokens have ended.\n`,
  );
  return 0;
};
