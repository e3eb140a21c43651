const boundary = "etalon-archive-bench";

/** Content type of {@link multipartBody}. */
export const multipartType = `multipart/related; type="application/dicom"; boundary=${boundary}`;

/** Files as one STOW body, in the pieces to send. */
export function multipartBody(files: Iterable<Uint8Array>): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  const header = Buffer.from(`\r\n--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  for (const file of files) pieces.push(header, file);
  pieces.push(Buffer.from(`\r\n--${boundary}--\r\n`));
  return pieces;
}
