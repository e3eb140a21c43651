import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { markKeeper } from "../api/mark-keeper.ts";
import { marksOfPage } from "../marks/marks-log.ts";
import type { StudyMarks } from "./use-marks.ts";

/** Shows what was drawn on a study before, and keeps what is drawn now, where the page has a keeper of marks. */
export function useKeptMarks(studyInstanceUid: string, { log, restore }: StudyMarks): void {
  const marks = useMemo(() => marksOfPage(log), [log]);
  const [isRead, setIsRead] = useState(false);
  const take = useEffectEvent(restore);
  useEffect(() => {
    let isOver = false;
    markKeeper()
      ?.read(studyInstanceUid)
      .then((kept) => {
        if (isOver) return;
        take(kept);
        setIsRead(true);
      });
    return () => {
      isOver = true;
    };
  }, [studyInstanceUid]);
  useEffect(() => {
    if (isRead) markKeeper()?.write(studyInstanceUid, marks);
  }, [isRead, studyInstanceUid, marks]);
}
