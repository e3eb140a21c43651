import { dot, normalOf } from "../../picture/plane.ts";
import type { Room } from "../../reading/room-context.ts";
import type { Reading } from "../reading-context.ts";
import { type LesionRow, lesionRows } from "./lesion-rows.ts";

/** Shows a lesion's slice in the active viewport. */
export function jumpToLesion(row: LesionRow, reading: Reading, { state, dispatch, stacks }: Room): void {
  const uids = reading.roles.flatMap(({ chosen }) => chosen?.seriesInstanceUid ?? []);
  const stack = stacks.find(({ seriesInstanceUid, stack: placed }) => uids.includes(seriesInstanceUid) && placed);
  const [first] = stack?.pictures ?? [];
  if (stack === undefined || first === undefined) return;
  const normal = normalOf(first.plane);
  const awayMm = stack.pictures.map(({ plane }) =>
    Math.abs(dot(plane.originLpsMm, normal) - dot(row.centreLpsMm, normal)),
  );
  const index = awayMm.indexOf(Math.min(...awayMm));
  reading.lesions.select(row.candidate);
  dispatch({ kind: "show", cell: state.active, stackId: stack.id, index });
}

/** Goes on to the next lesion of the list, or back: one that nobody decided on, if there is one. */
export function stepLesion(step: 1 | -1, reading: Reading | undefined, room: Room): void {
  if (reading?.map === undefined) return;
  const rows = lesionRows(reading, reading.map);
  const open = rows.filter(({ label }) => label === undefined);
  const pool = open.length > 0 ? open : rows;
  const all = rows.findIndex(({ candidate }) => candidate === reading.lesions.selected);
  const ahead =
    step === 1 ? pool.find((row) => rows.indexOf(row) > all) : pool.findLast((row) => rows.indexOf(row) < all);
  const row = ahead ?? (step === 1 ? pool[0] : pool.at(-1));
  if (row !== undefined) jumpToLesion(row, reading, room);
}
