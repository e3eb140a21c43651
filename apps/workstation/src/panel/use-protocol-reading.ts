import type { GivenFact } from "@etalon/decide";
import { type AnyProtocol, catalog } from "@etalon/measure";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { emptyDraft, type ReadingDraft } from "../marks/reading-draft.ts";
import type { Measured } from "../measuring/measuring-messages.ts";
import { startMeasuring } from "../measuring/start-measuring.ts";
import type { PictureStack } from "../reading/picture-stacks.ts";
import type { Room } from "../reading/room-context.ts";
import { type RoomStore, whenStill } from "../reading/room-store.ts";
import type { StudyMarks } from "../reading/use-marks.ts";
import { useKeyPictures } from "../report/use-key-pictures.ts";
import { useReadingSync } from "../report/use-reading-sync.ts";
import { whenAllLoaded } from "../viewport/picture-store.ts";
import { type LesionMap, lesionMapOf } from "./calcium/lesion-map.ts";
import type { DrawnAs } from "./contours/contour-regions.ts";
import type { ContourTooling, LesionTool, LesionTooling, Reading } from "./reading-context.ts";
import { fitsStudy, matchRoles } from "./role-candidates.ts";
import { useDocuments } from "./use-documents.ts";
import { useRun } from "./use-run.ts";

/** Radius that the brush begins with, mm: a small lesion is covered by one touch. */
const firstRadiusMm = 2.5;

/** Milliseconds after the first image in which the others have been asked for. */
const settleMs = 1000;

/** Milliseconds without a change after which nobody moves through the images. */
const stillMs = 800;

/** Settles when the images are there and nobody moves through them: looking comes before measuring. */
async function lookedAt(store: RoomStore): Promise<void> {
  await whenStill(store, settleMs);
  await whenAllLoaded();
  await whenStill(store, stillMs);
}

const noStacks: readonly PictureStack[] = [];

/** The protocol at work on a study, after its first image; nothing where none fits it. */
export function useProtocolReading(
  studyInstanceUid: string,
  { stacks: all, marks, hasShown, store }: Room,
): Reading | undefined {
  const stacks = hasShown ? all : noStacks;
  const [measuring] = useState(startMeasuring);
  useEffect(() => measuring.cancel, [measuring]);
  const fitting = useMemo(() => catalog.filter((one) => fitsStudy(one, stacks)), [stacks]);
  const [chosenId, chooseProtocol] = useState<string>();
  const protocol: AnyProtocol | undefined =
    fitting.find(({ id }) => id === chosenId) ?? fitting.find(({ locate }) => locate !== undefined) ?? fitting[0];
  const draft = (protocol === undefined ? undefined : marks.log.readings[protocol.id]) ?? emptyDraft;
  const roles = useMemo(
    () => (protocol === undefined ? [] : matchRoles(protocol, stacks, draft.roles)),
    [protocol, stacks, draft.roles],
  );
  const whenLookedAt = useCallback(() => lookedAt(store), [store]);
  const run = useRun(measuring, protocol, { draft, roles, stacks, whenLookedAt });
  const { measured } = run;
  const map = useLesionMap(measured);
  const [sensitiveFacts, setSensitiveFacts] = useState<readonly GivenFact[]>([]);
  const lesions = useLesionTooling();
  const contours = useContourTooling(protocol?.id);
  const protocolId = protocol?.id;
  const place = useMemo(
    () => (protocolId === undefined ? undefined : { studyInstanceUid, protocolId }),
    [studyInstanceUid, protocolId],
  );
  const sync = useReadingSync(place, marks);
  const pictures = useKeyPictures(draft.keyImages, stacks);
  const documents = useDocuments(measuring, measured, { draft, sensitiveFacts, state: sync?.state, pictures });
  const isLocked = sync?.state?.signature !== null && sync?.state?.signature !== undefined;
  const edit = useEdit({ protocolId, draft, marks, isLocked });
  if (protocol === undefined || sync === undefined) return undefined;
  return {
    ...{ fitting, protocol, chooseProtocol, roles, draft, run, map, lesions, contours, documents },
    ...{ sensitiveFacts, setSensitiveFacts, sync, isLocked, edit, makeMap: measuring.map },
  };
}

/** Where the lesions of the last result lie: what an edit did not move is taken over from the result before. */
function useLesionMap(measured: Measured | undefined): LesionMap | undefined {
  const before = useRef<LesionMap>(undefined);
  return useMemo(() => {
    if (measured === undefined || measured.located === null) return undefined;
    before.current = lesionMapOf(measured.located, measured.result.candidates, before.current);
    return before.current;
  }, [measured]);
}

/** Changes what stands on the page now; the same function at each render, so that nothing is drawn anew for it. */
function useEdit(standing: {
  readonly protocolId: string | undefined;
  readonly draft: ReadingDraft;
  readonly marks: StudyMarks;
  readonly isLocked: boolean;
}): Reading["edit"] {
  const now = useRef(standing);
  now.current = standing;
  return useCallback((change, field) => {
    const { protocolId, draft, marks, isLocked } = now.current;
    if (isLocked || protocolId === undefined) return;
    marks.run({
      kind: "reading",
      protocolId,
      before: marks.log.readings[protocolId],
      after: { ...draft, ...change },
      ...(field === undefined ? {} : { field }),
    });
  }, []);
}

/** What was chosen belongs to one protocol. */
function useContourTooling(protocolId: string | undefined): ContourTooling {
  const [chosen, setChosen] = useState<{ readonly protocolId: string | undefined; readonly drawing?: DrawnAs }>();
  const [selected, select] = useState<string>();
  const draw = (drawing: DrawnAs | undefined): void => setChosen({ protocolId, ...(drawing && { drawing }) });
  return { drawing: chosen?.protocolId === protocolId ? chosen?.drawing : undefined, draw, selected, select };
}

function useLesionTooling(): LesionTooling {
  const [tool, setTool] = useState<LesionTool>("assign");
  const [artery, setArtery] = useState("LAD");
  const [radiusMm, setRadiusMm] = useState(firstRadiusMm);
  const [selected, select] = useState<number>();
  return { tool, setTool, artery, setArtery, radiusMm, setRadiusMm, selected, select };
}
