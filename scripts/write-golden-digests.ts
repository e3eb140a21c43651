import { existsSync, writeFileSync } from "node:fs";
import {
  computeGoldenDigests,
  goldenDigestsPath,
  judgeGoldenDigest,
  readGoldenDigests,
} from "../testing/src/golden-digests.ts";

/**
 * Records the digest of every protocol, and refuses where the same version of a protocol answers the same question
 * otherwise than it was recorded: then the protocol's version must be raised first.
 */
if (import.meta.main) {
  const recorded = existsSync(goldenDigestsPath) ? readGoldenDigests() : [];
  const computed = await computeGoldenDigests();
  const changed = computed.filter((each) => judgeGoldenDigest(each, recorded) === "changed");
  for (const { protocol, version } of changed) {
    console.error(`${protocol}: version ${version} answers otherwise than recorded; raise its version`);
  }
  if (changed.length > 0) process.exitCode = 1;
  else writeFileSync(goldenDigestsPath, `${JSON.stringify(computed, null, 2)}\n`);
}
