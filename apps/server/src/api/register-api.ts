import type { FastifyInstance } from "fastify";
import { type AnalysisRoutes, registerAnalyses } from "../analyses/register-analyses.ts";
import { answerProblem } from "../dicomweb/problem.ts";
import { registerResults } from "../results/register-results.ts";

/** The project's own API on a Fastify scope, which gives the prefix: analyses, their events, results. */
export function registerApi(app: FastifyInstance, routes: AnalysisRoutes): void {
  app.setErrorHandler(answerProblem);
  // Handlers check by the very schemas that the description is made of, with the project's own errors.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => (typeof data === "string" ? data : JSON.stringify(data)));
  registerAnalyses(app, routes);
  registerResults(app, routes);
}
