import { dot, normalOf } from "../../picture/plane.ts";
import type { Room } from "../../reading/room-context.ts";
import type { Reading } from "../reading-context.ts";
import { type LesionRow, lesionRows } from "./lesion-rows.ts";

/** Shows a lesion's slice in the active viewport. */
export function jumpToLesion(row: LesionRow, reading: Reading, room: Room): void {
  const place = placeOfLesion(row, reading, room);
  if (place === undefined) return;
  reading.lesions.select(row.candidate);
  room.dispatch({ kind: "show", cell: room.store.now().active, ...place });
}

/** The stack and the image that show a lesion's largest slice. */
export function placeOfLesion(
  row: LesionRow,
  reading: Reading,
  { stacks }: Pick<Room, "stacks">,
): { readonly stackId: string; readonly index: number } | undefined {
  const uids = reading.roles.flatMap(({ chosen }) => chosen?.seriesInstanceUid ?? []);
  const stack = stacks.find(({ seriesInstanceUid, stack: placed }) => uids.includes(seriesInstanceUid) && placed);
  const [first] = stack?.pictures ?? [];
  if (stack === undefined || first === undefined) return undefined;
  const normal = normalOf(first.plane);
  const awayMm = stack.pictures.map(({ plane }) =>
    Math.abs(dot(plane.originLpsMm, normal) - dot(row.centreLpsMm, normal)),
  );
  return { stackId: stack.id, index: awayMm.indexOf(Math.min(...awayMm)) };
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
