/** A part that a test sends. */
export interface SentPart {
  readonly bytes: Uint8Array;
  /** application/dicom where it is not said. */
  readonly type?: string;
}

/** The boundary of {@link multipartBody}. */
export const testBoundary = "----etalon-test";

/** A multipart body of files, closed. */
export function multipartBody(parts: readonly SentPart[]): Buffer {
  return Buffer.concat([
    ...parts.flatMap(({ bytes, type = "application/dicom" }) => [
      Buffer.from(`--${testBoundary}\r\nContent-Type: ${type}\r\n\r\n`),
      bytes,
      Buffer.from("\r\n"),
    ]),
    Buffer.from(`--${testBoundary}--\r\n`),
  ]);
}

/** The Content-Type of {@link multipartBody}. */
export const multipartType = `multipart/related; type="application/dicom"; boundary=${testBoundary}`;
