/** One thing that de-identification did. It never holds what stood there. */
export interface Change {
  /** Place in the object: "(0008,1115)[0].(0008,1155)", items from zero. */
  readonly path: string;
  /**
   * X removed, Z emptied, D replaced by a dummy, U replaced by another UID, C cleaned (PS3.15 table E.1-1a). K is not
   * listed.
   */
  readonly action: "X" | "Z" | "D" | "U" | "C";
  /** Of cleaned text: how many words were blanked. */
  readonly blankedWords?: number;
}
