import { cutOf, outOf, type PlaneFrame, type PlaneName, turnedFrame } from "../../viewport/planes/plane-frame.ts";
import type { CanvasPoint } from "../../viewport/view.ts";

/** Where each plane's screen leads. */
export type PlaneFrames = Readonly<Record<PlaneName, PlaneFrame>>;

const names = ["axial", "sagittal", "coronal"] as const satisfies readonly PlaneName[];

/** Where the other two planes cut one: directions on its screen. */
export function cutsOf(frames: PlaneFrames, plane: PlaneName): readonly CanvasPoint[] {
  return names
    .filter((other) => other !== plane)
    .flatMap((other) => {
      const cut = cutOf(frames[plane], frames[other]);
      return cut === undefined ? [] : [cut];
    });
}

/** The planes after those beside one were turned about its normal, clockwise on its screen. */
export function turnedAbout(frames: PlaneFrames, plane: PlaneName, degrees: number): PlaneFrames {
  const axis = outOf(frames[plane]);
  // Clockwise for who looks along it: the normal leads towards him.
  const turned = (other: PlaneName): PlaneFrame =>
    other === plane ? frames[other] : turnedFrame(frames[other], axis, -degrees);
  return { axial: turned("axial"), coronal: turned("coronal"), sagittal: turned("sagittal") };
}
