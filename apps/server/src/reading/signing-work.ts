import type { ServerCore } from "../core.ts";
import type { SigningWork } from "./prepare-signature.ts";

/** What readings are signed with, of a server's core. */
export function signingWork({ database, archive, audit, pictures, documents, log, config }: ServerCore): SigningWork {
  const { language, organization } = config.measuring;
  return {
    ...{ database: database.kysely, archive, audit, pictures, documents, log, language, organization },
    clock: () => new Date(),
  };
}
