import "react";

declare module "react" {
  interface CSSProperties {
    /** How many sliders stand under a picture. */
    readonly "--axes"?: number;
  }
}
