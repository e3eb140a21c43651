import { EtalonError } from "@etalon/base";
import pg from "pg";
import { type DestinationStream, type Logger, pino } from "pino";

/**
 * The server's log: one JSON object a line. It holds no patient's name: not what a request asked for, and of errors neither
 * the message nor what was received, since both may quote an object's attributes, a query or a row.
 */
export function createLog(level: string, destination: DestinationStream): Logger {
  return pino(
    { level, base: null, serializers: { err: describeError }, timestamp: pino.stdTimeFunctions.isoTime },
    destination,
  );
}

/** What of an error may be logged: what kind it is, and where in the program it arose. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error };
  const cause = error.cause === undefined ? {} : { cause: describeError(error.cause) };
  if (error instanceof EtalonError) return { type: error.name, code: error.code, ...cause };
  const { name: type } = error;
  if (error instanceof pg.DatabaseError) {
    const { code, severity, table, constraint, routine } = error;
    return { type, code, severity, table, constraint, routine, frames: framesOf(error) };
  }
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { type, ...code, frames: framesOf(error), ...cause };
}

/** The stack without its first lines, which repeat the message. */
function framesOf({ stack = "" }: Error): readonly string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim());
}
