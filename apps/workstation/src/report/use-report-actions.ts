import { useState } from "react";
import { addAddendum, markPreliminary, signReading } from "../api/readings.ts";
import type { Reading } from "../panel/reading-context.ts";
import { runOnServer } from "./run-on-server.ts";

/** What is done with a report, and what came of it. */
export interface ReportActions {
  readonly working: "preliminary" | "sign" | "addendum" | undefined;
  /** Why the last one came to nothing. */
  readonly error: unknown;
  /** What the server computed, where it is not what the page shows. */
  readonly otherDigest: string | undefined;
  readonly savePreliminary: () => Promise<void>;
  /** Whether it is signed now. */
  readonly sign: () => Promise<boolean>;
  readonly addend: (text: string) => Promise<void>;
}

/** Saving as preliminary, signing, adding. */
export function useReportActions(reading: Reading, language: "en" | "fr"): ReportActions {
  const [working, setWorking] = useState<ReportActions["working"]>();
  const [error, setError] = useState<unknown>();
  const [otherDigest, setOtherDigest] = useState<string>();
  const { sync } = reading;
  const digest = reading.run.measured?.result.digest ?? "";
  const during = async (what: NonNullable<ReportActions["working"]>, act: () => Promise<void>): Promise<void> => {
    setWorking(what);
    setError(undefined);
    setOtherDigest(undefined);
    try {
      await act();
    } catch (cause) {
      setError(cause);
    } finally {
      setWorking(undefined);
    }
  };
  return {
    ...{ working, error, otherDigest },
    savePreliminary: () =>
      during("preliminary", async () => {
        const version = await sync.flush();
        const ran = await runOnServer(sync.place, version);
        sync.setState(ran);
        if (ran.run?.digest !== digest) setOtherDigest(ran.run?.digest ?? "");
        sync.setState(await markPreliminary(sync.place, version));
      }),
    sign: async () => {
      let isSigned = false;
      await during("sign", async () => {
        const version = await sync.flush();
        const outcome = await signReading(sync.place, { version, digest });
        if (outcome.kind === "differs") setOtherDigest(outcome.computedDigest);
        else {
          sync.setState(outcome.state);
          isSigned = true;
        }
      });
      return isSigned;
    },
    addend: (text) =>
      during("addendum", async () => {
        const edition = sync.state?.signature?.editions.at(-1)?.edition ?? 1;
        sync.setState(await addAddendum(sync.place, { text, language, edition }));
      }),
  };
}
