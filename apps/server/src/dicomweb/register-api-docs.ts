import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";

/** What the page may load: its own files, and pictures that stand in its styles. The package's own policy names other sites. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * The OpenAPI description of all routes that are registered after this, at `<basePath>/docs` as a page and at
 * `<basePath>/docs/json`. The page loads nothing from elsewhere.
 *
 * @param basePath "" or "/etalon"
 */
export async function registerApiDocs(app: FastifyInstance, basePath: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.0.3",
      info: {
        title: "Etalon",
        description: "DICOMweb (PS3.18) and what goes beyond it. Not a medical device.",
        version: "0.1.0",
        license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
      },
      tags: [
        { name: "STOW-RS", description: "Store (PS3.18 section 10.5)" },
        { name: "QIDO-RS", description: "Search (PS3.18 section 10.6)" },
        { name: "WADO-RS", description: "Retrieve (PS3.18 section 10.4)" },
        { name: "Worklist", description: "What modalities are to do (PS3.4 annex K)" },
        { name: "Extension", description: "What PS3.18 has not" },
        { name: "Accounts", description: "Who may sign in, and see what" },
        { name: "Analyses", description: "What is measured, and how far it is" },
        { name: "Audit", description: "Who did what, in a chain of hashes" },
        { name: "Exports", description: "Studies without identity, for research" },
        { name: "Patients", description: "What the law gives a patient: a copy of everything, and its erasure" },
        { name: "Shares", description: "Links for people without an account" },
        { name: "Results", description: "What was measured, found by its values" },
      ],
    },
    hideUntagged: true,
  });
  await app.register(async (scope) => {
    // The description says nothing that the published sources do not.
    scope.addHook("onRoute", (route) => {
      route.config = { ...route.config, access: "open" };
    });
    await scope.register(swaggerUi, {
      routePrefix: `${basePath}/docs`,
      staticCSP: pagePolicy,
      uiConfig: { docExpansion: "list", validatorUrl: null },
    });
  });
}
