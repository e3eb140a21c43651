import { factsSchema } from "@etalon/decide";
import { marksSchema } from "@etalon/measure";
import { z } from "zod";
import { storedMarksSchema } from "../marks/mark.ts";
import { emptyDraft, marksOfDraft, type ReadingDraft } from "../marks/reading-draft.ts";
import type { MapFormat } from "../measuring/measuring-messages.ts";
import { ApiError } from "./api-error.ts";
import { refusalOf, requestJson, send } from "./request.ts";
import { serverUrl } from "./server-url.ts";

/** A reading: a study and a protocol. */
export interface ReadingPlace {
  readonly studyInstanceUid: string;
  readonly protocolId: string;
}

const writtenSchema = z.object({
  indication: z.string().optional(),
  findings: z.string().optional(),
  conclusion: z.string().optional(),
  comment: z.string().optional(),
});

const documentSchema = z.object({
  schema: z.literal("etalon.reading/1"),
  marks: marksSchema.nullable().default(null),
  parameters: z.record(z.string(), z.union([z.number(), z.string()])).default({}),
  numbers: z.record(z.string(), z.number()).default({}),
  facts: factsSchema.nullable().default(null),
  roles: z.record(z.string(), z.string()).default({}),
  sections: z.object({ en: writtenSchema.optional(), fr: writtenSchema.optional() }).default({}),
  keyImages: z
    .array(
      z.object({
        sopInstanceUid: z.string(),
        frame: z.number().default(1),
        window: z.object({ center: z.number(), width: z.number() }).optional(),
        caption: z.string().optional(),
      }),
    )
    .default([]),
  measurements: storedMarksSchema.default([]),
  language: z.enum(["en", "fr"]).optional(),
});

const versionSchema = z.object({
  version: z.number(),
  savedAt: z.string(),
  author: z.object({ name: z.string() }),
  document: documentSchema,
});

/** What was saved, by whom and when. */
export interface SavedVersion {
  readonly version: number;
  readonly savedAt: string;
  readonly author: string;
  readonly draft: ReadingDraft;
}

const stateSchema = z.object({
  protocol: z.string(),
  status: z.enum(["new", "reading", "preliminary", "signed", "amended"]),
  version: z.number(),
  run: z
    .object({
      version: z.number(),
      analysisId: z.number(),
      state: z.string(),
      progress: z.number(),
      errorCode: z.string().nullable(),
      digest: z.string().nullable(),
    })
    .nullable(),
  preliminary: z.object({ version: z.number(), at: z.string(), by: z.string() }).nullable(),
  signing: z
    .object({
      state: z.string(),
      digest: z.string(),
      computedDigest: z.string().nullable(),
      errorCode: z.string().nullable(),
      progress: z.number(),
    })
    .nullable(),
  signature: z
    .object({
      version: z.number(),
      digest: z.string(),
      signedAt: z.string(),
      by: z.object({ name: z.string() }),
      organization: z.string().nullable(),
      editions: z.array(z.object({ edition: z.number() })),
    })
    .nullable(),
  addenda: z.array(
    z.object({
      edition: z.number(),
      text: z.string(),
      language: z.enum(["en", "fr"]),
      at: z.string(),
      by: z.object({ name: z.string() }),
    }),
  ),
});

/** How a reading stands. */
export type ReadingState = z.infer<typeof stateSchema>;

const priorSchema = z.object({
  studyInstanceUid: z.string(),
  studyDate: z.string().nullable(),
  digest: z.string(),
  isSigned: z.boolean(),
  days: z.number().nullable(),
  sameProtocolVersion: z.boolean(),
  sameParameters: z.boolean(),
  outputs: z.array(z.object({ id: z.string(), unit: z.string(), before: z.number(), now: z.number() })),
});

/** The last result of the same person by the same protocol. */
export type FoundPrior = z.infer<typeof priorSchema>;

/** The path of a reading. */
export function readingPath({ studyInstanceUid, protocolId }: ReadingPlace): string {
  return `api/studies/${studyInstanceUid}/readings/${protocolId}`;
}

/** The newest version of a document; nothing where nobody has saved one. @throws {ApiError} */
export async function readDocument(place: ReadingPlace): Promise<SavedVersion | undefined> {
  try {
    return savedOf(await requestJson(`${readingPath(place)}/document`));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** What became of a draft that was sent. */
export type SaveOutcome =
  | { readonly kind: "saved"; readonly version: SavedVersion }
  | { readonly kind: "stale"; readonly current: SavedVersion };

/**
 * Saves a draft on the version that it was made from; somebody else's newer one is given back, never written over.
 *
 * @param base absent for the first version
 * @throws {ApiError} `reading-signed`, `signing-under-way` and what the server finds wrong in it
 */
export async function saveDocument(
  place: ReadingPlace,
  draft: ReadingDraft,
  base: number | undefined,
): Promise<SaveOutcome> {
  const headers: Record<string, string> = base === undefined ? { "if-none-match": "*" } : { "if-match": `"${base}"` };
  const answer = await send(`${readingPath(place)}/document`, { method: "PUT", json: documentOf(draft), headers });
  if (answer.ok) return { kind: "saved", version: savedOf(await answer.json()) };
  if (answer.status === 412) {
    const current: unknown = Reflect.get(Object(await answer.json()), "current");
    return { kind: "stale", current: savedOf(current) };
  }
  throw await refusalOf(answer);
}

/** How a reading stands; nothing where nobody has saved one. @throws {ApiError} */
export async function readReading(place: ReadingPlace): Promise<ReadingState | undefined> {
  try {
    return stateSchema.parse(await requestJson(readingPath(place)));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}

/** Has a version measured by the server's worker. @throws {ApiError} */
export async function startRun(place: ReadingPlace, version: number): Promise<ReadingState> {
  return stateSchema.parse(await requestJson(`${readingPath(place)}/runs`, { method: "POST", json: { version } }));
}

/** Says that a version is ready to be signed. @throws {ApiError} `reading-not-run` */
export async function markPreliminary(place: ReadingPlace, version: number): Promise<ReadingState> {
  return stateSchema.parse(
    await requestJson(`${readingPath(place)}/preliminary`, { method: "POST", json: { version } }),
  );
}

/** What became of a signature: the two digests where they differ. */
export type SignOutcome =
  | { readonly kind: "signed"; readonly state: ReadingState }
  | { readonly kind: "differs"; readonly sentDigest: string; readonly computedDigest: string };

/** Signs a version with the digest that the page shows: the server computes it again. @throws {ApiError} */
export async function signReading(
  place: ReadingPlace,
  what: { readonly version: number; readonly digest: string },
): Promise<SignOutcome> {
  const answer = await send(`${readingPath(place)}/signatures`, {
    method: "POST",
    json: what,
    headers: { prefer: "wait=100" },
  });
  if (answer.ok) return { kind: "signed", state: stateSchema.parse(await answer.json()) };
  const problem: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined);
  const said = z
    .object({ code: z.literal("digest-differs"), computedDigest: z.string() })
    .safeParse(flattened(problem));
  if (said.success) return { kind: "differs", sentDigest: what.digest, computedDigest: said.data.computedDigest };
  throw await refusalOf(answer);
}

/** A problem with what its signing says, which is where the computed digest stands after waiting. */
function flattened(problem: unknown): unknown {
  const object = Object(problem);
  const signing: unknown = Reflect.get(object, "signing");
  return { ...Object(signing), ...object };
}

/** Adds to a signed report. @throws {ApiError} `reading-stale` where somebody else did meanwhile */
export async function addAddendum(
  place: ReadingPlace,
  addendum: { readonly text: string; readonly language: "en" | "fr"; readonly edition: number },
): Promise<ReadingState> {
  return stateSchema.parse(await requestJson(`${readingPath(place)}/addenda`, { method: "POST", json: addendum }));
}

/** What the result is compared with; nothing where there is no earlier one, or nothing was measured yet. @throws {ApiError} */
export async function readComparison(place: ReadingPlace): Promise<FoundPrior | undefined> {
  try {
    const answer = await requestJson(`${readingPath(place)}/comparison`);
    return z.object({ prior: priorSchema.nullable() }).parse(answer).prior ?? undefined;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 409 || error.status === 404)) return undefined;
    throw error;
  }
}

/** The address of a document of a reading. */
export function documentUrl(place: ReadingPlace, name: string, language?: string): string {
  const query = language === undefined ? "" : `?language=${language}`;
  return serverUrl(`${readingPath(place)}/${name}${query}`);
}

/** The address of a map of a reading's result. */
export function mapUrl(place: ReadingPlace, map: string, format: MapFormat): string {
  return serverUrl(`${readingPath(place)}/maps/${map}/${format}`);
}

/** Makes a link for somebody without an account. @throws {ApiError} */
export async function shareStudy(studyInstanceUid: string, expiresAt: string): Promise<string> {
  const json = { studies: [studyInstanceUid], expiresAt };
  return z.object({ url: z.string() }).parse(await requestJson("api/shares", { method: "POST", json })).url;
}

/** A draft as it is stored: `etalon.reading/1`. */
export function documentOf(draft: ReadingDraft): unknown {
  const { parameters, numbers, facts, roles, sections, keyImages, measurements, language } = draft;
  return {
    schema: "etalon.reading/1",
    marks: marksOfDraft(draft),
    ...{ parameters, numbers, roles, sections, keyImages, measurements },
    facts: facts.length === 0 ? null : { schema: "etalon.facts/1", facts },
    ...(language === undefined ? {} : { language }),
  };
}

/** A draft from its stored form. @throws {ZodError} for what is none */
export function draftOfDocument(value: unknown): ReadingDraft {
  const { schema: _schema, marks, facts, keyImages, sections, ...rest } = documentSchema.parse(value);
  const { en, fr } = sections;
  return {
    ...emptyDraft,
    ...rest,
    regions: marks === null ? null : marks.regions,
    facts: facts?.facts ?? [],
    sections: { ...(en === undefined ? {} : { en }), ...(fr === undefined ? {} : { fr }) },
    keyImages: keyImages.map(({ window, caption, ...image }) => ({
      ...image,
      ...(window === undefined ? {} : { window }),
      ...(caption === undefined ? {} : { caption }),
    })),
    language: rest.language,
  };
}

function savedOf(value: unknown): SavedVersion {
  const { version, savedAt, author, document } = versionSchema.parse(value);
  return { version, savedAt, author: author.name, draft: draftOfDocument(document) };
}
