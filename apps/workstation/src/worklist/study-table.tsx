import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import type { Study } from "../api/studies.ts";
import { useTexts } from "../text/language.tsx";
import type { ResultBadge } from "./result-badges.ts";
import type { SortColumn, SortOrder } from "./sort-studies.ts";
import { StudyRow } from "./study-row.tsx";
import styles from "./worklist.module.css";
import { worklistTexts } from "./worklist-texts.ts";

/** Height of a row, CSS pixels. */
const rowHeight = 30;

interface Props {
  readonly rows: readonly Study[];
  readonly badges: ReadonlyMap<string, readonly ResultBadge[]>;
  readonly order: SortOrder;
  readonly onOrder: (order: SortOrder) => void;
}

/** The list: only the rows in sight are in the page. */
export function StudyTable({ rows, badges, order, onOrder }: Props): ReactNode {
  const texts = useTexts(worklistTexts);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  return (
    <div className={styles.table} role="table" aria-label={texts.title} aria-rowcount={rows.length + 1}>
      <div role="rowgroup">
        <HeaderRow order={order} onOrder={onOrder} />
      </div>
      <div ref={scroller} className={styles.rows} role="rowgroup" onKeyDown={moveFocus}>
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: "relative" }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const study = rows[index];
            if (study === undefined) return null;
            const own = badges.get(study.studyInstanceUid) ?? [];
            return <StudyRow key={study.studyInstanceUid} study={study} badges={own} index={index} top={start} />;
          })}
        </div>
      </div>
    </div>
  );
}

function HeaderRow({ order, onOrder }: Pick<Props, "order" | "onOrder">): ReactNode {
  const texts = useTexts(worklistTexts);
  const columns: readonly (SortColumn | "age" | "birth")[] = [
    "patient",
    "patientId",
    "birth",
    "date",
    "age",
    "modality",
    "description",
    "images",
    "result",
  ];
  return (
    <div className={`${styles.row} ${styles.head}`} role="row" aria-rowindex={1}>
      {columns.map((column) => {
        const isSorted = order.column === column;
        const direction = order.isDescending ? "descending" : "ascending";
        return (
          <div key={column} role="columnheader" aria-sort={isSorted ? direction : "none"} className={styles.cell}>
            {column === "age" || column === "birth" ? (
              texts[column]
            ) : (
              <button
                type="button"
                className={styles.sort}
                title={texts.sortBy(texts[column])}
                onClick={() => onOrder({ column, isDescending: isSorted ? !order.isDescending : column === "date" })}
              >
                {texts[column]}
                <span aria-hidden="true">{isSorted ? (order.isDescending ? " ↓" : " ↑") : ""}</span>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}

/** Up and down go from row to row. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>("a[data-row]")].sort(
    (a, b) => Number(a.dataset["row"]) - Number(b.dataset["row"]),
  );
  const at = links.findIndex((link) => link.matches(":focus"));
  const next = links[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
