export { canonicalJson, type JsonValue } from "./canonical-json.ts";
export type { Code, Reference, Text } from "./code.ts";
export { type ErrorCode, errorTable, isErrorCode } from "./error-codes.ts";
export type { ErrorKind, ErrorRow } from "./error-row.ts";
export {
  DicomError,
  type ErrorContext,
  type ErrorDetails,
  EtalonError,
  InputError,
  type Language,
  messageOf,
  RefusalError,
} from "./etalon-error.ts";
export { notAMedicalDevice } from "./not-a-medical-device.ts";
export { createSha256, sha256Hex } from "./sha256.ts";
export type { Sha256 } from "./sha256-in-progress.ts";
