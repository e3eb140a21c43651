import { resolve } from "node:path";
import { EtalonError, type Language } from "@etalon/base";
import type { KnownCaller } from "@etalon/dicom/network";
import type { z } from "zod";
import type { AccountConfig, OidcConfig } from "./accounts/account-config.ts";
import type { RetentionPolicy } from "./archive/retention-rule.ts";
import type { DimseNode } from "./dimse/read-nodes.ts";
import { isLoopback } from "./http/host-guard.ts";
import { type ProcessRole, processRoles } from "./process-roles.ts";
import type { Setting } from "./setting.ts";
import { type SettingName, settings } from "./settings.ts";
import type { S3Credentials, S3Place } from "./store/read-store-url.ts";
import type { RoomLimits } from "./store/with-room-limits.ts";

/** What the server was told: the one place that reads the environment. */
export interface ServerConfig {
  /** Absolute path of the folder that holds all that this server keeps. */
  readonly dataFolder: string;
  /** What this process does of all that a server does. */
  readonly roles: ReadonlySet<ProcessRole>;
  /** A PostgreSQL that somebody else runs; the embedded one where absent. */
  readonly databaseUrl: string | undefined;
  /** Most connections of the pool to it. */
  readonly databaseConnections: number;
  /** Absolute path of the folder that holds the blobs. */
  readonly storeFolder: string;
  /** A bucket that holds them instead. */
  readonly s3: (S3Place & { readonly credentials: S3Credentials | undefined }) | undefined;
  readonly room: RoomLimits;
  readonly http: HttpConfig;
  readonly accounts: AccountConfig;
  readonly dimse: DimseConfig;
  /** Where orders are taken; nowhere where absent. */
  readonly hl7: Hl7Config | undefined;
  /** How long studies cannot be deleted. */
  readonly retention: RetentionPolicy;
  /** Whether files that no image names for a day are removed. */
  readonly removesOrphans: boolean;
  readonly measuring: MeasuringConfig;
  /** Where the audit log goes besides; nowhere where absent. */
  readonly syslogUrl: string | undefined;
  /** Seconds between saying that it ends and taking no more requests. */
  readonly drainSeconds: number;
  readonly logLevel: z.output<typeof settings.ETALON_LOG_LEVEL.schema>;
  /** Names of variables that begin as ours do and are none: misspelt, most likely. */
  readonly unknownVariables: readonly string[];
}

/** How what arrives is measured. */
export interface MeasuringConfig {
  /** Seconds without a new image after which a series is measured. */
  readonly stableSeconds: number;
  /** Analyses computed at the same time; 0 for none in this process. */
  readonly workers: number;
  /** Megabytes that one of them may take. */
  readonly memoryMb: number;
  /** Language of the reports stored beside the images. */
  readonly language: Language;
  /** The hospital or practice that stands beside a signature. */
  readonly organization: string | undefined;
}

/** How the server is reached over HTTP. */
export interface HttpConfig {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Path that everything is served under: empty, or "/etalon" without a slash at its end. */
  readonly basePath: string;
  /** Addresses of proxies whose X-Forwarded-… headers are believed. */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may ask: "https://viewer.example.org". */
  readonly allowedOrigins: readonly string[];
  /** Paths of PEM files; plain HTTP where absent. */
  readonly tls: TlsFiles | undefined;
}

/** How the server is reached over DICOM associations. */
export interface DimseConfig {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Title of this archive: what peers must call. */
  readonly aeTitle: string;
  /** Who may call; anybody where absent. */
  readonly callers: readonly KnownCaller[] | undefined;
  /** Where images may be sent to by C-MOVE, and commitments reported to. */
  readonly nodes: readonly DimseNode[];
  /** Path of a PEM file: who must have signed the certificates of encrypted nodes; the system's authorities where absent. */
  readonly nodesCaFile: string | undefined;
  readonly maxPduLength: number;
  readonly maxAssociations: number;
  /** Plain TCP where absent. */
  readonly tls: TlsFiles | undefined;
}

/** How the server is reached over HL7 v2. */
export interface Hl7Config {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
}

/** Paths of PEM files. */
export interface TlsFiles {
  readonly keyFile: string;
  readonly certificateFile: string;
  /** Authority that peers' certificates must be of; none are asked for where absent. */
  readonly caFile?: string;
}

/** Variables of the project that are other programs' own. */
const variablesOfOthers: ReadonlySet<string> = new Set(["ETALON_SHARED_DATA"]);

/**
 * Reads and checks the configuration. An empty variable counts as absent.
 *
 * @throws {EtalonError} `setting-invalid` naming the variable, `missing-value` where one of a pair is absent, or where one of
 *   several processes would have a database or a store of its own
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const dataFolder = resolve(read("ETALON_DATA", environment));
  const store = read("ETALON_STORE_URL", environment);
  const http = readHttp(environment);
  return {
    dataFolder,
    roles: readRoles(environment),
    databaseUrl: read("ETALON_DATABASE_URL", environment),
    databaseConnections: read("ETALON_DATABASE_CONNECTIONS", environment),
    storeFolder: store?.kind === "files" ? store.folder : resolve(dataFolder, "blobs"),
    s3: store?.kind === "s3" ? { ...store.place, credentials: readS3Credentials(environment) } : undefined,
    room: {
      quotaBytes: read("ETALON_STORE_QUOTA", environment),
      reserveBytes: read("ETALON_STORE_RESERVE", environment),
    },
    http,
    accounts: readAccounts(environment, http),
    dimse: {
      host: read("ETALON_DIMSE_HOST", environment),
      port: read("ETALON_DIMSE_PORT", environment),
      aeTitle: read("ETALON_AE_TITLE", environment),
      callers: read("ETALON_DIMSE_CALLERS", environment),
      nodes: read("ETALON_DIMSE_NODES", environment) ?? [],
      nodesCaFile: readNodesCa(environment),
      maxPduLength: read("ETALON_DIMSE_MAX_PDU", environment),
      maxAssociations: read("ETALON_DIMSE_MAX_ASSOCIATIONS", environment),
      tls: readDimseTls(environment),
    },
    hl7: readHl7(environment),
    retention: {
      ...read("ETALON_RETENTION_DAYS", environment),
      from: read("ETALON_RETENTION_FROM", environment),
      committedDays: read("ETALON_COMMITTED_DAYS", environment),
    },
    removesOrphans: read("ETALON_ORPHANS", environment) === "remove",
    measuring: {
      stableSeconds: read("ETALON_STABLE_SECONDS", environment),
      workers: read("ETALON_WORKERS", environment),
      memoryMb: read("ETALON_WORKER_MEMORY_MB", environment),
      language: read("ETALON_REPORT_LANGUAGE", environment),
      organization: read("ETALON_ORGANIZATION", environment),
    },
    syslogUrl: read("ETALON_SYSLOG_URL", environment),
    drainSeconds: read("ETALON_DRAIN_SECONDS", environment),
    logLevel: read("ETALON_LOG_LEVEL", environment),
    unknownVariables: Object.keys(environment).filter(
      (name) => name.startsWith("ETALON_") && !Object.hasOwn(settings, name) && !variablesOfOthers.has(name),
    ),
  };
}

/** Language of messages from the POSIX locale variables: French for fr…, otherwise English. */
export function readLanguage(environment: Readonly<Record<string, string | undefined>>): Language {
  const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || "";
  return locale.toLowerCase().startsWith("fr") ? "fr" : "en";
}

function read<Name extends SettingName>(
  name: Name,
  environment: Readonly<Record<string, string | undefined>>,
): z.output<(typeof settings)[Name]["schema"]> {
  const { schema, expected, isSecret }: Setting = settings[name];
  const text = environment[name] === "" ? undefined : environment[name];
  const result = schema.safeParse(text);
  if (!result.success) {
    const received = isSecret === true ? "…" : (text ?? "");
    throw new EtalonError("setting-invalid", { field: name, received, details: { expected } });
  }
  // The schema of this very name made it; TypeScript does not follow a table's rows through a generic name.
  return result.data as z.output<(typeof settings)[Name]["schema"]>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** As every program that speaks S3 reads them; without them the SDK asks the machine that it runs on. */
function readS3Credentials(environment: Environment): S3Credentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  const { AWS_SESSION_TOKEN: sessionToken } = environment;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** Some roles are of use only beside other processes: with a database and a store that they share. */
function readRoles(environment: Environment): ReadonlySet<ProcessRole> {
  // The schema refuses what names no role.
  const roles = read("ETALON_ROLES", environment) ?? new Set(processRoles);
  if (roles.size === processRoles.length) return roles;
  for (const field of ["ETALON_DATABASE_URL", "ETALON_STORE_URL"] as const) {
    if (read(field, environment) === undefined) throw new EtalonError("missing-value", { field });
  }
  return roles;
}

function readHttp(environment: Environment): HttpConfig {
  return {
    host: read("ETALON_HTTP_HOST", environment),
    port: read("ETALON_HTTP_PORT", environment),
    basePath: read("ETALON_BASE_PATH", environment),
    trustedProxies: read("ETALON_TRUSTED_PROXY", environment),
    allowedOrigins: read("ETALON_ALLOWED_ORIGINS", environment),
    tls: readTlsFiles("ETALON_TLS", environment),
  };
}

function readAccounts(environment: Environment, { host, trustedProxies }: HttpConfig): AccountConfig {
  const isOn = read("ETALON_ACCOUNTS", environment) === "on";
  // Behind a proxy, whoever reaches the proxy reaches the loopback address.
  if (!isOn && !(isLoopback(host) && trustedProxies.length === 0)) {
    const expected = `on (ETALON_HTTP_HOST=${host})`;
    throw new EtalonError("setting-invalid", { field: "ETALON_ACCOUNTS", received: "off", details: { expected } });
  }
  return {
    isOn,
    takesBasicPassword: read("ETALON_HTTP_BASIC", environment) === "on",
    publicUrl: read("ETALON_PUBLIC_URL", environment),
    shareMaxDays: read("ETALON_SHARE_MAX_DAYS", environment),
    oidc: readOidc(environment),
  };
}

function readOidc(environment: Environment): OidcConfig | undefined {
  const issuer = read("ETALON_OIDC_ISSUER", environment);
  if (issuer === undefined) return undefined;
  const { protocol, hostname } = new URL(issuer);
  if (protocol !== "https:" && !isLoopback(hostname)) {
    const details = { expected: settings.ETALON_OIDC_ISSUER.expected };
    throw new EtalonError("setting-invalid", { field: "ETALON_OIDC_ISSUER", received: issuer, details });
  }
  const clientId = read("ETALON_OIDC_CLIENT_ID", environment);
  const clientSecret = read("ETALON_OIDC_CLIENT_SECRET", environment);
  const roles = read("ETALON_OIDC_ROLES", environment);
  if (clientId === undefined) throw new EtalonError("missing-value", { field: "ETALON_OIDC_CLIENT_ID" });
  if (clientSecret === undefined) throw new EtalonError("missing-value", { field: "ETALON_OIDC_CLIENT_SECRET" });
  if (roles === undefined) throw new EtalonError("missing-value", { field: "ETALON_OIDC_ROLES" });
  return { issuer, clientId, clientSecret, roleClaim: read("ETALON_OIDC_ROLE_CLAIM", environment), roles };
}

function readHl7(environment: Environment): Hl7Config | undefined {
  const port = read("ETALON_HL7_PORT", environment);
  return port === undefined ? undefined : { host: read("ETALON_HL7_HOST", environment), port };
}

function readTlsFiles(prefix: "ETALON_TLS" | "ETALON_DIMSE_TLS", environment: Environment): TlsFiles | undefined {
  const keyFile = read(`${prefix}_KEY`, environment);
  const certificateFile = read(`${prefix}_CERT`, environment);
  if (keyFile === undefined && certificateFile === undefined) return undefined;
  if (keyFile === undefined) throw new EtalonError("missing-value", { field: `${prefix}_KEY` });
  if (certificateFile === undefined) throw new EtalonError("missing-value", { field: `${prefix}_CERT` });
  return { keyFile: resolve(keyFile), certificateFile: resolve(certificateFile) };
}

function readNodesCa(environment: Environment): string | undefined {
  const file = read("ETALON_DIMSE_NODES_CA", environment) ?? read("ETALON_DIMSE_TLS_CA", environment);
  return file === undefined ? undefined : resolve(file);
}

function readDimseTls(environment: Environment): TlsFiles | undefined {
  const files = readTlsFiles("ETALON_DIMSE_TLS", environment);
  const caFile = read("ETALON_DIMSE_TLS_CA", environment);
  if (caFile === undefined) return files;
  if (files === undefined) throw new EtalonError("missing-value", { field: "ETALON_DIMSE_TLS_KEY" });
  return { ...files, caFile: resolve(caFile) };
}
