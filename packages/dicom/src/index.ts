export { type ByteSource, bytesSource } from "./byte-source.ts";
export type { BulkReference, DataSet, Element, ElementValue, PersonName } from "./data-set.ts";
export type { FramePixels } from "./frame-pixels.ts";
export type { FrameAxes, FrameHeader, InstanceHeader } from "./instance.ts";
