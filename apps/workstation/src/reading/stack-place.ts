/** What of a stack tells where its pictures stand: slice by slice, the last axis fastest. */
interface Shape<Picture = unknown> {
  readonly pictures: readonly Picture[];
  readonly axes: readonly { readonly coordinates: readonly unknown[] }[];
}

/** Where a picture stands in its stack. */
export interface StackPlace {
  readonly slice: number;
  /** Index along each axis besides space. */
  readonly points: readonly number[];
}

/** How many pictures lie at one slice. */
export function picturesPerSlice({ axes }: Pick<Shape, "axes">): number {
  return axes.reduce((product, { coordinates }) => product * coordinates.length, 1);
}

/** How many slices a stack has. */
export function sliceCount(stack: Shape): number {
  return stack.pictures.length / picturesPerSlice(stack);
}

/** The place of the picture at an index: slices first, the last axis fastest. */
export function placeOf({ axes }: Pick<Shape, "axes">, index: number): StackPlace {
  const points: number[] = [];
  let rest = index;
  for (const { coordinates } of axes.toReversed()) {
    points.unshift(rest % coordinates.length);
    rest = Math.floor(rest / coordinates.length);
  }
  return { slice: rest, points };
}

/** The index of the picture at a place; what lies beyond an end is that end. */
export function indexAt(stack: Shape, { slice, points }: StackPlace): number {
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
  return stack.axes.reduce(
    (index, { coordinates }, at) => index * coordinates.length + within(points[at] ?? 0, coordinates.length),
    within(slice, sliceCount(stack)),
  );
}

/** The index so many slices further; of a stack with one slice, so many points of its last axis further. */
export function scrolledBy(stack: Shape, index: number, steps: number): number {
  const place = placeOf(stack, index);
  if (sliceCount(stack) > 1 || stack.axes.length === 0) return indexAt(stack, { ...place, slice: place.slice + steps });
  return movedAlong(stack, index, { axis: stack.axes.length - 1, steps });
}

/** The index so many points further along one axis, which ends at its ends. */
export function movedAlong(
  stack: Shape,
  index: number,
  { axis, steps }: { readonly axis: number; readonly steps: number },
): number {
  const place = placeOf(stack, index);
  return indexAt(stack, {
    ...place,
    points: place.points.map((point, at) => (at === axis ? point + steps : point)),
  });
}

/** The pictures at one point of all axes, slice by slice: a volume of a stack that has several. */
export function picturesAtPoints<Picture>(stack: Shape<Picture>, points: readonly number[]): readonly Picture[] {
  return Array.from(
    { length: sliceCount(stack) },
    (_, slice) => stack.pictures[indexAt(stack, { slice, points })],
  ).filter((picture) => picture !== undefined);
}
