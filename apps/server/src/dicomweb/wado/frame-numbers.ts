import { EtalonError } from "@etalon/base";
import type { StoredInstance } from "../../archive/archive.ts";

/**
 * The frames of a URL, "1,3": numbers from 1 on, in the order asked, each once (PS3.18 section 10.4.1.1.3: "non duplicate").
 *
 * @throws EtalonError `request-malformed`; `instance-not-found` where the instance has fewer
 */
export function frameNumbers(list: unknown, instance: StoredInstance): readonly [number, ...number[]] {
  const text = String(list);
  if (!/^[1-9]\d{0,8}(,[1-9]\d{0,8})*$/.test(text)) {
    throw new EtalonError("request-malformed", {
      field: "frames",
      received: text.slice(0, 50),
      details: { expected: "a list of numbers from 1 on" },
    });
  }
  const [first = 1, ...others] = text.split(",").map(Number);
  const beyond = [first, ...others].find((number) => number > instance.numberOfFrames);
  if (beyond !== undefined) {
    throw new EtalonError("instance-not-found", { field: `frame ${beyond} of ${instance.sopInstanceUid}` });
  }
  if (new Set(others).add(first).size <= others.length) {
    throw new EtalonError("request-malformed", {
      field: "frames",
      received: text.slice(0, 50),
      details: { expected: "each number once" },
    });
  }
  return [first, ...others];
}
