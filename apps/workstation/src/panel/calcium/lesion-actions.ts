import type { ActionName } from "../../reading/hotkeys.ts";
import type { LesionTool, Reading } from "../reading-context.ts";
import { lesionLabels } from "./arteries.ts";

/** The key's action for each label. */
export const arteryActions: Readonly<Record<(typeof lesionLabels)[number], ActionName>> = {
  LM: "arteryLm",
  LAD: "arteryLad",
  LCX: "arteryLcx",
  RCA: "arteryRca",
  excluded: "arteryNone",
};

/** The key's action for each tool. */
export const lesionToolActions: Readonly<Record<Exclude<LesionTool, "off">, ActionName>> = {
  assign: "lesionAssign",
  brush: "lesionBrush",
  eraser: "lesionEraser",
};

/** Does what a key asks of the lesions; whether it was theirs to do. */
export function runLesionAction(name: ActionName, reading: Reading | undefined, jump: (step: 1 | -1) => void): boolean {
  if (reading?.map === undefined) return false;
  const { lesions } = reading;
  const label = lesionLabels.find((one) => arteryActions[one] === name);
  if (label !== undefined) lesions.setArtery(label);
  const tool = (["assign", "brush", "eraser"] as const).find((one) => lesionToolActions[one] === name);
  if (tool !== undefined) lesions.setTool(tool);
  if (name === "nextLesion" || name === "previousLesion") jump(name === "nextLesion" ? 1 : -1);
  else if (label === undefined && tool === undefined) return false;
  return true;
}
