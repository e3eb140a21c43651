import type { AnyProtocol } from "@etalon/measure";
import { useEffect, useMemo, useRef, useState } from "react";
import { authorizationHeaders } from "../api/authorization.ts";
import { connection, useIsOnline } from "../api/connection.ts";
import { serverUrl } from "../api/server-url.ts";
import { marksOfDraft, type ReadingDraft } from "../marks/reading-draft.ts";
import { type Measuring, MeasuringError } from "../measuring/create-measuring.ts";
import type {
  ImageSource,
  Measured,
  MeasureRequest,
  MeasuringProgress,
  MeasuringRefusal,
} from "../measuring/measuring-messages.ts";
import { localFile } from "../picture/local-file.ts";
import type { PictureStack } from "../reading/picture-stacks.ts";
import type { RunState } from "./reading-context.ts";
import type { RoleMatching } from "./role-candidates.ts";

/** Milliseconds that measuring, where nobody asked for it, leaves to looking at the images, at most. */
const lookingMs = 15_000;

/** Milliseconds in which nobody needs to be told how far measuring is. */
const quietMs = 250;

/** What stands on the page. */
interface Standing {
  readonly draft: ReadingDraft;
  readonly roles: readonly RoleMatching[];
  readonly stacks: readonly PictureStack[];
}

interface Shown {
  readonly protocolId: string;
  readonly key: unknown;
  readonly measured: Measured | undefined;
  readonly refusal: MeasuringRefusal | undefined;
  readonly editMs: number | undefined;
}

/** Measures what stands on the page, again after each edit. */
export function useRun(
  measuring: Measuring,
  protocol: AnyProtocol | undefined,
  standing: Standing & {
    /** Settles when the images are there and nobody moves through them. */
    readonly whenLookedAt: () => Promise<void>;
  },
): RunState {
  const [shown, setShown] = useState<Shown>();
  const [progress, setProgress] = useState<MeasuringProgress>();
  const [asked, setAsked] = useState(0);
  const isOnline = useIsOnline();
  const { whenLookedAt } = standing;
  const request = useRequest(protocol, standing);
  // What proposes lesions is measured at once; the others when somebody asks, then after each edit.
  const isWanted = request !== undefined && (asked > 0 || protocol?.locate !== undefined);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again, and when the server is back, it begins anew.
  useEffect(() => {
    if (!isWanted || request === undefined) return;
    let isOver = false;
    const isUnasked = isFirst.current && asked === 0;
    const run = async (): Promise<void> => {
      if (isUnasked) await Promise.race([whenLookedAt(), passed(lookingMs)]);
      if (isOver) return;
      const began = performance.now();
      isFirst.current = false;
      try {
        const tell = (now: MeasuringProgress): void =>
          isOver || performance.now() - began < quietMs ? undefined : setProgress(now);
        const measured = await measuring.measure(request, tell);
        if (isOver || measured === "superseded") return;
        const editMs = performance.now() - began;
        setShown({ protocolId: request.protocolId, key: request, measured, refusal: undefined, editMs });
      } catch (error) {
        if (isOver) return;
        const refusal = error instanceof MeasuringError ? error.refusal : unknownRefusal(error);
        if (refusal.code === "offline") connection.lost();
        setShown((before) => ({
          ...{ protocolId: request.protocolId, key: request, refusal, editMs: undefined },
          measured: before?.protocolId === request.protocolId ? before.measured : undefined,
        }));
      }
      setProgress(undefined);
    };
    // At once: the worker measures while the page is drawn.
    run();
    return () => {
      isOver = true;
    };
  }, [measuring, request, isWanted, asked, isOnline]);
  const own = shown?.protocolId === protocol?.id ? shown : undefined;
  return {
    measured: own?.measured,
    isCurrent: own?.key === request && own?.refusal === undefined && own?.measured !== undefined,
    progress,
    refusal: own?.key === request ? own?.refusal : undefined,
    editMs: own?.editMs,
    start: () => setAsked((count) => count + 1),
    cancel: () => {
      measuring.cancel();
      setProgress(undefined);
      setAsked(0);
    },
  };
}

/** What is asked of the worker; nothing where no series plays a role. */
function useRequest(protocol: AnyProtocol | undefined, { draft, roles, stacks }: Standing): MeasureRequest | undefined {
  const { regions, parameters, numbers, roles: choices } = draft;
  const sources = useSources(roles, stacks);
  return useMemo(
    (): MeasureRequest | undefined =>
      protocol === undefined || sources.length === 0
        ? undefined
        : {
            protocolId: protocol.id,
            sources,
            marks: marksOfDraft({ regions }),
            overrides: parameters,
            numbers,
            roleChoices: choices,
          },
    [protocol, sources, regions, parameters, numbers, choices],
  );
}

/** All objects of the series that play the roles: the runner chooses among them as anywhere else. */
function useSources(roles: readonly RoleMatching[], stacks: readonly PictureStack[]): readonly ImageSource[] {
  const series = roles.flatMap((role) => role.series).join(" ");
  return useMemo(() => {
    const wanted = new Set(series.split(" "));
    const found = new Map<string, ImageSource>();
    for (const { pictures, seriesInstanceUid } of stacks) {
      if (!wanted.has(seriesInstanceUid)) continue;
      for (const { header, path } of pictures) {
        const from = localFile(header.sopInstanceUid) ?? serverUrl(path.replace(/\/frames\/\d+$/, ""));
        found.set(header.sopInstanceUid, { path: header.sopInstanceUid, from, headers: authorizationHeaders() });
      }
    }
    return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }, [series, stacks]);
}

function passed(ms: number): Promise<void> {
  return new Promise((settle) => setTimeout(settle, ms));
}

function unknownRefusal(error: unknown): MeasuringRefusal {
  const said = error instanceof Error ? error.message : String(error);
  return { code: "failed", field: "", message: { en: said, fr: said } };
}
