import { Socket } from "node:net";

/** A socket that, once it is connected, sends in one system call what is written until the program waits for something. */
export function gatheringSocket(): Socket {
  const socket = new Socket();
  let isGathering = false;
  // Connecting gives a socket its usual way of writing.
  socket.on("connect", () => {
    socket.write = new Proxy(socket.write, {
      apply: (write, self, given) => {
        if (!isGathering) {
          isGathering = true;
          socket.cork();
          // Comes after all promises that are settled by now.
          process.nextTick(() => {
            isGathering = false;
            socket.uncork();
          });
        }
        return Reflect.apply(write, self, given);
      },
    });
  });
  return socket;
}
