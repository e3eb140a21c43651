/** A PostgreSQL that the archive may use: its own one, or one that somebody else runs. */
export interface DatabaseServer {
  /** `postgresql://…` with user and password; stays the same while the server is restarted underneath. */
  readonly connectionString: string;
  /** Shuts down what was started here; what somebody else runs is left alone. */
  stop(): Promise<void>;
}
