import type { Picture } from "../../picture/picture.ts";
import type { StackView, ViewState } from "../../viewport/view.ts";
import type { PictureStack } from "../picture-stacks.ts";

/** What the pointer works on. */
export interface PaneParts {
  readonly cell: number;
  readonly stack: PictureStack | undefined;
  readonly picture: Picture | undefined;
  readonly view: StackView | undefined;
  readonly drawn: ViewState | undefined;
}
