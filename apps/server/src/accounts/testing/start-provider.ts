import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";

/** A provider of identities on the loopback address: whoever types a name is that person. */
export interface TestProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** Starts `oidc-provider` with one client, "etalon", and the groups of a few people. */
export async function startProvider(
  groups: Readonly<Record<string, readonly string[]>>,
  redirectUris: () => readonly string[],
): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const issuer = `http://127.0.0.1:${address.port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "etalon", client_secret: "the provider's secret", redirect_uris: redirectUris() }],
    claims: { openid: ["sub", "groups"], profile: ["name", "preferred_username"], email: ["email"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["of this test"] },
    findAccount: async (_context: unknown, id: string) => ({
      accountId: id,
      claims: async () => ({ sub: id, groups: groups[id] ?? [], name: `Dr ${id}`, preferred_username: id }),
    }),
  });
  server.on("request", provider.callback());
  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
