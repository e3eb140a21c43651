import { EtalonError } from "@etalon/base";
import pg from "pg";
import { expect, test } from "vitest";
import { createLog } from "./create-log.ts";

function logged(error: unknown): string {
  const lines: string[] = [];
  createLog("info", { write: (line) => lines.push(line) }).error({ err: error }, "failed");
  return lines.join("");
}

/** PostgreSQL quotes the row that breaks a constraint. */
function rowError(): Error {
  const error = new pg.DatabaseError("invalid input: DOE^JANE", 1, "error");
  return Object.assign(error, { code: "23505", detail: "Key (patient_name)=(DOE^JANE) exists", table: "study" });
}

const quoting: readonly (readonly [string, Error])[] = [
  ["ours", new EtalonError("malformed-query", { field: "DOE^JANE", received: "DOE^JANE" })],
  ["PostgreSQL's", rowError()],
  ["a parser's", new SyntaxError("Unexpected token 'D', \"DOE^JANE\" is not valid JSON")],
  ["one over several lines", new Error("first\nDOE^JANE")],
  ["one caused by another", new Error("x", { cause: new Error("DOE^JANE") })],
];

test.each(quoting)("an error that quotes a patient's name, %s, is logged without it", (_, error) => {
  expect(logged(error)).not.toMatch(/DOE|JANE/);
});

test("what is logged of an error tells its kind and its place", () => {
  expect(JSON.parse(logged(rowError()))).toMatchObject({
    msg: "failed",
    err: {
      type: "error",
      code: "23505",
      table: "study",
      frames: expect.arrayContaining([expect.stringMatching(/^at /)]),
    },
  });
  const ours = JSON.parse(logged(new EtalonError("archive-unavailable", { field: "x", cause: rowError() })));
  expect(ours).toMatchObject({ err: { code: "archive-unavailable", cause: { code: "23505" } } });
});
