import type { FastifyInstance } from "fastify";

/** How long requests under way may take to finish once the server is asked to stop. */
const finishWithinMs = 30_000;

/** How often connections are looked for that nothing is under way on. */
const lookEveryMs = 50;

/** A server that can be ended in good order. */
export interface Closing {
  /**
   * Takes no more requests, finishes those under way, and cuts off what has not finished in time. A connection is closed as
   * soon as its request is done: a client that would keep it for the next one, or has asked nothing yet, keeps no server
   * from stopping.
   */
  close(): Promise<void>;
}

/** Counts a server's requests under way from now on, so that it can be ended without cutting one off. */
export function prepareClosing(app: FastifyInstance): Closing {
  let underWay = 0;
  app.server.on("request", (_request, response) => {
    underWay += 1;
    response.once("close", () => {
      underWay -= 1;
    });
  });
  return {
    close: async () => {
      const cutOff = setTimeout(() => app.server.closeAllConnections(), finishWithinMs);
      const looking = setInterval(() => {
        if (underWay === 0) app.server.closeAllConnections();
        else app.server.closeIdleConnections();
      }, lookEveryMs);
      try {
        await app.close();
      } finally {
        clearTimeout(cutOff);
        clearInterval(looking);
      }
    },
  };
}
