import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { findPostgresUser, postgresUserName } from "./postgres-user.ts";

/** What the machine's programs do, in place of the programs. */
let programs: Record<string, (given: readonly string[]) => string> = {};
const asked: string[] = [];

vi.mock("node:child_process", () => ({
  execFile: (
    program: string,
    given: readonly string[],
    done: (error: Error | null, answer?: { readonly stdout: string }) => void,
  ) => {
    asked.push(program);
    try {
      const run = programs[program];
      if (run === undefined) throw new Error(`spawn ${program} ENOENT`);
      done(null, { stdout: run(given) });
    } catch (error) {
      done(error instanceof Error ? error : new Error("?"));
    }
  },
}));

let isMade = false;
const id = ([which]: readonly string[]): string => {
  if (!isMade) throw new Error(`id: ${postgresUserName}: no such user`);
  return which === "-u" ? "901\n" : "902\n";
};
const make = (given: readonly string[]): string => {
  isMade = given.at(-1) === postgresUserName;
  return "";
};

beforeEach(() => {
  isMade = false;
  programs = { id };
  asked.length = 0;
  vi.spyOn(process, "getuid").mockReturnValue(0);
  vi.stubGlobal("process", Object.create(process, { platform: { value: "linux" } }));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("whoever is not root runs it himself, and nothing is asked of the machine", async () => {
  vi.spyOn(process, "getuid").mockReturnValue(1000);
  expect(await findPostgresUser()).toBeUndefined();
  expect(asked).toEqual([]);
});

test("a user that was made before is found, by both ids, and not made again", async () => {
  isMade = true;
  expect(await findPostgresUser()).toEqual({ uid: 901, gid: 902 });
  expect(asked).toEqual(["id", "id"]);
});

test("the first start makes it, with what the system has", async () => {
  programs = { id, useradd: make };
  expect(await findPostgresUser()).toEqual({ uid: 901, gid: 902 });
  isMade = false;
  programs = { id, adduser: make };
  expect(await findPostgresUser()).toEqual({ uid: 901, gid: 902 });
});

test("a user that another process makes at this moment is taken, though making it failed", async () => {
  const taken = (given: readonly string[]): string => {
    make(given);
    throw new Error("useradd: user exists");
  };
  programs = { id, useradd: taken };
  expect(await findPostgresUser()).toEqual({ uid: 901, gid: 902 });
});

test("where it cannot be made, every reason is said", async () => {
  const full = (): string => {
    throw new Error("useradd: cannot lock /etc/passwd");
  };
  programs = { id, useradd: full };
  await expect(findPostgresUser()).rejects.toMatchObject({
    code: "postgres-failed",
    received: "useradd: cannot lock /etc/passwd; spawn adduser ENOENT",
  });
});

test("root elsewhere than on Linux is refused", async () => {
  vi.stubGlobal("process", Object.create(process, { platform: { value: "darwin" } }));
  await expect(findPostgresUser()).rejects.toMatchObject({ code: "postgres-failed" });
  expect(asked).toEqual([]);
});
