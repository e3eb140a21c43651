import type { Asked } from "./asked.ts";

/** Answers what the page asks of its server. */
export type Answerer = (path: string, asked: Asked) => Promise<Response>;

let own: Answerer | undefined;

/** The page has no server: from now on what it asks is answered here. */
export function answerHere(answerer: Answerer): void {
  own = answerer;
}

/** Who answers in the server's place; nothing where there is a server. */
export function ownAnswerer(): Answerer | undefined {
  return own;
}
