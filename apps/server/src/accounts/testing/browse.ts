/** A browser without a screen: it keeps cookies of each origin, follows redirections, and fills in forms. */
export interface Browser {
  /** Goes where it is sent, until something is shown, or the next address begins with `until`. */
  go(url: string, until?: string): Promise<{ readonly url: string; readonly status: number; readonly text: string }>;
  /** Cookies that it would send to an address. */
  cookieFor(url: string): string;
}

/** Opens a browser that types `login` wherever a page asks who it is. */
export function openBrowser(login: string): Browser {
  const jar = new Map<string, Map<string, string>>();
  const cookieFor = (url: string): string =>
    [...(jar.get(new URL(url).origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (url: string, body: URLSearchParams | null): Promise<Response> => {
    const init = { redirect: "manual", headers: { cookie: cookieFor(url) } } as const;
    const answer = await fetch(url, body === null ? init : { ...init, method: "POST", body });
    const { origin } = new URL(url);
    const held = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, held);
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") held.delete(name);
      else held.set(name, value);
    }
    return answer;
  };
  return {
    cookieFor,
    go: async (start, until) => {
      let url = start;
      let body: URLSearchParams | null = null;
      for (let step = 0; step < 20; step += 1) {
        if (until !== undefined && url.startsWith(until)) return { url, status: 0, text: "" };
        const answer = await ask(url, body);
        body = null;
        const location = answer.headers.get("location");
        const text = await answer.text();
        if (location !== null) {
          url = new URL(location, url).href;
          continue;
        }
        const action = /<form[^>]* action="([^"]+)"/.exec(text)?.[1];
        if (action === undefined) return { url, status: answer.status, text };
        const prompt = /name="prompt" value="([^"]+)"/.exec(text)?.[1] ?? "login";
        body = new URLSearchParams({ prompt, login, password: "any" });
        url = new URL(action, url).href;
      }
      throw new Error(`sent around: ${url}`);
    },
  };
}
