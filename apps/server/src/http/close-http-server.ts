import type { FastifyInstance } from "fastify";

/** How long requests under way may take to finish once the server is asked to stop. */
const finishWithinMs = 30_000;

/** How often connections are looked for whose last request has finished meanwhile. */
const closeIdleEveryMs = 50;

/**
 * Takes no more requests, finishes those under way, and cuts off what has not finished in time. A connection is closed as
 * soon as its request is done: a client that would keep it for the next one keeps no server from stopping.
 */
export async function closeHttpServer(app: FastifyInstance): Promise<void> {
  const cutOff = setTimeout(() => app.server.closeAllConnections(), finishWithinMs);
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), closeIdleEveryMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cutOff);
    clearInterval(closeIdle);
  }
}
