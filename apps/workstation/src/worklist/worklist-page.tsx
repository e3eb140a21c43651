import { Alert, Group, Text, Title } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useMemo, useState } from "react";
import { may, type SessionState } from "../api/session.ts";
import { everyStudy } from "../api/studies.ts";
import { useAnalysisEvents } from "../api/use-analysis-events.ts";
import { appTexts } from "../app/app-texts.ts";
import { explain } from "../app/explain.ts";
import { LateLoader } from "../app/late-loader.tsx";
import { useTexts } from "../text/language.tsx";
import { DropArea } from "../upload/drop-area.tsx";
import type { GivenFile } from "../upload/gather-files.ts";
import { UploadButtons } from "../upload/upload-buttons.tsx";
import { UploadPanel } from "../upload/upload-panel.tsx";
import { useGivenFiles } from "../upload/use-given-files.ts";
import { useUpload } from "../upload/use-upload.ts";
import { FilterBar } from "./filter-bar.tsx";
import { type ResultFilter, type SortOrder, sortStudies, withResult } from "./sort-studies.ts";
import { StudyTable } from "./study-table.tsx";
import { useBadges, useStudies } from "./use-studies.ts";
import styles from "./worklist.module.css";
import { worklistTexts } from "./worklist-texts.ts";

/** Milliseconds without a key after which a filter is asked for. */
const typingMs = 250;

/** The studies one may see: filtered, sorted, opened; and where new ones are dropped. */
export function WorklistPage({
  session,
  givenFiles,
}: {
  readonly session: SessionState;
  /** Files that are stored once, when the list is first shown. */
  readonly givenFiles?: () => Promise<readonly GivenFile[]>;
}): ReactNode {
  const texts = useTexts(worklistTexts);
  const common = useTexts(appTexts);
  const [filter, setFilter] = useState(everyStudy);
  const [resultFilter, setResultFilter] = useState<ResultFilter>("any");
  const [order, setOrder] = useState<SortOrder>({ column: "date", isDescending: true });
  const [asked] = useDebouncedValue(filter, typingMs);
  useAnalysisEvents();
  const { studies, total, isFirst, error } = useStudies(asked);
  const badges = useBadges();
  const upload = useUpload();
  useGivenFiles(upload, givenFiles);
  const mayStore = may(session, "upload");
  const rows = useMemo(
    () => sortStudies(withResult(studies, resultFilter, badges), order, badges),
    [studies, resultFilter, badges, order],
  );
  const isFiltered = asked !== everyStudy || resultFilter !== "any";
  return (
    <DropArea upload={upload} isAllowed={mayStore} className={styles.page}>
      <Group className={styles.bar} justify="space-between" wrap="nowrap">
        <Group gap={12} wrap="nowrap">
          <Title order={1}>{texts.title}</Title>
          <Text size="xs" c="dimmed" role="status" data-testid="count">
            {studies.length < total ? texts.loadingMore(studies.length, total) : texts.count(rows.length, total)}
          </Text>
        </Group>
        {mayStore ? <UploadButtons upload={upload} /> : null}
      </Group>
      <FilterBar filter={filter} onFilter={setFilter} result={resultFilter} onResult={setResultFilter} />
      {error === null ? null : (
        <Alert color="red" m="sm" role="alert">
          {explain(error, common)}
        </Alert>
      )}
      {isFirst ? (
        <LateLoader label={common.loading} />
      ) : (
        <StudyTable rows={rows} badges={badges} order={order} onOrder={setOrder} />
      )}
      {!isFirst && rows.length === 0 ? (
        <p className={styles.empty}>{isFiltered ? texts.noneFound : texts.none}</p>
      ) : null}
      <UploadPanel upload={upload} />
    </DropArea>
  );
}
