import { BlockList, isIP } from "node:net";
import { fileURLToPath } from "node:url";
import type { Text } from "@etalon/base";
import { z } from "zod";

/** One variable of the environment: what it may be, and what it does. */
export interface Setting {
  readonly schema: z.ZodType;
  /** What it may be, in signs that need no translation. */
  readonly expected: string;
  /** What counts where it is absent, as the help shows it. */
  readonly fallback: string;
  readonly help: Text;
  /** Whether its value is never shown. */
  readonly isSecret?: boolean;
}

const port = (fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535))
    .default(fallback);

const host = z
  .string()
  .refine((text) => isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text))
  .default("127.0.0.1");

const whole = ({ minimum, maximum, fallback }: Readonly<Record<"minimum" | "maximum" | "fallback", number>>) =>
  z
    .string()
    .regex(/^\d{1,7}$/)
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum))
    .default(fallback);

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
      .refine((text) => pathOfFileUrl(text) !== undefined)
      .transform((text) => pathOfFileUrl(text))
      .optional(),
    expected: "file:///path",
    fallback: "ETALON_DATA/blobs",
    help: { en: "where the images' bytes are kept", fr: "où sont conservés les octets des images" },
  },
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
    help: { en: "HTTP port; 0 for a free one", fr: "port HTTP ; 0 pour un port libre" },
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
  ETALON_RETENTION_DAYS: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .default(0),
    expected: "0..99999",
    fallback: "0",
    help: {
      en: "days that a study cannot be deleted, from its arrival",
      fr: "jours pendant lesquels une étude ne peut être supprimée, depuis son arrivée",
    },
  },
  ETALON_STABLE_SECONDS: {
    schema: whole({ minimum: 0, maximum: 86_400, fallback: 60 }),
    expected: "0..86400",
    fallback: "60",
    help: {
      en: "seconds without a new image after which a series is measured",
      fr: "secondes sans nouvelle image après lesquelles une série est mesurée",
    },
  },
  ETALON_WORKERS: {
    schema: whole({ minimum: 0, maximum: 256, fallback: 1 }),
    expected: "0..256",
    fallback: "1",
    help: {
      en: "analyses computed at the same time; 0 for none here",
      fr: "analyses calculées en même temps ; 0 pour aucune ici",
    },
  },
  ETALON_WORKER_MEMORY_MB: {
    schema: whole({ minimum: 256, maximum: 1_048_576, fallback: 4096 }),
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
  ETALON_LOG_LEVEL: {
    schema: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    expected: "fatal | error | warn | info | debug | trace | silent",
    fallback: "info",
    help: { en: "what is logged, on standard error", fr: "ce qui est journalisé, sur la sortie d'erreur" },
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

function pathOfFileUrl(text: string): string | undefined {
  try {
    return protocolOf(text) === "file:" ? fileURLToPath(text) : undefined;
  } catch {
    return undefined;
  }
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
