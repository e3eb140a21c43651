import { type Language, notAMedicalDevice } from "@etalon/base";
import type { ServerConfig } from "./config.ts";
import { isLoopback } from "./http/host-guard.ts";
import type { RunningServer } from "./server.ts";

const words = {
  en: {
    title: "Etalon serves.",
    results: "Results",
    health: "Health",
    folder: "Data folder",
    images: "Images",
    database: "Database",
    embedded: "PostgreSQL of its own, in the data folder",
    external: "ETALON_DATABASE_URL",
    open: "There are no accounts yet: whoever reaches these addresses reads and changes everything.",
    end: "Ctrl-C ends it. All settings: --help",
    separator: ":",
  },
  fr: {
    title: "Etalon est en service.",
    results: "Résultats",
    health: "État",
    folder: "Dossier de données",
    images: "Images",
    database: "Base de données",
    embedded: "son propre PostgreSQL, dans le dossier de données",
    external: "ETALON_DATABASE_URL",
    open: "Il n'y a pas encore de comptes : qui atteint ces adresses lit et modifie tout.",
    end: "Ctrl-C l'arrête. Tous les réglages : --help",
    separator: " :",
  },
} as const;

/** What a start prints once everything runs: what runs where. */
export function startScreen(server: RunningServer, config: ServerConfig, language: Language): string {
  const word = words[language];
  const rows: readonly (readonly [string, string])[] = [
    ["DICOMweb", `${server.url}/dicom-web`],
    [word.results, `${server.url}/api/results`],
    ["DICOM", server.dicomAddress],
    ...(server.hl7Address === undefined ? [] : [["HL7", server.hl7Address] as const]),
    ["OpenAPI", `${server.url}/docs`],
    [word.health, ["healthz", "readyz", "metrics"].map((name) => `${server.url}/${name}`).join("  ")],
    [word.folder, config.dataFolder],
    [word.images, config.storeFolder],
    [word.database, config.databaseUrl === undefined ? word.embedded : word.external],
  ];
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  const hosts = [config.http.host, config.dimse.host, ...(config.hl7 === undefined ? [] : [config.hl7.host])];
  const isOpen = !hosts.every(isLoopback);
  return [
    `${word.title} ${notAMedicalDevice[language]}`,
    "",
    ...rows.map(([name, value]) => `  ${name.padEnd(width)}${value}`),
    "",
    ...(isOpen ? [word.open] : []),
    word.end,
    "",
  ].join("\n");
}
