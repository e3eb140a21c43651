import type { FastifyInstance } from "fastify";
import type { DicomwebOptions } from "./dicomweb-options.ts";
import { answerProblem } from "./problem.ts";
import { registerQido } from "./qido/qido-routes.ts";
import { registerCors } from "./register-cors.ts";
import { registerStow } from "./stow/register-stow.ts";
import { registerWado } from "./wado/register-wado.ts";

/**
 * DICOMweb (PS3.18) on a Fastify scope, which gives the prefix: `app.register(async (scope) => registerDicomweb(scope, options),
 * { prefix: "/dicom-web" })`.
 */
export function registerDicomweb(app: FastifyInstance, options: DicomwebOptions): void {
  app.setErrorHandler(answerProblem);
  // Schemas are there to be read; what is asked is checked where it is used, with the project's own errors.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.addHook("onSend", async (_request, reply) => {
    // Names are text wherever they stand: no browser may take an answer for a page.
    reply.header("x-content-type-options", "nosniff");
  });
  registerCors(app, options.allowedOrigins ?? []);
  registerStow(app, options);
  registerQido(app, options);
  registerWado(app, options);
}
