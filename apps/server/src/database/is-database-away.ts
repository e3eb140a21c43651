import pg from "pg";

/** Shutdown, crash, start-up, too many connections: it comes back (PostgreSQL appendix A, classes 08, 53 and 57). */
const passingStates = /^(08...|53300|57P0[1-5])$/;

/** What pg says in words alone where a connection breaks or none is to be had. */
const brokenConnection =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a conn)/;

/** Whether an error says that the database does not answer for the moment, and nothing of the request. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof pg.DatabaseError) return passingStates.test(error.code ?? "");
  if ("syscall" in error && error.syscall === "connect") return true;
  return brokenConnection.test(error.message);
}
