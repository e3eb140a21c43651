import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useRef } from "react";
import { useIsOnline } from "../api/connection.ts";
import { useTexts } from "../text/language.tsx";
import styles from "./app.module.css";
import { appTexts } from "./app-texts.ts";

/** Says that the server does not answer, as long as it does not; then everything that waited is asked anew. */
export function OfflineNotice(): ReactNode {
  const isOnline = useIsOnline();
  const texts = useTexts(appTexts);
  const queries = useQueryClient();
  const wasOnline = useRef(true);
  useEffect(() => {
    if (isOnline && !wasOnline.current) queries.invalidateQueries();
    wasOnline.current = isOnline;
  }, [isOnline, queries]);
  return (
    <div role="status" aria-live="polite">
      {isOnline ? null : <div className={styles.offline}>{texts.offline}</div>}
    </div>
  );
}
