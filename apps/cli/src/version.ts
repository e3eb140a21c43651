import manifest from "../package.json" with { type: "json" };

/** What computed a result: beside the digest, never in it. */
export function currentBuild(): { etalon: string; engine: string } {
  return { etalon: manifest.version, engine: `node ${process.versions.node}` };
}
