import { z } from "zod";

/** Changes of a browser come from the server's own page. */
const ours = { "content-type": "application/json", "sec-fetch-site": "same-origin" };
const password = "une longue phrase de passe";

async function send(url: string, asked: { readonly method: string; readonly body: unknown; readonly cookie?: string }) {
  const { method, body, cookie } = asked;
  const headers = cookie === undefined ? ours : { ...ours, cookie };
  return fetch(url, { method, headers, body: JSON.stringify(body) });
}

/** Signs in with a one-time password and changes it. @returns the cookie of a session that may do all that its role may */
async function enter(url: string, name: string, oneTime: string): Promise<string> {
  const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const first = cookieOf(await send(`${url}/api/session`, { method: "POST", body: { name, password: oneTime } }));
  const body = { currentPassword: oneTime, newPassword: password };
  await send(`${url}/api/session/password`, { method: "PUT", body, cookie: first });
  return cookieOf(await send(`${url}/api/session`, { method: "POST", body: { name, password } }));
}

/**
 * Makes a radiologist on a server that was started for the first time, as its administrator does.
 *
 * @param output what the server wrote: its first password is there
 * @returns the Authorization header of a token of the radiologist
 */
export async function signUpRadiologist(url: string, output: string): Promise<string> {
  const oneTime = /one-time password (\S+)/.exec(output)?.[1] ?? "";
  const cookie = await enter(url, "admin", oneTime);
  const body = { name: "anne", displayName: "Dr Anne Le Goff", role: "radiologist" };
  const made = await send(`${url}/api/accounts`, { method: "POST", body, cookie });
  const account = z.object({ oneTimePassword: z.string() }).parse(await made.json());
  const anne = await enter(url, "anne", account.oneTimePassword);
  const token = await send(`${url}/api/tokens`, { method: "POST", body: { name: "test" }, cookie: anne });
  return `Bearer ${z.object({ token: z.string() }).parse(await token.json()).token}`;
}
