import { type Language, notAMedicalDevice } from "@etalon/base";
import type { ServerConfig } from "./config.ts";
import { isLoopback } from "./http/host-guard.ts";
import { builtPageFolder, hasPage } from "./page/register-page.ts";
import type { RunningServer } from "./server.ts";

const words = {
  en: {
    title: "Etalon serves.",
    page: "Workstation",
    results: "Results",
    health: "Health",
    folder: "Data folder",
    images: "Images",
    database: "Database",
    embedded: "PostgreSQL of its own, in the data folder",
    external: "ETALON_DATABASE_URL",
    open: "Devices need no account: whoever reaches DICOM or HL7 from outside stores and reads (ETALON_DIMSE_CALLERS).",
    off: "Accounts are off: every user and every program of this machine reads and changes everything.",
    password: (name: string, password: string) =>
      `First sign-in: ${name}, one-time password ${password} (shown only now; must be changed)`,
    reader: "Opens logged in as reader (reads and signs), once, within 15 minutes:",
    link: "Opens logged in as administrator (accounts, audit; signs nothing), once, within 15 minutes:",
    phantom: "A phantom study was stored and measured.",
    end: "Ctrl-C ends it. All settings: --help",
    separator: ":",
  },
  fr: {
    title: "Etalon est en service.",
    page: "Poste de lecture",
    results: "Résultats",
    health: "État",
    folder: "Dossier de données",
    images: "Images",
    database: "Base de données",
    embedded: "son propre PostgreSQL, dans le dossier de données",
    external: "ETALON_DATABASE_URL",
    open: "Les appareils n'ont pas de compte : qui atteint DICOM ou HL7 de l'extérieur dépose et lit (ETALON_DIMSE_CALLERS).",
    off: "Les comptes sont désactivés : tout utilisateur et tout programme de cette machine lit et modifie tout.",
    password: (name: string, password: string) =>
      `Première connexion : ${name}, mot de passe à usage unique ${password} (affiché cette seule fois, à changer)`,
    reader: "Ouvre une session de lecteur (lit et signe), une seule fois, dans les 15 minutes :",
    link: "Ouvre une session d'administrateur (comptes, journal ; ne signe pas), une seule fois, dans les 15 minutes :",
    phantom: "Un examen d'un fantôme a été déposé et mesuré.",
    end: "Ctrl-C l'arrête. Tous les réglages : --help",
    separator: " :",
  },
} as const;

/** What a start prints once everything runs: what runs where. */
export function startScreen(server: RunningServer, config: ServerConfig, language: Language): string {
  const word = words[language];
  const isWeb = config.roles.has("web");
  const rows: readonly (readonly [string, string])[] = [
    ...(isWeb && hasPage(builtPageFolder) ? [[word.page, `${server.url}/`] as const] : []),
    ...(isWeb
      ? ([
          ["DICOMweb", `${server.url}/dicom-web`],
          [word.results, `${server.url}/api/results`],
        ] as const)
      : []),
    ...(server.dicomAddress === undefined ? [] : [["DICOM", server.dicomAddress] as const]),
    ...(server.hl7Address === undefined ? [] : [["HL7", server.hl7Address] as const]),
    ...(isWeb ? ([["OpenAPI", `${server.url}/docs`]] as const) : []),
    [word.health, ["healthz", "readyz", "metrics"].map((name) => `${server.url}/${name}`).join("  ")],
    [word.folder, config.dataFolder],
    [word.images, imagesPlace(config)],
    [word.database, config.databaseUrl === undefined ? word.embedded : word.external],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const hosts = [config.dimse.host, ...(config.hl7 === undefined ? [] : [config.hl7.host])];
  const isOpen = config.roles.has("dimse") && !hosts.every(isLoopback);
  return [
    `${word.title} ${notAMedicalDevice[language]}`,
    "",
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`),
    "",
    ...signInLines(server, config, word),
    ...(isOpen && config.dimse.callers === undefined ? [word.open] : []),
    word.end,
    "",
  ].join("\n");
}

/**
 * Address that opens logged in, once, with the phantom study where this start stored it: as the reader of this machine, who
 * can sign, else as an administrator.
 */
export function entryAddress(server: RunningServer): string | undefined {
  const { firstSignIn } = server;
  return addressOf(server, firstSignIn?.readerLink ?? firstSignIn?.link);
}

function addressOf({ url, phantomStudy }: RunningServer, link: string | undefined): string | undefined {
  if (link === undefined) return undefined;
  const study = phantomStudy === undefined ? "" : `&study=${phantomStudy}`;
  return `${url}/api/enter?link=${link}${study}`;
}

function imagesPlace({ s3, storeFolder }: ServerConfig): string {
  return s3 === undefined ? storeFolder : `s3://${s3.bucket}/${s3.prefix}`;
}

function signInLines(
  server: RunningServer,
  { accounts, roles }: ServerConfig,
  word: (typeof words)[Language],
): readonly string[] {
  const { firstSignIn, phantomStudy } = server;
  if (!roles.has("web")) return [];
  if (!accounts.isOn) return [word.off];
  if (firstSignIn === undefined) return [];
  const { name, oneTimePassword, link, readerLink } = firstSignIn;
  const lines = (title: string, secret: string | undefined): readonly string[] => {
    const address = addressOf(server, secret);
    return address === undefined ? [] : [title, `  ${address}`];
  };
  return [
    ...(phantomStudy === undefined ? [] : [word.phantom]),
    ...(oneTimePassword === undefined ? [] : [word.password(name, oneTimePassword)]),
    ...lines(word.reader, readerLink),
    ...lines(word.link, link),
    "",
  ];
}
