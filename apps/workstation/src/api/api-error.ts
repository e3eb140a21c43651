/** What the server refused, or that it did not answer. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 where nothing answered. */
  readonly status: number;
  /** Code of the project's error table; "offline" where nothing answered. */
  readonly code: string;

  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}
