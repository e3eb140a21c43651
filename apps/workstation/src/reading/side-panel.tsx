import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { findResults } from "../api/results.ts";
import { measuredKeys } from "../api/use-analysis-events.ts";
import { ProtocolPanel } from "../panel/protocol-panel.tsx";
import { useTexts } from "../text/language.tsx";
import { MeasurementList } from "./measurement-list.tsx";
import { useRoomContext } from "./room-context.ts";
import { roomTexts } from "./room-texts.ts";
import styles from "./side.module.css";

/** The right side: what protocols have measured, and what the reader has. */
export function SidePanel(): ReactNode {
  const { open } = useRoomContext();
  const texts = useTexts(roomTexts);
  const study = open.study?.studyInstanceUid ?? "";
  const results = useQuery({ queryKey: [...measuredKeys.results, study], queryFn: () => findResults(study) });
  return (
    <aside className={styles.side} aria-label={texts.panel}>
      <ProtocolPanel results={results.data ?? []} />
      <MeasurementList />
    </aside>
  );
}
