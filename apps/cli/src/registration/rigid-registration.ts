/** One slice as a registration sees it. */
export interface RegisteredPlane {
  readonly columns: number;
  readonly rows: number;
  readonly columnSpacingMm: number;
  readonly rowSpacingMm: number;
  /** Place of the first pixel along columns and rows, mm. */
  readonly originMm: readonly [number, number];
  /** Shape [row, column]. */
  readonly values: Float32Array;
}

/** Where a point of the reference lies in the image: turned about the centre, then shifted; see `etalon.marks/3`. */
export interface RigidMovement {
  readonly angleDeg: number;
  readonly centerMm: readonly [number, number];
  readonly translationMm: readonly [number, number];
}

/** A program that finds rigid movements in the plane. */
export interface RigidRegistration {
  /** Its name and version, as the result records it. */
  readonly name: string;
  readonly register: (reference: RegisteredPlane, image: RegisteredPlane) => Promise<RigidMovement>;
}
