import type { Scene } from "../rasterise-slice.ts";
import { calcificationObjects, coronaryCalcifications, otherCalcifications } from "./calcifications.ts";
import { heart, mediastinum } from "./chest-organs.ts";
import { axialSkeleton, chestWall, couch } from "./chest-wall.ts";
import { coronaryArteries } from "./coronary-arteries.ts";

/**
 * The chest of a patient on the back, head first, in patient LPS (x to the left, y to the back, z to the head), with its
 * origin in the middle of the chest at the height of the heart's centre. Only calcium depends on the tube voltage.
 */
export function thoraxScene(content: { readonly bloodHu: number; readonly kvp: number }): Scene {
  return [
    ...couch(),
    ...chestWall(),
    ...mediastinum(content.bloodHu),
    ...axialSkeleton(),
    ...heart(content.bloodHu),
    ...coronaryArteries(content.bloodHu),
    ...[...otherCalcifications, ...coronaryCalcifications].flatMap((each) => calcificationObjects(each, content.kvp)),
  ];
}
