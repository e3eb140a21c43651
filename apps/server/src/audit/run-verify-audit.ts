import { EtalonError, type Language } from "@etalon/base";
import { withArchivePlace } from "../backup/open-archive-place.ts";
import type { Command } from "../host.ts";
import { type AuditAnchor, type AuditFault, verifyAudit } from "./verify-audit.ts";

/** `etalon verify-audit [position:hash …]`, also beside a running server: walks the chain, and looks up anchors kept elsewhere. */
export const runVerifyAudit: Command = async (argv, { host, language }) => {
  const anchors = argv.map(readAnchor);
  const verdict = await withArchivePlace(host, true, ({ database }) => verifyAudit(database, anchors));
  const head = `${verdict.head.position}:${verdict.head.hash}`;
  for (const fault of verdict.faults) host.out(`${faultText(fault, language)}\n`);
  if (verdict.isWhole) {
    host.out(
      language === "fr"
        ? `Le journal d'audit est entier : ${verdict.events} événements, jusqu'à ${head}\n`
        : `The audit log is whole: ${verdict.events} events, up to ${head}\n`,
    );
  }
  return verdict.isWhole ? 0 : 4;
};

const words = {
  en: { changed: "changed", removed: "removed", inserted: "inserted" },
  fr: { changed: "modifiée", removed: "supprimée", inserted: "insérée" },
} as const;

function faultText({ kind, position, lastPosition }: AuditFault, language: Language): string {
  const which = lastPosition === undefined ? String(position) : `${position}–${lastPosition}`;
  return language === "fr" ? `ligne ${which} : ${words.fr[kind]}` : `row ${which}: ${words.en[kind]}`;
}

/** @throws {EtalonError} `unexpected-argument` */
function readAnchor(text: string): AuditAnchor {
  const [, position, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (position !== undefined && hash !== undefined) return { position: Number(position), hash };
  throw new EtalonError("unexpected-argument", { field: "verify-audit position:hash", received: text });
}
