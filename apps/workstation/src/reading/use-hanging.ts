import { useEffect, useRef } from "react";
import { hangingStages } from "./hanging.ts";
import type { Room } from "./room-context.ts";
import { useStoreState } from "./room-store.ts";

/** Hangs a study as it is opened, and its prior beside it when that has come. */
export function useHanging({ open, prior, stacks, store }: Pick<Room, "open" | "prior" | "stacks" | "store">): void {
  const { dispatch } = store;
  const study = open.study?.studyInstanceUid ?? "";
  const isEmpty = useStoreState(store, ({ cells }) => cells.every(({ stackId }) => stackId === undefined));
  const isPriorThere = prior.open?.series.some((series) => (series.stacks?.length ?? 0) > 0) === true;
  const hung = useRef<string>(undefined);
  const isReady = hasLargest(open);
  useEffect(() => {
    const [first] = hangingStages(stacks, study);
    if (isEmpty && isReady && first !== undefined) dispatch({ kind: "hang", ...first });
  }, [isEmpty, isReady, stacks, study, dispatch]);
  useEffect(() => {
    if (!isPriorThere || hung.current === prior.chosen) return;
    const beside = hangingStages(stacks, study).find(({ layout }) => layout === "2x1");
    if (beside === undefined) return;
    hung.current = prior.chosen;
    dispatch({ kind: "hang", ...beside });
  }, [isPriorThere, prior.chosen, stacks, study, dispatch]);
  useEffect(() => {
    if (prior.chosen === undefined) hung.current = undefined;
  }, [prior.chosen]);
}

/** Whether the series with the most objects is known, or all that ever will: it is what most come for. */
function hasLargest({ series, error }: Room["open"]): boolean {
  const [largest] = [...series].sort((a, b) => b.summary.instanceCount - a.summary.instanceCount);
  const isThere = largest?.stacks !== undefined && largest.stacks.length > 0;
  return isThere || error !== null || series.every(({ stacks }) => stacks !== undefined);
}
