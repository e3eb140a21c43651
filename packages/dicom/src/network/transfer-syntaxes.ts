const transferSyntaxRoot = "1.2.840.10008.1.2";

/**
 * Transfer syntaxes of PS3.6 that hold no data set of PS3.5: MIME and XML envelopes, and the three of real-time video, whose
 * pixels travel elsewhere.
 */
const notForStorage: ReadonlySet<string> = new Set(
  [".6.1", ".6.2", ".7.1", ".7.2", ".7.3"].map((last) => transferSyntaxRoot + last),
);

/**
 * Whether objects in a transfer syntax can be kept as they come: every one of the standard, those of later editions too,
 * since all but four are Explicit VR Little Endian with pixel data of another form (PS3.5 annex A).
 */
export function isKeepableTransferSyntax(uid: string): boolean {
  return (uid === transferSyntaxRoot || uid.startsWith(`${transferSyntaxRoot}.`)) && !notForStorage.has(uid);
}
