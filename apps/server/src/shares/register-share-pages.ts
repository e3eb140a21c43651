import { EtalonError, type Language } from "@etalon/base";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { parseAsked } from "../api/parse-asked.ts";
import { isDatabaseAway } from "../database/is-database-away.ts";
import { answerProblem, statusOf } from "../dicomweb/problem.ts";
import { createVisitNotes, type VisitNotes } from "./note-visit.ts";
import { beginVisit, countDownload, isOpenTo, type OpenedShare, openShare, scopeOfShare } from "./open-share.ts";
import { createShareSender } from "./send-share.ts";
import { sharedPictures, sharedStudies, shownResults, withoutIdentity } from "./share-content.ts";
import { endingPage, passwordPage, sharePage } from "./share-page.ts";
import { isPrefetch, languageOf, sendPage, setVisit, tokenOf, visitOf } from "./share-request.ts";
import type { ShareRoutes } from "./share-routes.ts";
import type { ShareEnding } from "./share-texts.ts";
import { grantVisit } from "./visitors.ts";

const open = { config: { access: "open" }, schema: { hide: true } } as const;

/** A form with a password is some hundred bytes. */
const formBytes = 8 * 1024;

const passwordSchema = z.object({ password: z.string().max(1024).default("") });

/** What one share's page stands on. */
interface Visited {
  readonly share: OpenedShare;
  /** Path of the share: "/share/…". */
  readonly path: string;
  readonly language: Language;
}

/**
 * What a share's link opens, for people without an account (`/share/:token`): a page without script, its pictures, and one
 * ZIP. Asking for headers, or before anybody clicked, neither opens nor counts anything.
 */
export function registerSharePages(app: FastifyInstance, routes: ShareRoutes): void {
  const notes = createVisitNotes(routes);
  app.setValidatorCompiler(() => () => true);
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: formBytes },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-robots-tag", "noindex, nofollow, noarchive");
    if (isPrefetch(request)) return reply.code(503).send("");
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerEnding(error, { request, reply }, notes));
  registerOpening(app, routes, notes);
  registerFetching(app, routes, notes);
}

async function visited(routes: ShareRoutes, request: FastifyRequest): Promise<Visited> {
  const token = tokenOf(request);
  const share = await openShare(routes, token);
  return { share, path: `${routes.basePath}/share/${token}`, language: languageOf(request) };
}

function mayEnter(routes: ShareRoutes, { share }: Visited, request: FastifyRequest): Promise<boolean> {
  return isOpenTo(routes, share, visitOf(request));
}

/** The page, its password, and a session for a viewer. */
function registerOpening(app: FastifyInstance, routes: ShareRoutes, notes: VisitNotes): void {
  app.get("/:token", open, async (request, reply) => {
    const visit = await visited(routes, request);
    const { share, language } = visit;
    if (!(await mayEnter(routes, visit, request)))
      return sendPage(reply, 200, passwordPage({ ...share, ...visit }, undefined));
    if (request.method === "HEAD") return sendPage(reply, 200, "");
    await notes.given(request, share.id, { action: "read" });
    return sendPage(
      reply,
      200,
      sharePage({ ...share, ...visit, ...(await contentOf(routes, visit, request.ip)), language }),
    );
  });
  app.post("/:token", open, async (request, reply) => {
    const visit = await visited(routes, request);
    const { share, path, language } = visit;
    const { password } = parseAsked(passwordSchema, request.body);
    try {
      setVisit(reply, path, await beginVisit(routes, share, { password, address: request.ip }));
    } catch (thrown) {
      if (!(thrown instanceof EtalonError)) throw thrown;
      await notes.refused(request, thrown, share.id);
      if (thrown.code === "sign-in-refused") {
        return sendPage(reply, 401, passwordPage({ ...share, ...visit }, { kind: "wrong" }));
      }
      if (thrown.code !== "too-many-attempts") throw thrown;
      const minutes = Math.ceil(Number(thrown.received) / 60);
      reply.header("retry-after", thrown.received);
      return sendPage(reply, 429, passwordPage({ ...share, ...visit }, { kind: "too-many", minutes }));
    }
    return reply.redirect(`${path}?lang=${language}`, 303);
  });
  app.post("/:token/session", open, async (request, reply) => {
    const { share } = await visited(routes, request);
    const { password } = parseAsked(passwordSchema, request.body);
    if (share.options !== null) throw new EtalonError("not-allowed", { field: "view-identity" });
    // Who said the password on the page is not asked again by the viewer; who says nothing has not tried.
    const isKnown = await isOpenTo(routes, share, visitOf(request));
    if (!isKnown && password === "") throw new EtalonError("sign-in-refused", { field: "password" });
    try {
      const { secret, expiresAt } = isKnown
        ? await grantVisit(routes, share, "session")
        : await beginVisit(routes, share, { password, address: request.ip });
      await notes.given(request, share.id, { action: "login" });
      const dicomWeb = `${routes.addressOf(request)}/dicom-web`;
      return reply.send(JSON.stringify({ token: secret, expiresAt: expiresAt.toISOString(), dicomWeb }));
    } catch (thrown) {
      if (thrown instanceof EtalonError) await notes.refused(request, thrown, share.id);
      throw thrown;
    }
  });
}

/** Pictures and the ZIP. */
function registerFetching(app: FastifyInstance, routes: ShareRoutes, notes: VisitNotes): void {
  const sender = createShareSender(routes);
  app.get("/:token/pictures/:number", open, async (request, reply) => {
    const visit = await visited(routes, request);
    if (!(await mayEnter(routes, visit, request))) throw new EtalonError("not-signed-in", { field: "request" });
    return sender.picture(visit.share, request, reply);
  });
  app.post("/:token/download", open, async (request, reply) => {
    const visit = await visited(routes, request);
    const { share, path, language } = visit;
    if (!(await mayEnter(routes, visit, request))) return reply.redirect(`${path}?lang=${language}`, 303);
    return reply.redirect(`${path}/download/${await countDownload(routes, share)}`, 303);
  });
  app.get("/:token/download/:ticket", open, async (request, reply) => {
    const { share } = await visited(routes, request);
    return sender.download(share, { request, reply }, (count) =>
      request.method === "HEAD" ? Promise.resolve() : notes.given(request, share.id, { action: "export", count }),
    );
  });
}

/** The token stands after "#", where no server or proxy writes it down. */
function viewerUrlOf({ basePath }: ShareRoutes, path: string): string {
  return `${basePath}/share.html#share=${path.slice(path.lastIndexOf("/") + 1)}`;
}

async function contentOf(routes: ShareRoutes, { share, path, language }: Visited, address: string) {
  const { database, archive } = routes;
  const scope = scopeOfShare(share, address);
  const isDeidentified = share.options !== null;
  const studies = await sharedStudies(database, scope);
  const studyInstanceUids = studies.map((study) => study.studyInstanceUid);
  const asked = { scope, studyInstanceUids };
  const pictures = await sharedPictures(archive, asked, isDeidentified);
  let bytes = 0;
  for (const studyInstanceUid of studyInstanceUids) {
    for (const { sizeBytes } of await archive.instances(scope, { studyInstanceUid })) bytes += sizeBytes;
  }
  return {
    isDeidentified,
    viewerUrl: isDeidentified || !routes.hasViewer ? undefined : viewerUrlOf(routes, path),
    studies: isDeidentified ? studies.map(withoutIdentity) : studies,
    results: await shownResults(database, asked, language),
    pictures: pictures.length,
    size: isDeidentified ? undefined : shownSize(bytes, language),
  };
}

/** A number of bytes as people read it, decimal. */
function shownSize(bytes: number, language: Language): string {
  const units = language === "fr" ? ["ko", "Mo", "Go"] : ["kB", "MB", "GB"];
  const step = bytes >= 1e9 ? 2 : bytes >= 1e6 ? 1 : 0;
  const value = bytes / 1000 ** (step + 1);
  const shown = value.toLocaleString(language, { maximumFractionDigits: value < 10 ? 1 : 0 });
  return `${shown}\u00a0${units[step] ?? ""}`;
}

/** A page that says why a link shows nothing; for programs a problem document. */
async function answerEnding(
  error: FastifyError | Error,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  notes: VisitNotes,
): Promise<FastifyReply> {
  const isPage = !(request.routeOptions.url ?? "").endsWith("/session");
  const isEnding = error instanceof EtalonError && (error.code === "share-not-found" || error.code === "share-ended");
  if (isEnding) await notes.refused(request, error);
  if (isPage && isDatabaseAway(error)) {
    return sendPage(reply.header("retry-after", "60"), 503, endingPage(languageOf(request), "failed"));
  }
  if (!isPage || !isEnding) return answerProblem(error, request, reply);
  return sendPage(reply, statusOf(error), endingPage(languageOf(request), endingOf(error)));
}

function endingOf({ code, received }: EtalonError): ShareEnding {
  if (code === "share-not-found") return "unknown";
  if (received === "revoked") return "revoked";
  return received === "downloads" ? "used" : "expired";
}
