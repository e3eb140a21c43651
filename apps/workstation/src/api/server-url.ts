/** The absolute address of something on the server that served this page, whatever path that is under. */
export function serverUrl(path: string): string {
  return new URL(path, new URL("./", document.baseURI.split("#")[0])).href;
}
