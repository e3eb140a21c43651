import { EtalonError } from "@etalon/base";

/** NIST SP 800-63B asks for 8 at least; 12 where the password stands alone. */
const fewestCharacters = 12;
/** Longer than any phrase, short enough to be hashed. */
const mostCharacters = 256;

/** Parts of the commonest long passwords: what is made of these alone is the first to be tried. */
const commonParts =
  /^(password|motdepasse|azerty(uiop)?|qwerty(uiop)?|etalon|admin(istrat(or|eur))?|welcome|bonjour|[0-9]|[^a-z0-9])+$/;

/**
 * Checks a new password by NIST SP 800-63B section 5.1.1.2: long, neither the account's name nor among the first to be tried;
 * nothing is asked of which characters it is made.
 *
 * @throws {EtalonError} `password-refused` saying what is wrong, never the password
 */
export function refuseWeakPassword(password: string, name: string): void {
  const text = password.normalize("NFKC").toLowerCase();
  const length = [...text].length;
  if (length < fewestCharacters || length > mostCharacters)
    throw refused(`${fewestCharacters}..${mostCharacters} × a–z`);
  const bare = text.replaceAll(name.toLowerCase(), "");
  if ([...bare].length < fewestCharacters / 2) throw refused(`≠ ${name}`);
  if (commonParts.test(text) || new Set(text).size < 5) throw refused("≠ password, 123456, azerty…");
}

function refused(expected: string): EtalonError {
  return new EtalonError("password-refused", { field: "password", received: "…", details: { expected } });
}
