import { byteChunks } from "../../byte-chunks.ts";
import type { PresentationDataValue } from "../pdu/pdu.ts";
import { abortReasons, PduError } from "../pdu/pdu-error.ts";
import { decodeCommandSet, noDataSet } from "./command-set.ts";
import { dimseMalformed } from "./dimse-malformed.ts";
import type { ReceivedMessage } from "./message.ts";
import { type BytePipe, bytePipe } from "./pipe.ts";

/** Longest command set that is read; the longest that PS3.7 defines has a few hundred bytes. */
const longestCommand = 64 * 1024;

/** Makes messages out of presentation data values: a command, then its data set as it comes (PS3.7 section 6.3, PS3.8 annex E). */
export class MessageAssembler {
  readonly #deliver: (message: ReceivedMessage) => Promise<void> | undefined;
  #command = byteChunks();
  /** The message whose data set is on its way. */
  #open: { readonly contextId: number; readonly data: BytePipe } | undefined;

  /** @param deliver told of each message once its command is whole; nothing is read while its promise is open */
  constructor(deliver: (message: ReceivedMessage) => Promise<void> | undefined) {
    this.#deliver = deliver;
  }

  /** Whether a data set's reader waits for the peer. */
  get isStarving(): boolean {
    return this.#open?.data.isStarving ?? false;
  }

  /**
   * Takes values in their order, from the one at `start`.
   *
   * @throws PduError `pdu-malformed` (command and data set out of turn), EtalonError `dimse-malformed`
   */
  take(values: readonly PresentationDataValue[], start = 0): Promise<void> | undefined {
    for (let i = start; i < values.length; i++) {
      const open = values[i].isCommand ? this.#takeCommand(values[i]) : this.#takeData(values[i]);
      if (open !== undefined) return open.then(() => this.take(values, i + 1));
    }
    return undefined;
  }

  /** Ends what is open by an error. */
  fail(error: unknown): void {
    this.#open?.data.fail(error);
    this.#open = undefined;
  }

  #takeCommand(value: PresentationDataValue): Promise<void> | undefined {
    if (this.#open !== undefined) {
      throw new PduError(abortReasons.unexpectedParameter, "a command inside a data set");
    }
    if (value.bytes.length > 0) this.#command.append(value.bytes);
    if (this.#command.length() > longestCommand) throw dimseMalformed(`a command set over ${longestCommand} bytes`);
    if (!value.isLast) return undefined;
    const command = decodeCommandSet(this.#command.join());
    this.#command = byteChunks();
    const data = command.commandDataSetType === noDataSet ? undefined : bytePipe();
    if (data !== undefined) this.#open = { contextId: value.contextId, data };
    return this.#deliver({ contextId: value.contextId, command, data });
  }

  #takeData(value: PresentationDataValue): Promise<void> | undefined {
    const open = this.#open;
    if (open === undefined || open.contextId !== value.contextId) {
      throw new PduError(abortReasons.unexpectedParameter, "a data set that no command announced");
    }
    const full = open.data.write(value.bytes);
    if (!value.isLast) return full;
    open.data.end();
    this.#open = undefined;
    return undefined;
  }
}
