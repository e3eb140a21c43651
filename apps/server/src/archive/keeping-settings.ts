import { z } from "zod";
import type { Setting } from "../setting.ts";
import { readRetentionDays } from "./read-retention-days.ts";

/** Binary units. */
const bytesOfUnit: Readonly<Record<string, number>> = { M: 1024 ** 2, G: 1024 ** 3, T: 1024 ** 4 };

const bytes = z
  .string()
  .regex(/^[1-9]\d{0,5}[MGT]B$/)
  .transform((text) => Number.parseInt(text, 10) * (bytesOfUnit[text.slice(-2, -1)] ?? 1));

/** The settings of how much is kept, and for how long, as rows of the server's table. */
export const keepingSettings = {
  ETALON_STORE_QUOTA: {
    schema: bytes.optional(),
    expected: "1MB..999999TB",
    fallback: "—",
    help: {
      en: "room that all images may take together; more are refused",
      fr: "place que toutes les images peuvent occuper ensemble ; au-delà, elles sont refusées",
    },
  },
  ETALON_STORE_RESERVE: {
    schema: bytes.default(16 * 1024 ** 2),
    expected: "1MB..999999TB",
    fallback: "16MB",
    help: {
      en: "room that stays free on the images' disk; beyond it they are refused",
      fr: "place laissée libre sur le disque des images ; au-delà, elles sont refusées",
    },
  },
  ETALON_RETENTION_DAYS: {
    schema: z
      .string()
      .default("0")
      .transform(readRetentionDays)
      .refine((days) => days !== undefined),
    expected: "0..99999[,MODALITY=0..99999,…]",
    fallback: "0",
    help: {
      en: "days that a study cannot be deleted, and other numbers for modalities: 3650,MG=10950",
      fr: "jours pendant lesquels une étude ne peut être supprimée, et d'autres nombres par modalité : 3650,MG=10950",
    },
  },
  ETALON_RETENTION_FROM: {
    schema: z.enum(["arrival", "study-date"]).default("arrival"),
    expected: "arrival | study-date",
    fallback: "arrival",
    help: {
      en: "what these days are counted from: the first image's arrival, or the study's own date",
      fr: "point de départ de ces jours : l'arrivée de la première image, ou la date de l'étude",
    },
  },
  ETALON_COMMITTED_DAYS: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .default(0),
    expected: "0..99999",
    fallback: "0",
    help: {
      en: "days from a storage commitment that its images cannot be deleted",
      fr: "jours, depuis un engagement de conservation, pendant lesquels ses images ne peuvent être supprimées",
    },
  },
  ETALON_ORPHANS: {
    schema: z.enum(["remove", "keep"]).default("remove"),
    expected: "remove | keep",
    fallback: "remove",
    help: {
      en: "what becomes of files that no image names for a day, as a crash leaves them",
      fr: "sort des fichiers qu'aucune image ne désigne depuis un jour, tels qu'un arrêt brutal en laisse",
    },
  },
} as const satisfies Readonly<Record<string, Setting>>;
