import { multipartBody, multipartType } from "../../dicomweb/testing/multipart-body.ts";

/** Stores files in one request at a server's "…/dicom-web". @throws where not all of them are acknowledged */
export async function storeStudy(
  url: string,
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const answer = await fetch(`${url}/dicom-web/studies`, {
    method: "POST",
    headers: { "content-type": multipartType, accept: "application/dicom+json" },
    body: new Uint8Array(multipartBody(files)),
  });
  const said = await answer.text();
  if (answer.status !== 200) throw new Error(`STOW answered ${answer.status}: ${said}`);
}
