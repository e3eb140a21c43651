import { EtalonError } from "@etalon/base";
import type { DimseHandlers, WorklistRequest } from "@etalon/dicom/network";
import type { FastifyInstance } from "fastify";
import type { Kysely } from "kysely";
import type { Logger } from "pino";
import type { Metric } from "prom-client";
import type { AccessScope } from "./archive/access-scope.ts";
import type { Archive } from "./archive/archive.ts";
import { createArchive } from "./archive/create-archive.ts";
import { keepFor } from "./archive/keep-for.ts";
import { startUpkeep, usualUpkeep } from "./archive/upkeep.ts";
import { createStorageCommitment } from "./commitment/create-storage-commitment.ts";
import type { HttpConfig, ServerConfig } from "./config.ts";
import { migrateToLatest } from "./database/migrate.ts";
import { type OpenDatabase, openDatabase } from "./database/open-database.ts";
import type { ArchiveDatabase } from "./database/schema.ts";
import { registerApiDocs } from "./dicomweb/register-api-docs.ts";
import { registerDicomweb } from "./dicomweb/register-dicomweb.ts";
import { createDimseMetrics } from "./dimse/dimse-metrics.ts";
import { serveDimse } from "./dimse/serve-dimse.ts";
import { serveHl7 } from "./hl7/serve-hl7.ts";
import { createHttpServer } from "./http/create-http-server.ts";
import { prepareClosing } from "./http/prepare-closing.ts";
import type { DatabaseServer } from "./postgres/database-server.ts";
import { startEmbeddedDatabase } from "./postgres/embedded-database.ts";
import { useExternalDatabase } from "./postgres/external-database.ts";
import { waitForDatabase } from "./postgres/wait-for-database.ts";
import type { BlobStore } from "./store/blob-store.ts";
import { createFileBlobStore } from "./store/file-blob-store.ts";
import { registerWorklist } from "./worklist/register-worklist.ts";
import { worklistHandler } from "./worklist/worklist-handler.ts";

/** A server that runs. */
export interface RunningServer {
  /** Absolute URL, with the base path and without a slash at its end. */
  readonly url: string;
  /** Where DICOM associations are taken: "ETALON@127.0.0.1:4242". */
  readonly dicomAddress: string;
  /** Where orders are taken: "127.0.0.1:2575"; absent where they are not. */
  readonly hl7Address: string | undefined;
  /** Finishes what is under way, then ends all that {@link startServer} began, the last first. */
  stop(): Promise<void>;
}

/** Connections to the database; PostgreSQL takes 100, and other processes may share it. */
const poolSize = 20;

/** How long associations may take to finish what is under way once the server is asked to stop. */
const associationGraceMs = 30_000;

/** How long a database that runs elsewhere may take to answer at the start. */
const externalPatienceMs = 60_000;

/**
 * Starts everything: the database and its migrations, the store, the archive, DICOM, HL7, HTTP. Settles when requests are taken;
 * where a part fails, those before it are ended again.
 *
 * @throws {EtalonError} what is wrong with the configuration, the data folder or the database; `port-in-use`
 */
export async function startServer(config: ServerConfig, log: Logger): Promise<RunningServer> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const server = await startDatabase(config, log);
    stops.push(() => server.stop());
    const { connectionString } = server;
    const database = openDatabase({ connectionString, poolSize, log });
    stops.push(() => database.close());
    const migrated = await migrateToLatest(database.kysely);
    if (migrated.length > 0) log.info({ migrations: migrated }, "database migrated");
    const store = await createFileBlobStore(config.storeFolder);
    const place = { database: database.kysely, store };
    const archive = createArchive({ ...place, retention: keepFor(config.retentionDays) });
    const upkeep = startUpkeep({ ...place, clock: () => new Date() }, { log, times: usualUpkeep });
    stops.push(() => upkeep.stop());
    const siteId = await readFirstSite(database.kysely);
    const metrics = createDimseMetrics();
    const app = await serveHttp({ config, log, database, store, archive, siteId, metrics: Object.values(metrics) });
    const closing = prepareClosing(app);
    stops.push(() => closing.close());
    const scope = { siteId, actor: "local" };
    const { aeTitle, nodes } = config.dimse;
    const destinationOf = (requester: string) => nodes.find((node) => node.aeTitle === requester);
    const commitment = createStorageCommitment({
      database: database.kysely,
      store,
      siteId,
      aeTitle,
      destinationOf,
      log,
    });
    stops.push(() => commitment.stop());
    const services = { ...worklistService(database, scope), ...commitment.handlers };
    const dimse = await serveDimse({ config: config.dimse, archive, scope, log, metrics, services });
    stops.push(() => dimse.close(associationGraceMs));
    commitment.start();
    const orders = { database: database.kysely, scope: { ...scope, purpose: "hl7" }, log, clock: () => new Date() };
    const hl7 = await serveHl7(config.hl7, orders);
    stops.push(async () => hl7?.close());
    return {
      url: await listen(app, config.http),
      dicomAddress: `${config.dimse.aeTitle}@${addressOf(config.dimse.host, dimse.port)}`,
      hl7Address: config.hl7 && hl7 && addressOf(config.hl7.host, hl7.port),
      stop,
    };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function startDatabase({ databaseUrl, dataFolder }: ServerConfig, log: Logger): Promise<DatabaseServer> {
  if (databaseUrl === undefined) return startEmbeddedDatabase({ folder: dataFolder, log });
  await (await waitForDatabase(databaseUrl, externalPatienceMs)).end();
  return useExternalDatabase(databaseUrl);
}

/** The site that every object is of, as long as there is one only. */
async function readFirstSite(database: Kysely<ArchiveDatabase>): Promise<number> {
  const { id } = await database.selectFrom("site").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  return id;
}

interface HttpParts {
  readonly config: ServerConfig;
  readonly log: Logger;
  readonly database: OpenDatabase;
  readonly store: BlobStore;
  readonly archive: Archive;
  readonly siteId: number;
  readonly metrics: readonly Metric[];
}

async function serveHttp(parts: HttpParts): Promise<FastifyInstance> {
  const { config, log, database, store, archive, siteId, metrics } = parts;
  const app = await createHttpServer({ config: config.http, log, database, store, metrics });
  const scope: AccessScope = { siteId, actor: "local", purpose: "dicomweb" };
  const { basePath, allowedOrigins } = config.http;
  await registerApiDocs(app, basePath);
  await app.register(
    async (dicomweb) =>
      registerDicomweb(dicomweb, {
        archive,
        scopeOf: () => scope,
        baseUrl: ({ protocol, host }) => `${protocol}://${host}${basePath}/dicom-web`,
        allowedOrigins,
      }),
    { prefix: `${basePath}/dicom-web` },
  );
  const worklist = { database: database.kysely, scopeOf: () => ({ ...scope, purpose: "worklist" }) };
  await app.register(async (api) => registerWorklist(api, worklist), { prefix: `${basePath}/api/worklist` });
  return app;
}

function worklistService({ kysely }: OpenDatabase, scope: Omit<AccessScope, "purpose">): DimseHandlers {
  const scopeOf = ({ peer }: WorklistRequest): AccessScope => ({ ...scope, purpose: `dimse:${peer.callingAeTitle}` });
  return { worklist: worklistHandler({ database: kysely, scopeOf }) };
}

function addressOf(host: string, port: number): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** @returns where the server is reached */
async function listen(app: FastifyInstance, { host, port, basePath }: HttpConfig): Promise<string> {
  try {
    return `${await app.listen({ host, port })}${basePath}`;
  } catch (cause) {
    const reason = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    const received = `${host}:${port}`;
    throw new EtalonError("port-in-use", { field: "ETALON_HTTP_PORT", received, details: { reason }, cause });
  }
}
