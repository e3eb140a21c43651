import { z } from "zod";
import { readRoles } from "./process-roles.ts";
import type { Setting } from "./setting.ts";

const wholeNumber = (least: number, most: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().min(least).max(most))
    .default(fallback);

/** The settings of one process among several, as rows of the server's table. */
export const processSettings = {
  ETALON_ROLES: {
    schema: z
      .string()
      .default("web,dimse,worker")
      .transform(readRoles)
      .refine((roles) => roles !== undefined),
    expected: "web,dimse,worker",
    fallback: "web,dimse,worker",
    help: {
      en: "what this process does; fewer than all where several share ETALON_DATABASE_URL and ETALON_STORE_URL (also --roles)",
      fr: "ce que fait ce processus ; moins que tout si plusieurs partagent ETALON_DATABASE_URL et ETALON_STORE_URL (aussi --roles)",
    },
  },
  ETALON_DATABASE_CONNECTIONS: {
    schema: wholeNumber(2, 1000, 20),
    expected: "2..1000",
    fallback: "20",
    help: {
      en: "connections of this process to the database at most, besides seven of its own for jobs, events and upkeep",
      fr: "connexions de ce processus à la base au plus, outre sept qui servent aux tâches, aux événements et à l'entretien",
    },
  },
  ETALON_DRAIN_SECONDS: {
    schema: wholeNumber(0, 3600, 0),
    expected: "0..3600",
    fallback: "0",
    help: {
      en: "seconds in which a process that was told to end says so at /readyz and goes on serving, so that a proxy sends it no more",
      fr: "secondes pendant lesquelles un processus prié de s'arrêter le dit à /readyz et sert encore, pour qu'un mandataire ne lui envoie plus rien",
    },
  },
} as const satisfies Readonly<Record<string, Setting>>;
