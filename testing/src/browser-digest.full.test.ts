import { join } from "node:path";
import { expect, test } from "vitest";
import { elementaryDigest } from "./elementary-digest.ts";
import { callInChromium, hasChromium } from "./in-chromium.ts";
import { describeWithPeer } from "./peer-program.ts";

describeWithPeer("Chromium computes what Node computes", { name: "chromium", isPresent: hasChromium() }, () => {
  test("the elementary functions, to the last bit", async () => {
    const module = join(import.meta.dirname, "elementary-digest.ts");
    expect(await callInChromium(module, "elementaryDigest")).toBe(elementaryDigest());
  });
});
