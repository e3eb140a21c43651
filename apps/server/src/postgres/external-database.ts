import type { DatabaseServer } from "./database-server.ts";

/** A PostgreSQL of which only the address is known: nothing to start, nothing to stop. */
export function useExternalDatabase(connectionString: string): DatabaseServer {
  return { connectionString, stop: async () => {} };
}
