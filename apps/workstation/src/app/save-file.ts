/** Hands a file that the page has made to the browser, which keeps it under its name. */
export function saveFile({ name, bytes }: { readonly name: string; readonly bytes: BlobPart }): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
