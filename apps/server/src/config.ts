import { resolve } from "node:path";
import { EtalonError, type Language } from "@etalon/base";
import type { KnownCaller } from "@etalon/dicom/network";
import type { z } from "zod";
import type { DimseNode } from "./dimse/read-nodes.ts";
import { type Setting, type SettingName, settings } from "./settings.ts";

/** What the server was told: the one place that reads the environment. */
export interface ServerConfig {
  /** Absolute path of the folder that holds all that this server keeps. */
  readonly dataFolder: string;
  /** A PostgreSQL that somebody else runs; the embedded one where absent. */
  readonly databaseUrl: string | undefined;
  /** Absolute path of the folder that holds the blobs. */
  readonly storeFolder: string;
  readonly http: HttpConfig;
  readonly dimse: DimseConfig;
  /** Where orders are taken; nowhere where absent. */
  readonly hl7: Hl7Config | undefined;
  /** Days from its arrival on which a study cannot be deleted; 0 where it always can. */
  readonly retentionDays: number;
  readonly measuring: MeasuringConfig;
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
  /** Where images may be sent to by C-MOVE. */
  readonly nodes: readonly DimseNode[];
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
 * @throws {EtalonError} `setting-invalid` naming the variable, `missing-value` where one of a pair is absent
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ServerConfig {
  const dataFolder = resolve(read("ETALON_DATA", environment));
  return {
    dataFolder,
    databaseUrl: read("ETALON_DATABASE_URL", environment),
    storeFolder: read("ETALON_STORE_URL", environment) ?? resolve(dataFolder, "blobs"),
    http: {
      host: read("ETALON_HTTP_HOST", environment),
      port: read("ETALON_HTTP_PORT", environment),
      basePath: read("ETALON_BASE_PATH", environment),
      trustedProxies: read("ETALON_TRUSTED_PROXY", environment),
      allowedOrigins: read("ETALON_ALLOWED_ORIGINS", environment),
      tls: readTlsFiles("ETALON_TLS", environment),
    },
    dimse: {
      host: read("ETALON_DIMSE_HOST", environment),
      port: read("ETALON_DIMSE_PORT", environment),
      aeTitle: read("ETALON_AE_TITLE", environment),
      callers: read("ETALON_DIMSE_CALLERS", environment),
      nodes: read("ETALON_DIMSE_NODES", environment) ?? [],
      maxPduLength: read("ETALON_DIMSE_MAX_PDU", environment),
      maxAssociations: read("ETALON_DIMSE_MAX_ASSOCIATIONS", environment),
      tls: readDimseTls(environment),
    },
    hl7: readHl7(environment),
    retentionDays: read("ETALON_RETENTION_DAYS", environment),
    measuring: {
      stableSeconds: read("ETALON_STABLE_SECONDS", environment),
      workers: read("ETALON_WORKERS", environment),
      memoryMb: read("ETALON_WORKER_MEMORY_MB", environment),
      language: read("ETALON_REPORT_LANGUAGE", environment),
    },
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

function readDimseTls(environment: Environment): TlsFiles | undefined {
  const files = readTlsFiles("ETALON_DIMSE_TLS", environment);
  const caFile = read("ETALON_DIMSE_TLS_CA", environment);
  if (caFile === undefined) return files;
  if (files === undefined) throw new EtalonError("missing-value", { field: "ETALON_DIMSE_TLS_KEY" });
  return { ...files, caFile: resolve(caFile) };
}
