import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { dimseStatus, statusLabel } from "../packages/dicom/src/network/dimse/dimse-status.ts";
import { conformanceStatement, conformanceStatementPath } from "./write-conformance-statement.ts";

const root = resolve(import.meta.dirname, "..");
const documents = ["docs/dicom-conformance-statement.md", "docs/ihe-integration-statement.md", "docs/guide/archive.md"];
/** Statuses that the archive reads and does not answer. */
const neverAnswered = ["noSuchEventType", "notAuthorized", "unableToCalculateMatches"];
const statement = readFileSync(conformanceStatementPath, "utf8");

test("the tables of the statement are what npm run docs writes", async () => {
  expect(await conformanceStatement(statement)).toBe(statement);
});

test("a marker of no table, and a table without a marker, are refused", async () => {
  await expect(conformanceStatement("<!-- table: nothing -->\n<!-- end -->")).rejects.toThrow("no table nothing");
  await expect(conformanceStatement("")).rejects.toThrow("tables without a place: identification");
});

describe("the statement", () => {
  const tests = new Map(
    [...statement.matchAll(/^\| (T\d+) \| (.+) \|$/gm)].map(([, name = "", paths = ""]) => [name, paths]),
  );
  const cited = new Set([...statement.matchAll(/\[(T\d+)\]/g)].map(([, name]) => name));

  test("cites only tests of its list, and every one of them", () => {
    expect([...cited].sort()).toEqual([...tests.keys()].sort());
  });

  test("names tests that there are", () => {
    const paths = [...tests.values()].flatMap((line) => line.split(", "));
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !/\.test\.ts$/.test(path) || !existsSync(resolve(root, path)))).toEqual([]);
  });

  test("tells when each status that a handler answers comes", () => {
    const untold = Object.entries(dimseStatus).filter(([, status]) => !statement.includes(statusLabel(status)));
    expect(untold.map(([name]) => name)).toEqual(neverAnswered);
  });
});

test.each(documents)("%s links to what is there", (path) => {
  const text = readFileSync(resolve(root, path), "utf8");
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].flatMap(([, link = ""]) =>
    /^https?:/.test(link) ? [] : [link],
  );
  expect(links.filter((link) => !existsSync(resolve(root, path, "..", link)))).toEqual([]);
});
