let own: string | undefined;

/** From now on what is asked of the server is asked with this token, in place of a session's cookie. */
export function askWithToken(token: string): void {
  own = `Bearer ${token}`;
}

/** Headers that say who asks; none where the session's cookie does. */
export function authorizationHeaders(): Readonly<Record<string, string>> {
  return own === undefined ? {} : { authorization: own };
}
