import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { EtalonError } from "@etalon/base";

const compute = promisify(argon2);

/** Parameters of Argon2id (RFC 9106). */
interface Cost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** OWASP Password Storage Cheat Sheet (2023): 19 MiB, two passes, one lane. */
const presentCost: Cost = { memoryKiB: 19 * 1024, passes: 2, parallelism: 1 };

const nonceBytes = 16;
const tagBytes = 32;
/** Argon2 version 1.3, the only one that node:crypto computes. */
const version = 19;

/** Hashes a password with Argon2id; a PHC string: `$argon2id$v=19$m=19456,t=2,p=1$nonce$tag`. */
export async function hashPassword(password: string, cost: Cost = presentCost): Promise<string> {
  const nonce = randomBytes(nonceBytes);
  const tag = await tagOf(password, { cost, nonce, length: tagBytes });
  const { memoryKiB, passes, parallelism } = cost;
  return `$argon2id$v=${version}$m=${memoryKiB},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** Whether a password is the one that was hashed, and whether its hash costs less than a new one would. */
export async function checkPassword(
  password: string,
  phc: string,
): Promise<{ readonly isRight: boolean; readonly needsRehash: boolean }> {
  const { cost, nonce, tag } = parsePhc(phc);
  const given = await tagOf(password, { cost, nonce, length: tag.length });
  const needsRehash =
    cost.memoryKiB < presentCost.memoryKiB || cost.passes < presentCost.passes || tag.length < tagBytes;
  return { isRight: timingSafeEqual(given, tag), needsRehash };
}

/** Takes the time of a check, where there is no password to check: an unknown name must not answer sooner. */
export async function checkNothing(password: string): Promise<void> {
  await tagOf(password, { cost: presentCost, nonce: Buffer.alloc(nonceBytes), length: tagBytes });
}

async function tagOf(
  password: string,
  { cost, nonce, length }: { readonly cost: Cost; readonly nonce: Buffer; readonly length: number },
): Promise<Buffer> {
  return compute("argon2id", {
    // NIST SP 800-63B section 5.1.1.2: one form for what looks the same, whatever keyboard it was typed on.
    message: password.normalize("NFKC"),
    nonce,
    parallelism: cost.parallelism,
    tagLength: length,
    memory: cost.memoryKiB,
    passes: cost.passes,
  });
}

const phcPattern = /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parsePhc(phc: string): { readonly cost: Cost; readonly nonce: Buffer; readonly tag: Buffer } {
  const [, memory = "", passes = "", parallelism = "", nonce = "", tag = ""] = phcPattern.exec(phc) ?? [];
  if (tag === "") throw new EtalonError("wrong-type", { field: "password_hash", received: "…" });
  const cost = { memoryKiB: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return { cost, nonce: Buffer.from(nonce, "base64"), tag: Buffer.from(tag, "base64") };
}

/** Base64 without padding, as the PHC string format writes it. */
function base64(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
