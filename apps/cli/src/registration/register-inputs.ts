import { EtalonError } from "@etalon/base";
import {
  type AnyProtocol,
  gatherWeighted,
  type ImageTransform,
  isWeighted,
  type Marks,
  type WeightedInput,
} from "@etalon/measure";
import type { FrameReader, Ledger, Volume } from "@etalon/volume";
import type { RegisteredPlane, RigidRegistration } from "./rigid-registration.ts";

/** What is registered, and where it comes from. */
export interface RegistrationRequest {
  readonly protocol: AnyProtocol;
  readonly ledger: Ledger;
  readonly readFrame: FrameReader;
  readonly roleChoices: Readonly<Record<string, string>>;
  readonly marks: Marks | null;
  readonly onImage: (done: number, total: number) => void;
}

/** The part of each side, about the middle, that is compared: the heart, and less of the chest, which does not move with it. */
const comparedShare = 0.5;

/**
 * Marks with a movement for every image of every weighted input onto its brightest image, slice by slice. What was marked
 * before stays.
 *
 * @throws {EtalonError} `registration-failed`; `unexpected-argument` where the protocol fits no images together, or marks hold movements already
 */
export async function registerInputs(request: RegistrationRequest, registration: RigidRegistration): Promise<Marks> {
  const { protocol, ledger, readFrame, roleChoices, marks } = request;
  const isMovedAlready = marks?.schema === "etalon.marks/3" && marks.transforms.length > 0;
  const inputs: { readonly role: string; readonly input: WeightedInput }[] = [];
  for (const [id, role] of Object.entries(protocol.roles)) {
    const choice = roleChoices[id];
    if (!isWeighted(role) || (role.isOptional === true && choice === undefined)) continue;
    const { input } = await gatherWeighted({ id, role }, { ledger, readFrame, choice });
    // A series of one pixel, such as an arterial input, does not move.
    if (input.volume.columns > 1 && input.volume.rows > 1) inputs.push({ role: id, input });
  }
  if (isMovedAlready || inputs.length === 0) {
    throw new EtalonError("unexpected-argument", { field: "--register", received: protocol.id });
  }
  const total = inputs.reduce((sum, { input }) => sum + (input.images.length - 1) * input.volume.slices, 0);
  const transforms: ImageTransform[] = [];
  for (const { role, input } of inputs) {
    const reference = brightest(input);
    for (const [at, { volume }] of input.images.entries()) {
      for (let slice = 0; at !== reference && slice < volume.slices; slice++) {
        const fixed = planeOf(input.images[reference].volume, slice);
        const place = { role, image: at + 1, slice: slice + 1 };
        const movement = await movementOf(registration, { fixed, moving: planeOf(volume, slice), place });
        transforms.push({ ...place, ...movement, by: registration.name });
        request.onImage(transforms.length, total);
      }
    }
  }
  return { regions: [], ...marks, schema: "etalon.marks/3", transforms };
}

type Movement = Pick<ImageTransform, "angleDeg" | "centerMm" | "translationMm">;

interface Pair {
  readonly fixed: RegisteredPlane;
  readonly moving: RegisteredPlane;
  readonly place: Pick<ImageTransform, "role" | "image" | "slice">;
}

/** @throws {EtalonError} `registration-failed` where the program fails, with a number or an error, or answers with no movement */
async function movementOf(registration: RigidRegistration, { fixed, moving, place }: Pair): Promise<Movement> {
  const failed = (): EtalonError => {
    const { role, image, slice } = place;
    return new EtalonError("registration-failed", {
      ...{ field: role, received: registration.name },
      details: { image, slice },
    });
  };
  const movement = await registration.register(fixed, moving).catch(() => {
    throw failed();
  });
  const { angleDeg, centerMm, translationMm } = movement;
  if (![angleDeg, ...centerMm, ...translationMm].every(Number.isFinite)) throw failed();
  return { angleDeg, centerMm: [...centerMm], translationMm: [...translationMm] };
}

/** The image of highest mean signal, by its index. */
function brightest({ images }: WeightedInput): number {
  const sums = images.map(({ volume }) => {
    let sum = 0;
    for (const value of volume.values) sum += Math.abs(value);
    return sum;
  });
  return sums.indexOf(Math.max(...sums));
}

/** The middle of a slice. */
function planeOf(volume: Volume, slice: number): RegisteredPlane {
  const { columns, rows, columnSpacingMm, rowSpacingMm, values } = volume;
  const [left, width] = middleOf(columns);
  const [top, height] = middleOf(rows);
  const part = Float32Array.from({ length: width * height }, (_, i) => {
    const [column, row] = [left + (i % width), top + Math.floor(i / width)];
    return values[(slice * rows + row) * columns + column];
  });
  return {
    ...{ columns: width, rows: height, columnSpacingMm, rowSpacingMm, values: part },
    originMm: [left * columnSpacingMm, top * rowSpacingMm],
  };
}

/** First pixel of the middle part of a side, and how many there are; a short side whole. */
function middleOf(length: number): readonly [number, number] {
  const part = Math.max(Math.min(length, 32), Math.round(length * comparedShare));
  return [Math.floor((length - part) / 2), part];
}
