import { readFile } from "node:fs/promises";
import { type ConnectionOptions, createSecureContext, type TlsOptions } from "node:tls";
import { EtalonError } from "@etalon/base";
import type { TlsFiles } from "./config.ts";

/**
 * What a server listens with: its key and certificate; where there is a CA, peers must show a certificate that it signed.
 *
 * @throws {EtalonError} `file-unreadable` for a file that is none of its kind, or a key and a certificate that are no pair
 */
export async function readTls({ keyFile, certificateFile, caFile }: TlsFiles): Promise<TlsOptions> {
  const pair = { key: await readPem(keyFile), cert: await readPem(certificateFile) };
  const authority = caFile === undefined ? {} : { ca: await readPem(caFile) };
  try {
    createSecureContext({ ...pair, ...authority });
  } catch (cause) {
    throw unreadable([keyFile, certificateFile, ...(caFile === undefined ? [] : [caFile])].join(", "), cause);
  }
  return { ...pair, ...authority, ...(caFile === undefined ? {} : { requestCert: true, rejectUnauthorized: true }) };
}

/**
 * What an association with an encrypted peer is opened with: who may have signed its certificate, and our own key and
 * certificate where there are any, for a peer that asks for one.
 *
 * @throws {EtalonError} `file-unreadable` as {@link readTls}
 */
export async function readPeerTls(own: TlsFiles | undefined, caFile: string | undefined): Promise<ConnectionOptions> {
  const pair = own === undefined ? {} : { key: await readPem(own.keyFile), cert: await readPem(own.certificateFile) };
  const authority = caFile === undefined ? {} : { ca: await readPem(caFile) };
  try {
    createSecureContext({ ...pair, ...authority });
  } catch (cause) {
    throw unreadable([own?.keyFile, own?.certificateFile, caFile].filter(Boolean).join(", "), cause);
  }
  return { ...pair, ...authority };
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(field: string, cause: unknown): EtalonError {
  const received = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  return new EtalonError("file-unreadable", { field, received, cause });
}
