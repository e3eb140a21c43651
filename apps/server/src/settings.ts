import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { accountSettings } from "./accounts/account-settings.ts";
import { keepingSettings } from "./archive/keeping-settings.ts";
import { readCallers, readNodes } from "./dimse/read-nodes.ts";
import { processSettings } from "./process-settings.ts";
import type { Setting } from "./setting.ts";
import { readStoreUrl } from "./store/read-store-url.ts";

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535))
    .default(fallback);

const wholeNumber = (range: { readonly least: number; readonly most: number; readonly fallback: number }) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(range.least).max(range.most))
    .default(range.fallback);

const host = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text))
  .default("127.0.0.1");

const portForm = "0..65535";
const hostForm = "127.0.0.1 | ::1 | 0.0.0.0 | name";

/** Every setting of the server, in the order of its help: the one table that is read, checked and shown. */
export const settings = {
  ETALON_DATA: {
    schema: z.string().default("./etalon-data"),
    expected: "path",
    fallback: "./etalon-data",
    help: { en: "folder of all that is kept", fr: "dossier de tout ce qui est conservé" },
  },
  ETALON_DATABASE_URL: {
    schema: z
      .string()
      .refine((text) => /^postgres(ql)?:$/.test(protocolOf(text)))
      .optional(),
    expected: "postgresql://user:password@host:5432/database",
    fallback: "embedded",
    help: {
      en: "a PostgreSQL 15 or newer that runs elsewhere",
      fr: "un PostgreSQL 15 ou plus récent qui tourne ailleurs",
    },
    isSecret: true,
  },
  ETALON_STORE_URL: {
    schema: z
      .string()
      .transform(readStoreUrl)
      .refine((place) => place !== undefined)
      .optional(),
    expected: "file:///path | s3://bucket/prefix?endpoint=https://s3.example.org&region=eu-west-3",
    fallback: "ETALON_DATA/blobs",
    help: {
      en: "where the images' bytes are kept; of S3 the keys are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN where there is one",
      fr: "où sont conservés les octets des images ; pour S3, les clés sont AWS_ACCESS_KEY_ID et AWS_SECRET_ACCESS_KEY, et AWS_SESSION_TOKEN s'il y en a un",
    },
  },
  ...keepingSettings,
  ...processSettings,
  ETALON_HTTP_HOST: {
    schema: host,
    expected: hostForm,
    fallback: "127.0.0.1",
    help: { en: "address that HTTP listens on", fr: "adresse d'écoute HTTP" },
  },
  ETALON_HTTP_PORT: {
    schema: port(8042),
    expected: portForm,
    fallback: "8042",
    help: {
      en: "HTTP port; 0 for a free one. A process without the role web answers /healthz, /readyz and /metrics there, and nothing else",
      fr: "port HTTP ; 0 pour un port libre. Un processus sans le rôle web n'y répond qu'à /healthz, /readyz et /metrics",
    },
  },
  ETALON_BASE_PATH: {
    schema: z
      .string()
      .regex(/^\/([A-Za-z0-9._~-]+(\/[A-Za-z0-9._~-]+)*)?\/?$/)
      .transform((text) => text.replace(/\/$/, ""))
      .default(""),
    expected: "/path",
    fallback: "/",
    help: { en: "path that a proxy serves Etalon under", fr: "chemin sous lequel un mandataire sert Etalon" },
  },
  ETALON_TRUSTED_PROXY: {
    schema: z
      .string()
      .transform(listOf)
      .refine((parts) => parts.every(isNetwork))
      .default([]),
    expected: "10.0.0.1,10.1.0.0/16",
    fallback: "—",
    help: {
      en: "proxies whose X-Forwarded-… headers are believed",
      fr: "mandataires dont les en-têtes X-Forwarded-… sont crus",
    },
  },
  ETALON_ALLOWED_ORIGINS: {
    schema: z
      .string()
      .transform(listOf)
      .refine((parts) => parts.every((part) => URL.canParse(part) && new URL(part).origin === part))
      .default([]),
    expected: "https://viewer.example.org,http://localhost:3000",
    fallback: "—",
    help: {
      en: "sites whose pages may ask DICOMweb from a browser",
      fr: "sites dont les pages peuvent interroger DICOMweb depuis un navigateur",
    },
  },
  ...accountSettings,
  ETALON_TLS_KEY: {
    schema: z.string().optional(),
    expected: "path",
    fallback: "—",
    help: { en: "private key for HTTPS, PEM", fr: "clé privée pour HTTPS, PEM" },
  },
  ETALON_TLS_CERT: {
    schema: z.string().optional(),
    expected: "path",
    fallback: "—",
    help: { en: "certificate for HTTPS, with its chain, PEM", fr: "certificat pour HTTPS, avec sa chaîne, PEM" },
  },
  ETALON_DIMSE_HOST: {
    schema: host,
    expected: hostForm,
    fallback: "127.0.0.1",
    help: { en: "address that DICOM associations are taken on", fr: "adresse d'écoute des associations DICOM" },
  },
  ETALON_DIMSE_PORT: {
    schema: port(4242),
    expected: portForm,
    fallback: "4242",
    help: {
      en: "port of DICOM associations; 0 for a free one",
      fr: "port des associations DICOM ; 0 pour un port libre",
    },
  },
  ETALON_AE_TITLE: {
    schema: z
      .string()
      // VR AE, PS3.5 section 6.2: the default repertoire without backslash and controls, spaces at the ends being nothing.
      .regex(/^(?! )[\x20-\x5b\x5d-\x7e]{1,16}(?<! )$/)
      .default("ETALON"),
    expected: "1..16 × ASCII",
    fallback: "ETALON",
    help: { en: "name of this archive in DICOM associations", fr: "nom de cette archive dans les associations DICOM" },
  },
  ETALON_HL7_HOST: {
    schema: host,
    expected: hostForm,
    fallback: "127.0.0.1",
    help: { en: "address that HL7 v2 orders are taken on", fr: "adresse d'écoute des demandes HL7 v2" },
  },
  ETALON_HL7_PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .pipe(z.number().max(65_535))
      .optional(),
    expected: portForm,
    fallback: "—",
    help: {
      en: "port of HL7 v2 orders (MLLP) for the worklist; none are taken where absent",
      fr: "port des demandes HL7 v2 (MLLP) pour la liste de travail ; aucune n'est prise si absent",
    },
  },
  ETALON_STABLE_SECONDS: {
    schema: wholeNumber({ least: 0, most: 86_400, fallback: 60 }),
    expected: "0..86400",
    fallback: "60",
    help: {
      en: "seconds without a new image after which a series is measured",
      fr: "secondes sans nouvelle image après lesquelles une série est mesurée",
    },
  },
  ETALON_WORKERS: {
    schema: wholeNumber({ least: 0, most: 256, fallback: 1 }),
    expected: "0..256",
    fallback: "1",
    help: {
      en: "analyses computed at the same time; 0 for none here",
      fr: "analyses calculées en même temps ; 0 pour aucune ici",
    },
  },
  ETALON_WORKER_MEMORY_MB: {
    schema: wholeNumber({ least: 256, most: 1_048_576, fallback: 4096 }),
    expected: "256..1048576",
    fallback: "4096",
    help: {
      en: "megabytes that one analysis may take",
      fr: "mégaoctets qu'une analyse peut occuper",
    },
  },
  ETALON_REPORT_LANGUAGE: {
    schema: z.enum(["en", "fr"]).default("en"),
    expected: "en | fr",
    fallback: "en",
    help: {
      en: "language of the structured reports stored beside the images",
      fr: "langue des comptes rendus structurés conservés à côté des images",
    },
  },
  ETALON_ORGANIZATION: {
    schema: z.string().trim().max(64).optional(),
    expected: "text",
    fallback: "–",
    help: {
      en: "hospital or practice that stands beside a signature; 64 characters at most",
      fr: "hôpital ou cabinet qui figure à côté d'une signature ; 64 caractères au plus",
    },
  },
  ETALON_DIMSE_CALLERS: {
    schema: z
      .string()
      .transform(readCallers)
      .refine((callers) => callers !== undefined)
      .optional(),
    expected: "CT1,PACS@10.0.0.5",
    fallback: "—",
    help: {
      en: "AE titles that may call, some from one address only; any where absent",
      fr: "titres d'AE qui peuvent appeler, certains d'une seule adresse ; tous si absent",
    },
  },
  ETALON_DIMSE_NODES: {
    schema: z
      .string()
      .transform(readNodes)
      .refine((nodes) => nodes !== undefined)
      .optional(),
    expected: "PACS=10.0.0.5:104,WS=tls://ws.example.org:2762",
    fallback: "—",
    help: {
      en: "AE titles that images are sent to on request (C-MOVE) and commitments are reported to, and where they are; tls:// for encrypted",
      fr: "titres d'AE auxquels des images sont envoyées sur demande (C-MOVE) et des engagements de conservation annoncés, et leur adresse ; tls:// si chiffré",
    },
  },
  ETALON_DIMSE_NODES_CA: {
    schema: z.string().optional(),
    expected: "path",
    fallback: "ETALON_DIMSE_TLS_CA",
    help: {
      en: "authority that the certificates of encrypted nodes must be of, PEM; the system's where neither is set",
      fr: "autorité dont doivent être les certificats des nœuds chiffrés, PEM ; celles du système si rien n'est réglé",
    },
  },
  ETALON_DIMSE_MAX_PDU: {
    schema: wholeNumber({ least: 4096, most: 1_048_576, fallback: 131_072 }),
    expected: "4096..1048576",
    fallback: "131072",
    help: {
      en: "longest PDU that is taken, in bytes",
      fr: "plus long PDU accepté, en octets",
    },
  },
  ETALON_DIMSE_MAX_ASSOCIATIONS: {
    schema: wholeNumber({ least: 1, most: 10_000, fallback: 256 }),
    expected: "1..10000",
    fallback: "256",
    help: {
      en: "associations at once; more are refused for the moment",
      fr: "associations simultanées ; au-delà, refusées pour le moment",
    },
  },
  ETALON_DIMSE_TLS_KEY: {
    schema: z.string().optional(),
    expected: "path",
    fallback: "—",
    help: {
      en: "private key for encrypted DICOM associations, then the only ones taken, PEM",
      fr: "clé privée pour les associations DICOM chiffrées, alors seules acceptées, PEM",
    },
  },
  ETALON_DIMSE_TLS_CERT: {
    schema: z.string().optional(),
    expected: "path",
    fallback: "—",
    help: {
      en: "certificate for DICOM associations, with its chain, PEM",
      fr: "certificat pour les associations DICOM, avec sa chaîne, PEM",
    },
  },
  ETALON_DIMSE_TLS_CA: {
    schema: z.string().optional(),
    expected: "path",
    fallback: "—",
    help: {
      en: "authority whose certificate each caller must show, PEM",
      fr: "autorité dont chaque appelant doit présenter un certificat, PEM",
    },
  },
  ETALON_SYSLOG_URL: {
    schema: z
      .string()
      .refine((text) => /^(udp|tls):$/.test(protocolOf(text)) && new URL(text).hostname !== "")
      .optional(),
    expected: "udp://host:514 | tls://host:6514",
    fallback: "—",
    help: {
      en: "collector that the audit log goes to, as DICOM audit messages (RFC 5424)",
      fr: "collecteur auquel est transmis le journal d'audit, en messages d'audit DICOM (RFC 5424)",
    },
  },
  ETALON_LOG_LEVEL: {
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    expected: "fatal | error | warn | info | debug | trace | silent",
    fallback: "info",
    help: {
      en: "what is logged, on standard error; unset in a terminal: warn",
      fr: "ce qui est journalisé, sur la sortie d'erreur ; non réglé, dans un terminal : warn",
    },
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** Name of a variable that the server reads. */
export type SettingName = keyof typeof settings;

function listOf(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim());
}

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : "";
}

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  try {
    new BlockList().addSubnet(address, /^\d+$/.test(prefix) ? Number(prefix) : -1, family === 6 ? "ipv6" : "ipv4");
    return true;
  } catch {
    return false;
  }
}
