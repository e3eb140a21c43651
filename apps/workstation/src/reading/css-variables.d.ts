import "react";

declare module "react" {
  interface CSSProperties {
    /** How many sliders stand under a picture. */
    readonly "--axes"?: number;
    /** Width of a picture over its height. */
    readonly "--ratio"?: number;
  }
}
