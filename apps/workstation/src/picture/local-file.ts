const files = new Map<string, Blob>();

/** Keeps the file of an object that no server holds. */
export function keepLocalFile(sopInstanceUid: string, file: Blob): void {
  files.set(sopInstanceUid, file);
}

/** The file of an object that was opened on this computer; nothing for one that the server holds. */
export function localFile(sopInstanceUid: string): Blob | undefined {
  return files.get(sopInstanceUid);
}
