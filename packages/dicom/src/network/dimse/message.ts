import type { CommandSet, ReceivedCommand } from "./command-set.ts";
import type { BytePipe } from "./pipe.ts";

/** A message as it comes in: the command is whole, the data set still on its way. */
export interface ReceivedMessage {
  readonly contextId: number;
  readonly command: ReceivedCommand;
  readonly data: BytePipe | undefined;
}

/** A message to send. */
export interface OutgoingMessage {
  readonly contextId: number;
  readonly command: CommandSet;
  readonly data?: AsyncIterable<Uint8Array> | Iterable<Uint8Array> | undefined;
}
