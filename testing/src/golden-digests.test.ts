import { catalog } from "@etalon/measure";
import { expect, test } from "vitest";
import { computeGoldenDigests, type GoldenDigest, judgeGoldenDigest, readGoldenDigests } from "./golden-digests.ts";

const recorded: GoldenDigest = { protocol: "a/b", version: "1.0.0", askedSha256: "asked", digest: "before" };

test("another answer to the same question under the same version is a change", () => {
  expect(judgeGoldenDigest(recorded, [recorded])).toBe("same");
  expect(judgeGoldenDigest({ ...recorded, digest: "after" }, [recorded])).toBe("changed");
  expect(judgeGoldenDigest({ ...recorded, digest: "after", version: "1.1.0" }, [recorded])).toBe("new");
  expect(judgeGoldenDigest({ ...recorded, digest: "after", askedSha256: "other" }, [recorded])).toBe("new");
});

/** "changed": raise the protocol's version. "new": record it by `npm run golden`. */
test("every protocol answers as it did when its digest was recorded", async () => {
  const computed = await computeGoldenDigests();
  expect(computed.map(({ protocol }) => protocol).sort()).toEqual(catalog.map(({ id }) => id).sort());
  const golden = readGoldenDigests();
  const verdicts = computed.map((each) => `${each.protocol} ${each.version}: ${judgeGoldenDigest(each, golden)}`);
  expect(verdicts).toEqual(computed.map((each) => `${each.protocol} ${each.version}: same`));
});
