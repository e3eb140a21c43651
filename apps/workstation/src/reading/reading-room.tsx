import { Alert } from "@mantine/core";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useAnalysisEvents } from "../api/use-analysis-events.ts";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import { LateLoader } from "../app/late-loader.tsx";
import { removeEarlyPicture } from "../early/remove-early-picture.ts";
import { stepLesion } from "../panel/calcium/jump-to-lesion.ts";
import { runLesionAction } from "../panel/calcium/lesion-actions.ts";
import { ReadingContext } from "../panel/reading-context.ts";
import { useProtocolReading } from "../panel/use-protocol-reading.ts";
import { ConflictDialog } from "../report/conflict-dialog.tsx";
import { useTexts } from "../text/language.tsx";
import { forgetPictures } from "../viewport/picture-store.ts";
import type { StackView } from "../viewport/view.ts";
import { HelpDialog } from "./help-dialog.tsx";
import { linkedIndexes } from "./linked-indexes.ts";
import { MeasurementsContext } from "./measurements-context.ts";
import styles from "./reading.module.css";
import { type Room, RoomContext } from "./room-context.ts";
import { cellCount } from "./room-state.ts";
import { createRoomStore } from "./room-store.ts";
import { roomTexts } from "./room-texts.ts";
import { SidePanel } from "./side-panel.tsx";
import { Thumbnails } from "./thumbnails.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useCine } from "./use-cine.ts";
import { useHanging } from "./use-hanging.ts";
import { useHotkeys } from "./use-hotkeys.ts";
import { useMarks } from "./use-marks.ts";
import { useMeasurements } from "./use-measurements.ts";
import { usePrior } from "./use-prior.ts";
import { useOpenStudy } from "./use-stacks.ts";
import { ViewportGrid } from "./viewport-grid.tsx";

/** Reads a study: its series at the left, its images in the middle, what was measured at the right. */
export function ReadingRoom({ studyInstanceUid }: { readonly studyInstanceUid: string }): ReactNode {
  const open = useOpenStudy(studyInstanceUid);
  const texts = useTexts(roomTexts);
  const common = useTexts(appTexts);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const openHelp = useCallback(() => setHelpOpen(true), []);
  const room = useRoom(open);
  const reading = useProtocolReading(studyInstanceUid, room);
  const measurements = useMeasurements(studyInstanceUid, room, reading);
  useAnalysisEvents();
  useEffect(() => forgetPictures, []);
  useEffect(() => {
    if (room.hasShown) removeEarlyPicture();
  }, [room.hasShown]);
  useHotkeys(room, {
    onHelp: () => setHelpOpen((is) => !is),
    onLesions: (name) => runLesionAction(name, reading, (step) => stepLesion(step, reading, room)),
  });
  useCine(room);
  if (open.error !== null && open.series.length === 0) {
    return (
      <Alert color="red" m="md" role="alert">
        {explain(open.error, common)}
      </Alert>
    );
  }
  if (open.isLoading) return <LateLoader label={common.loading} />;
  if (open.study === undefined) return <Alert m="md">{texts.noStudy}</Alert>;
  return (
    <RoomContext value={room}>
      <ReadingContext value={reading}>
        <MeasurementsContext value={measurements}>
          <div className={styles.room}>
            <Toolbar onHelp={openHelp} />
            <Thumbnails />
            <ViewportGrid />
            <SidePanel />
          </div>
        </MeasurementsContext>
        <ConflictDialog syncs={[reading?.sync, measurements]} />
        <HelpDialog isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      </ReadingContext>
    </RoomContext>
  );
}

/** What the parts of the room share. */
function useRoom(open: ReturnType<typeof useOpenStudy>): Room {
  const [store] = useState(createRoomStore);
  const { now, dispatch } = store;
  const marks = useMarks();
  const prior = usePrior(open.study);
  const [views] = useState(() => new Map<number, StackView>());
  const [hasShown, setHasShown] = useState(false);
  const tellShown = useCallback(() => setHasShown(true), []);
  const stacks = useMemo(
    () => [...open.series, ...(prior.open?.series ?? [])].flatMap(({ stacks: some }) => some ?? []),
    [open.series, prior.open?.series],
  );
  const stackOf = useCallback(
    (cell: number) => stacks.find(({ id }) => id === now().cells[cell]?.stackId),
    [stacks, now],
  );
  const goTo = useCallback(
    (cell: number, index: number) => {
      const { cells, linkedAt, layout } = now();
      const shown = cells.slice(0, cellCount(layout));
      const indexes =
        linkedAt === undefined
          ? new Map([[cell, index]])
          : linkedIndexes({ cell, index }, { cells: shown, linkedAt, stackOf });
      dispatch({ kind: "indexes", indexes });
    },
    [now, dispatch, stackOf],
  );
  useHanging({ open, prior, stacks, store });
  return useMemo(
    () => ({ open, prior, stacks, store, dispatch, goTo, marks, views, stackOf, hasShown, tellShown }),
    [open, prior, stacks, store, dispatch, goTo, marks, views, stackOf, hasShown, tellShown],
  );
}
