import { type ErrorCode, EtalonError, errorTable } from "@etalon/base";
import { tagOfKeyword, transferSyntaxes } from "@etalon/dicom";
import { refusalOf } from "../apps/server/src/archive/ingest/refusal.ts";
import { indexedColumns } from "../apps/server/src/archive/search/indexed-columns.ts";
import { patientCounts } from "../apps/server/src/archive/search/patient-counts.ts";
import { attributesWhereKnown, requiredAttributes } from "../apps/server/src/archive/search/returned-attributes.ts";
import { matchedAttributes } from "../apps/server/src/archive/search/testing/search-cases.ts";
import { stowLimits } from "../apps/server/src/dicomweb/dicomweb-options.ts";
import { storedMediaType } from "../apps/server/src/dicomweb/media/stored-media-type.ts";
import { statusOf } from "../apps/server/src/dicomweb/problem.ts";
import { maxResults } from "../apps/server/src/dicomweb/qido/parse-qido.ts";
import { listedRoutes } from "../apps/server/src/dicomweb/testing/listed-routes.ts";
import { answerExtended } from "../apps/server/src/dimse/extended-negotiation.ts";
import type { Setting } from "../apps/server/src/setting.ts";
import { settings } from "../apps/server/src/settings.ts";
import { type ModelAttribute, worklistModel } from "../apps/server/src/worklist/worklist-model.ts";
import { usualLimits } from "../packages/dicom/src/network/association/limits.ts";
import { statusLabel } from "../packages/dicom/src/network/dimse/dimse-status.ts";
import { findSopClasses, moveSopClasses, storageSopClasses } from "../packages/dicom/src/network/sop-classes.ts";
import { isKeepableTransferSyntax } from "../packages/dicom/src/network/transfer-syntaxes.ts";
import { implementationClassUid, implementationVersionName } from "../packages/dicom/src/write-part10.ts";
import { offeredServices } from "./offered-services.ts";

/** The lines of each table of the statement that comes from the code, by the name in its markers. */
export async function conformanceStatementTables(): Promise<ReadonlyMap<string, readonly string[]>> {
  return new Map([
    ["identification", identification()],
    ["services", table(["SOP class", "UID", "SCU", "SCP"], offeredServices())],
    ["transfer-syntaxes", transferSyntaxTable()],
    ["extended-negotiation", extendedNegotiation()],
    ["query-keys", queryKeys()],
    ["worklist-keys", worklistKeys()],
    ["store-statuses", storeStatuses()],
    ["resources", await resources()],
    ["http-statuses", httpStatuses()],
    ["limits", limits()],
    ["settings", settingTable()],
    ["storage-classes", table(["UID", "storage SOP class"], [...storageSopClasses])],
  ]);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(columns), `|${"---|".repeat(columns.length)}`, ...rows.map(line)];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function identification(): readonly string[] {
  return table(
    ["item", "value"],
    [
      ["Application context", "1.2.840.10008.3.1.1.1"],
      ["Implementation Class UID", implementationClassUid],
      ["Implementation Version Name", implementationVersionName],
      ["Longest PDU that is taken", `${settings.ETALON_DIMSE_MAX_PDU.fallback} bytes (ETALON_DIMSE_MAX_PDU)`],
      [
        "Associations at once, as acceptor",
        `${settings.ETALON_DIMSE_MAX_ASSOCIATIONS.fallback} (ETALON_DIMSE_MAX_ASSOCIATIONS)`,
      ],
      ["ARTIM timer", `${usualLimits.artimTimeoutMs / 1000} s`],
      ["Silence of a peer whose turn it is", `${usualLimits.idleTimeoutMs / 1000} s, then A-ABORT`],
      ["Operations outstanding", "1: no asynchronous window is negotiated"],
    ],
  );
}

function transferSyntaxTable(): readonly string[] {
  const rows = Object.entries(transferSyntaxes).map(([uid, { name, refusal }]) => {
    const frames = storedMediaType(uid);
    return [
      name,
      uid,
      isKeepableTransferSyntax(uid) ? "yes" : "no",
      refusal === undefined ? "yes" : `no: ${refusal}`,
      frames === "application/octet-stream" ? "–" : frames,
    ];
  });
  return table(["transfer syntax", "UID", "taken, kept, given back", "decoded for others", "frames as stored"], rows);
}

/** Bytes of the application information (PS3.4 sections C.5.1.1 and C.5.2.1). */
const negotiable = [
  "relational queries; relational retrieval",
  "combined date and time matching",
  "fuzzy matching of names",
  "timezone query adjustment",
  "enhanced multi-frame conversion",
  "empty value matching",
  "multiple value matching",
] as const;

function extendedNegotiation(): readonly string[] {
  const asked = new Uint8Array(negotiable.length).fill(1);
  const find = answerExtended(findSopClasses["study-root"], asked);
  const move = answerExtended(moveSopClasses["study-root"], asked);
  const said = (answer: Uint8Array | undefined, at: number): string =>
    answer === undefined || at >= answer.length ? "–" : answer[at] === 1 ? "yes" : "no";
  // Of a retrieve the second byte is the conversion (PS3.4 table C.5-2).
  const ofRetrieve: Readonly<Record<number, number>> = { 0: 0, 4: 1 };
  return table(
    ["where asked for", "C-FIND", "C-MOVE, C-GET"],
    negotiable.map((name, at) => {
      const place = ofRetrieve[at];
      return [name, said(find, at), place === undefined ? "–" : said(move, place)];
    }),
  );
}

function queryKeys(): readonly string[] {
  const keywords = new Map(
    [
      ...matchedAttributes.map(({ rule }) => rule),
      ...Object.values(requiredAttributes).flat(),
      ...Object.values(attributesWhereKnown).flat(),
    ].map((keyword) => [tagOfKeyword(keyword) ?? keyword, keyword]),
  );
  const named = (tag: string): string => keywords.get(tag) ?? `(${tag.slice(0, 4)},${tag.slice(4)})`;
  const rows = (["study", "series", "instance"] as const).map((level) => [
    level === "instance" ? "IMAGE, instance" : level.toUpperCase(),
    [...indexedColumns].flatMap(([tag, { level: of }]) => (of === level ? [named(tag)] : [])).join(", "),
    requiredAttributes[level].join(", "),
    attributesWhereKnown[level].join(", "),
  ]);
  const counts = [...patientCounts.keys()].map(named).join(", ");
  return [
    ...table(["level", "matched by an index", "QIDO: always returned", "QIDO: returned where known"], rows),
    "",
    `PATIENT (Patient Root): attributes of group 0010 that are the patient's and not a study's, and ${counts}.`,
  ];
}

function worklistKeys(): readonly string[] {
  const row = (attribute: ModelAttribute, depth: number): readonly (readonly string[])[] => {
    const { keyword, tag, vr, items = [] } = attribute;
    const own = [`${"> ".repeat(depth)}${keyword}`, `(${tag.slice(0, 4)},${tag.slice(4)})`, vr];
    // Codes, references and entities have the same items everywhere; those of the step are the ones that are asked for.
    if (keyword !== "ScheduledProcedureStepSequence") {
      return [[...own, items.map((item) => item.keyword).join(", ")]];
    }
    return [[...own, ""], ...items.flatMap((item) => row(item, depth + 1))];
  };
  return table(
    ["attribute", "tag", "VR", "of its items"],
    worklistModel.flatMap((attribute) => row(attribute, 0)),
  );
}

async function resources(): Promise<readonly string[]> {
  const rows = (await listedRoutes()).map(({ method, path, summary, produces }) => [
    method,
    path,
    summary,
    produces.length === 0 ? "–" : produces.join(", "),
  ]);
  return table(["method", "resource", "what it does", "media types of the answer"], rows);
}

function errorOf(code: ErrorCode): EtalonError {
  return new EtalonError(code, { field: "", received: "", details: {} });
}

/** "Refused: …" by status as PS3.4 table B.2-1 and PS3.7 annex C word it. */
const meanings: Readonly<Record<string, string>> = {
  A700H: "Refused: out of resources",
  A900H: "Error: data set does not match SOP class",
  "0110H": "Processing failure",
  "0122H": "SOP class not supported",
};
/** What every refusal has that is not named. */
const cannotUnderstand = 0xc000;

function storeStatuses(): readonly string[] {
  const byStatus = new Map<string, ErrorCode[]>();
  for (const code of errorCodes()) {
    const outcome = refusalOf(errorOf(code), {});
    if (outcome.kind !== "refused" || outcome.failureReason === cannotUnderstand) continue;
    const label = statusLabel(outcome.failureReason);
    byStatus.set(label, [...(byStatus.get(label) ?? []), code]);
  }
  const rows = [...byStatus]
    .sort()
    .map(([label, codes]) => [label, meanings[label] ?? "", codes.map(quoted).join(", ")]);
  return table(
    ["status", "meaning", "error comment (code of the project)"],
    [
      ["0000H", "Success: bytes and index are synced to disk, or were there already", "–"],
      ...rows,
      [
        "C000H",
        "Error: cannot understand",
        "every other code, as `missing-attribute`, `uid-malformed`, `dicom-malformed`",
      ],
    ],
  );
}

function errorCodes(): readonly ErrorCode[] {
  // The table's own keys: Object.keys forgets their type.
  return Object.keys(errorTable).sort() as ErrorCode[];
}

function quoted(code: string): string {
  return `\`${code}\``;
}

function httpStatuses(): readonly string[] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorCodes()) {
    const status = statusOf(errorOf(code));
    if (status !== 500) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const rows = [...byStatus]
    .sort(([first], [second]) => first - second)
    .map(([status, codes]) => [String(status), codes.map(quoted).join(", ")]);
  return table(["status", "`code` of the problem document"], [...rows, ["500", "every other; no detail is told"]]);
}

function limits(): readonly string[] {
  const gibibytes = (bytes: number): string => `${bytes / 1024 ** 3} GiB`;
  return table(
    ["limit", "value"],
    [
      ["Bytes of one instance (STOW-RS)", gibibytes(stowLimits.maxInstanceBytes)],
      ["Bytes of one request (STOW-RS)", gibibytes(stowLimits.maxBodyBytes)],
      ["Instances of one request (STOW-RS)", String(stowLimits.maxInstances)],
      ["Silence of a client that sends (STOW-RS)", `${stowLimits.idleSeconds} s`],
      ["Matches of one answer (QIDO-RS)", String(maxResults)],
    ],
  );
}

function settingTable(): readonly string[] {
  const rows = Object.entries<Setting>(settings).map(([name, { expected, fallback, help }]) => [
    quoted(name),
    `\`${expected}\``,
    fallback,
    help.en,
  ]);
  return table(["variable", "what it may be", "default", "what it does"], rows);
}
