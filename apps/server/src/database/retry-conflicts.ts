import pg from "pg";

/** Deadlock and serialization failure: the other transaction has gone on, and the same work can be done (PostgreSQL appendix A). */
const conflicts: ReadonlySet<string> = new Set(["40P01", "40001"]);
const mostAttempts = 8;

/**
 * Does the work of one transaction, and again where PostgreSQL ended it for another's sake.
 *
 * @throws what `work` throws, a conflict after eight attempts
 */
export async function retryConflicts<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (thrown) {
      const isConflict = thrown instanceof pg.DatabaseError && conflicts.has(thrown.code ?? "");
      if (!isConflict || attempt === mostAttempts) throw thrown;
    }
  }
}
