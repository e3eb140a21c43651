import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { ApiError } from "../api/api-error.ts";
import { useIsOnline } from "../api/connection.ts";
import {
  type ReadingPlace,
  type ReadingState,
  readDocument,
  readReading,
  type SavedVersion,
  saveDocument,
} from "../api/readings.ts";
import { emptyDraft, measurementsOnly, type ReadingDraft } from "../marks/reading-draft.ts";
import type { StudyMarks } from "../reading/use-marks.ts";
import { forgetDraft, keepDraft, keptDraft } from "./local-drafts.ts";

/** Milliseconds after the last change until a draft is sent. */
const saveAfterMs = 900;

/** Where a draft stands: on the server, on its way, only in this browser, against somebody else's. */
export type SaveState = "opening" | "saved" | "waiting" | "saving" | "here" | "refused" | "stale";

/** Two versions of a reading, and what both were made from. */
export interface Conflict {
  readonly current: SavedVersion;
  readonly base: ReadingDraft;
}

/** A draft and its versions on the server. */
export interface ReadingSync {
  readonly place: ReadingPlace;
  /** As it stands on the page. */
  readonly draft: ReadingDraft;
  readonly saveState: SaveState;
  /** Why the server did not take it. */
  readonly refusal: unknown;
  /** The reading as the server knows it. */
  readonly state: ReadingState | undefined;
  readonly setState: (state: ReadingState) => void;
  readonly conflict: Conflict | undefined;
  /** Goes on with this draft in place of both. */
  readonly resolve: (draft: ReadingDraft) => void;
  /** Saves what is not saved yet; the version that holds it. @throws {ApiError} */
  readonly flush: () => Promise<number>;
}

interface Base {
  readonly place: ReadingPlace;
  readonly version: number | undefined;
  readonly draft: ReadingDraft;
}

/** Loads a reading's document, saves it by itself, never over somebody else's, and keeps it here while the server is away. */
export function useReadingSync(place: ReadingPlace | undefined, marks: StudyMarks): ReadingSync | undefined {
  const [conflict, setConflict] = useState<Conflict>();
  const isOnline = useIsOnline();
  const draft = place === undefined ? undefined : marks.log.readings[place.protocolId];
  const { base, setBase, error } = useOpening(place, { marks, setConflict });
  const isDirty = base !== undefined && draft !== undefined && draft !== base.draft;
  const { state, setState, askState } = useReadingState(place);
  const isLocked = state?.signature !== null && state?.signature !== undefined;
  const savedVersion = base?.version;
  useEffect(() => {
    if (savedVersion !== undefined && savedVersion !== state?.version) askState();
  }, [savedVersion, state?.version, askState]);
  const saving = useSaving({ place, base, draft, isDirty, setBase, setConflict });
  const flushNow = useEffectEvent(() => {
    saving.flush().catch(() => {});
  });
  useEffect(() => {
    if (place === undefined || base === undefined || draft === undefined) return;
    if (!isDirty) {
      if (conflict === undefined) forgetDraft(place);
      return;
    }
    keepDraft(place, { draft, base: base.version });
    if (!isOnline || isLocked || conflict !== undefined) return;
    const timer = setTimeout(flushNow, saveAfterMs);
    return () => clearTimeout(timer);
  }, [place, draft, base, isDirty, isOnline, conflict, isLocked]);
  if (place === undefined) return undefined;
  return {
    ...{
      place,
      draft: draft ?? emptyDraft,
      state,
      setState,
      conflict,
      flush: saving.flush,
      refusal: saving.refusal ?? error,
    },
    saveState: saveStateOf({ isOpen: base !== undefined, conflict, phase: saving.phase, isDirty, isAway: !isOnline }),
    resolve: (chosen) => {
      if (conflict === undefined) return;
      setBase({ place, version: conflict.current.version, draft: conflict.current.draft });
      marks.run({ kind: "reading", protocolId: place.protocolId, before: draft, after: chosen });
      setConflict(undefined);
    },
  };
}

function saveStateOf(now: {
  readonly isOpen: boolean;
  readonly conflict: Conflict | undefined;
  readonly phase: Phase;
  readonly isDirty: boolean;
  readonly isAway: boolean;
}): SaveState {
  if (!now.isOpen) return "opening";
  if (now.conflict !== undefined) return "stale";
  if (now.phase === "saving") return "saving";
  if (!now.isDirty) return "saved";
  if (now.phase === "refused") return "refused";
  return now.isAway ? "here" : "waiting";
}

/** Reads what the server has and what this browser kept, once for each reading. */
function useOpening(
  place: ReadingPlace | undefined,
  {
    marks,
    setConflict,
  }: {
    readonly marks: StudyMarks;
    readonly setConflict: (conflict: Conflict) => void;
  },
): { readonly base: Base | undefined; readonly setBase: (base: Base) => void; readonly error: unknown } {
  const [base, setBase] = useState<Base>();
  const [error, setError] = useState<unknown>();
  const isOnline = useIsOnline();
  const own = base?.place.protocolId === place?.protocolId ? base : undefined;
  const opened = useEffectEvent((at: ReadingPlace, saved: SavedVersion | undefined) => {
    const kept = keptDraft(at);
    const server = saved?.draft ?? emptyDraft;
    setBase({ place: at, version: saved?.version, draft: server });
    const drawn = marks.log.readings[at.protocolId];
    marks.load(at.protocolId, drawn ?? kept?.draft ?? server);
    // What was kept was made from a version that is no longer the newest: somebody has to decide.
    if (drawn === undefined && kept !== undefined && saved !== undefined && kept.base !== saved.version) {
      setConflict({ current: saved, base: emptyDraft });
    }
  });
  const isOpen = own !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried again when the server is back.
  useEffect(() => {
    if (place === undefined || isOpen) return;
    let isOver = false;
    readDocument(place).then(
      (saved) => {
        if (isOver) return;
        setError(undefined);
        opened(place, saved);
      },
      (cause: unknown) => isOver || setError(cause),
    );
    return () => {
      isOver = true;
    };
  }, [place, isOpen, isOnline]);
  return { base: own, setBase, error };
}

type Phase = "idle" | "saving" | "refused";

interface Saving {
  readonly phase: Phase;
  readonly refusal: unknown;
  readonly flush: () => Promise<number>;
}

/** Sends a draft, one version after the other. */
function useSaving(now: {
  readonly place: ReadingPlace | undefined;
  readonly base: Base | undefined;
  readonly draft: ReadingDraft | undefined;
  readonly isDirty: boolean;
  readonly setBase: (base: Base) => void;
  readonly setConflict: (conflict: Conflict) => void;
}): Saving {
  const [phase, setPhase] = useState<Phase>("idle");
  const [refusal, setRefusal] = useState<unknown>();
  const latest = useRef(now);
  latest.current = now;
  const going = useRef<Promise<number>>(undefined);
  const send = async (): Promise<number> => {
    await going.current?.catch(() => {});
    const { place, base, draft, isDirty, setBase, setConflict } = latest.current;
    if (place === undefined || base === undefined || draft === undefined) throw new ApiError(0, "offline", "");
    if (!isDirty && base.version !== undefined) return base.version;
    setPhase("saving");
    try {
      const outcome = await saveDocument(place, draft, base.version);
      if (outcome.kind === "stale") {
        setConflict({ current: outcome.current, base: base.draft });
        throw new ApiError(412, "reading-stale", "");
      }
      latest.current = { ...latest.current, base: { place, version: outcome.version.version, draft } };
      setBase({ place, version: outcome.version.version, draft });
      setPhase("idle");
      setRefusal(undefined);
      return outcome.version.version;
    } catch (error) {
      const isRefused = error instanceof ApiError && error.status !== 0 && error.status !== 412;
      setPhase(isRefused ? "refused" : "idle");
      if (isRefused) setRefusal(error);
      throw error;
    }
  };
  return {
    phase,
    refusal,
    flush: () => {
      const next = send();
      going.current = next;
      return next;
    },
  };
}

function useReadingState(place: ReadingPlace | undefined): {
  readonly state: ReadingState | undefined;
  readonly setState: (state: ReadingState) => void;
  readonly askState: () => void;
} {
  const queries = useQueryClient();
  const key = ["reading", place?.studyInstanceUid, place?.protocolId];
  const { data } = useQuery({
    queryKey: key,
    queryFn: async () => (place === undefined ? null : ((await readReading(place)) ?? null)),
    // What no protocol measures is neither measured by the server nor signed.
    enabled: place !== undefined && place.protocolId !== measurementsOnly,
  });
  const keyText = key.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made anew each time.
  const askState = useCallback(() => {
    queries.invalidateQueries({ queryKey: key });
  }, [queries, keyText]);
  return { state: data ?? undefined, setState: (state) => queries.setQueryData(key, state), askState };
}
