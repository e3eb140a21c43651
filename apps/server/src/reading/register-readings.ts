import type { FastifyInstance } from "fastify";
import { answerProblem } from "../dicomweb/problem.ts";
import { createReadingNotes } from "./note-reading.ts";
import type { ReadingRoutes } from "./reading-routes.ts";
import { registerDocuments } from "./register-documents.ts";
import { registerList } from "./register-list.ts";
import { registerMaps } from "./register-maps.ts";
import { registerReports } from "./register-reports.ts";
import { registerSignatures } from "./register-signatures.ts";
import { registerStates } from "./register-states.ts";

/** Readings and signatures on a Fastify scope, which gives the prefix: `{ prefix: "/api" }`. */
export function registerReadings(app: FastifyInstance, place: Omit<ReadingRoutes, "noteRead">): void {
  const routes: ReadingRoutes = { ...place, noteRead: createReadingNotes(place) };
  app.setErrorHandler(answerProblem);
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  registerList(app, routes);
  registerDocuments(app, routes);
  registerStates(app, routes);
  registerReports(app, routes);
  registerMaps(app, routes);
  registerSignatures(app, routes);
}
