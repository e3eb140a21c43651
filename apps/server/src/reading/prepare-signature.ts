import { decide, catalog as packs, packsForProtocol, parseFacts } from "@etalon/decide";
import type { AccessScope } from "../archive/access-scope.ts";
import type { MeasuringOutcome } from "../jobs/process/measuring-messages.ts";
import type { AnalysisToRun } from "../jobs/read-task.ts";
import type { PreparedAnswer } from "../jobs/run-job.ts";
import type { NumberedMap } from "../results/result-maps.ts";
import type { DocumentMaker } from "./documents/document-pool.ts";
import type { DocumentSource } from "./documents/document-source.ts";
import { drawKeyImages, type PicturePlace } from "./documents/draw-key-images.ts";
import { mapFileKind } from "./documents/file-kinds.ts";
import { withContext } from "./draft-source.ts";
import { comparePrior, priorReferenceSchema } from "./find-prior.ts";
import { readVersion } from "./find-versions.ts";
import { keepEdition, signedFiles } from "./keep-edition.ts";
import { localInstant } from "./local-instant.ts";
import { noteReading } from "./note-reading.ts";
import { type PublishingPlace, publishFiles } from "./publish-files.ts";
import { tellReadingRow } from "./reading-event.ts";
import type { ReadingPlace } from "./reading-place.ts";
import { knownFacts } from "./reading-verdicts.ts";
import { writeMaterial } from "./signed-material.ts";

/** What a worker signs with. */
export interface SigningWork extends ReadingPlace, PicturePlace, Pick<PublishingPlace, "log"> {
  readonly documents: DocumentMaker;
  /** The hospital or practice that stands beside a signature. */
  readonly organization: string | undefined;
  /** Of a report whose document names none. */
  readonly language: "en" | "fr";
}

type Done = Extract<MeasuringOutcome, { kind: "done" }>;
type SigningRow = Awaited<ReturnType<typeof readSigning>>;

/**
 * A signature, as far as it goes before it is kept: the result has the digest that the signer saw, and its documents are made.
 * Everything is kept in the transaction that ends the analysis; the objects go among the study's instances after.
 *
 * @throws {EtalonError} as `drawKeyImages`, `DocumentMaker.make`
 */
export async function prepareSignature(
  place: SigningWork,
  analysis: AnalysisToRun,
  outcome: Done,
): Promise<PreparedAnswer> {
  const signing = await readSigning(place, analysis.id);
  const { result } = outcome;
  const refuse = (errorCode: string): Promise<PreparedAnswer> =>
    refuseSigning(place, { analysis, outcome: { kind: "refused", errorCode }, computedDigest: result.digest });
  if (result.digest !== signing.digest.toString("hex")) return refuse("digest-differs");
  if (result.provisional) return refuse("result-provisional");
  if (signing.status === "signed" || signing.status === "amended") return refuse("reading-signed");
  const signedAt = place.clock();
  const { source, language } = await gatherSource(place, { analysis, outcome, signing, signedAt });
  const maps = quantitiesOf(outcome);
  const mapFiles = maps.map(({ map }) => ({ kind: mapFileKind(map.id), language }));
  const curveFiles = (source.curves ?? []).length === 0 ? [] : [{ kind: "curves.csv" as const, language }];
  const wanted = [...signedFiles(language), ...curveFiles, ...mapFiles];
  const files = await place.documents.make({ source, wanted, maps });
  const report = files.find(({ kind }) => kind === "report.sr.dcm")?.object ?? null;
  const edition = {
    ...{ readingId: signing.reading_id, edition: 1, version: signing.version, digest: signing.digest },
    ...{ addendum: null, language, signedAt, files },
    signedBy: signing.signed_by,
    signerName: signing.signer_name,
    organization: place.organization ?? null,
    material: writeMaterial(source, report),
    segmentation: segmentationOf(outcome),
  };
  return {
    outcome,
    keep: async (transaction) => {
      await keepEdition(transaction, edition);
      await transaction
        .updateTable("reading")
        .set({
          status: "signed",
          changed_at: signedAt,
          changed_by: signing.signed_by,
          changed_by_name: signing.signer_name,
        })
        .where("id", "=", signing.reading_id)
        .execute();
      await transaction
        .updateTable("signing")
        .set({ computed_digest: signing.digest })
        .where("analysis_id", "=", analysis.id)
        .execute();
      await tellReadingRow(transaction, signing.reading_id, { change: "signed", by: signing.signed_by });
      const scope = scopeOf(signing);
      await noteReading(transaction, { audit: place.audit, scope }, { action: "sign", readingId: signing.reading_id });
    },
    after: () => publishFiles(place),
  };
}

/** An attempt to sign that came to nothing, or is made again: who waits is told, and what was refused is written down. */
export async function refuseSigning(
  place: SigningWork,
  {
    analysis,
    outcome,
    computedDigest,
  }: {
    readonly analysis: AnalysisToRun;
    readonly outcome: Exclude<MeasuringOutcome, { kind: "done" }>;
    readonly computedDigest?: string;
  },
): Promise<PreparedAnswer> {
  const signing = await readSigning(place, analysis.id);
  const { reading_id: readingId } = signing;
  return {
    outcome,
    keep: async (transaction) => {
      if (computedDigest !== undefined) {
        await transaction
          .updateTable("signing")
          .set({ computed_digest: Buffer.from(computedDigest, "hex") })
          .where("analysis_id", "=", analysis.id)
          .execute();
      }
      await tellReadingRow(transaction, readingId, { change: "signing", by: signing.signed_by });
      if (outcome.kind === "broken") return;
      const refused = { action: "sign", readingId, outcome: "refused", error: outcome.errorCode } as const;
      await noteReading(transaction, { audit: place.audit, scope: scopeOf(signing) }, refused);
    },
  };
}

async function readSigning({ database }: SigningWork, analysisId: number) {
  return database
    .selectFrom("signing")
    .innerJoin("reading", "reading.id", "signing.reading_id")
    .innerJoin("study", "study.id", "reading.study_id")
    .select([
      ...(["signing.reading_id", "signing.version", "signing.digest", "signed_by", "signer_name", "prior"] as const),
      ...(["reading.status", "reading.site_id", "reading.study_id", "study_instance_uid"] as const),
    ])
    .where("signing.analysis_id", "=", analysisId)
    .executeTakeFirstOrThrow();
}

/** The signer's own act, which a worker carries out. */
function scopeOf({ site_id: siteId, signed_by: actor }: SigningRow): AccessScope {
  return { siteId, actor, purpose: "sign" };
}

async function gatherSource(
  place: SigningWork,
  {
    analysis,
    outcome,
    signing,
    signedAt,
  }: {
    readonly analysis: AnalysisToRun;
    readonly outcome: Done;
    readonly signing: SigningRow;
    readonly signedAt: Date;
  },
): Promise<{ readonly source: DocumentSource; readonly language: "en" | "fr" }> {
  const { result } = outcome;
  const material = await withContext(place.database, signing.study_id, outcome.material);
  const { facts } = analysis.task.request;
  const { document } = await readVersion(place.database, signing.reading_id, signing.version);
  const reference = priorReferenceSchema.nullable().parse(signing.prior);
  const prior =
    reference === null
      ? null
      : await comparePrior(place.database, { siteId: signing.site_id, prior: reference }, result);
  const given = facts === null ? new Map() : parseFacts(facts);
  const known = knownFacts(given, { result, context: material.context, prior });
  const of = { scope: scopeOf(signing), studyInstanceUid: signing.study_instance_uid };
  const at = localInstant(signedAt);
  const { organization } = place;
  return {
    language: document.language ?? place.language,
    source: {
      ...material,
      ...{
        result,
        verdicts: decide(packs, known, packsForProtocol(result.protocol.id, known)),
        sections: document.sections,
        addenda: [],
        predecessor: null,
      },
      pictures: await drawKeyImages(place, of, document.keyImages),
      prior,
      signature: { name: signing.signer_name, at, ...(organization === undefined ? {} : { organization }) },
      createdAt: at,
    },
  };
}

function quantitiesOf({ maps, material }: Done): readonly NumberedMap[] {
  if (material.sources.length === 0) return [];
  return maps.map((map, at) => ({ map, number: at + 1 })).filter(({ map }) => map.isQuantity);
}

function segmentationOf({ segmentation: bytes, material }: Done) {
  const { segmentation } = material;
  if (bytes === null || segmentation === null) return null;
  return { bytes, sopInstanceUid: segmentation.sopInstanceUid };
}
