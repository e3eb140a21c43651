import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import {
  debianPython,
  describeWithPeer,
  hasProgram,
  hasPythonModule,
  type ProgramPlace,
  type RunningPeer,
  runProgram,
  startPeer,
} from "@etalon/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningArchive, startArchive } from "../apps/server/src/dimse/testing/running-archive.ts";

const root = resolve(import.meta.dirname, "..");
const guide = readFileSync(join(root, "docs/guide/archive.md"), "utf8");

/** The blocks of a language, "" for those that name none. */
function blocks(language: string): readonly string[] {
  const all = [...guide.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  return all.flatMap(([, name, text]) => (name === language && text !== undefined ? [text] : []));
}

/** What is typed after "$ ", to the end of its quotes, and what the guide shows of the answer. */
function sessions(): readonly { readonly command: string; readonly shown: readonly string[] }[] {
  const prompts = blocks("").flatMap((text) => text.split(/^\$ /m).slice(1));
  return prompts.map((prompt) => {
    const lines = prompt.trimEnd().split("\n");
    const isWhole = (text: string): boolean => text.split("'").length % 2 === 1;
    const end = lines.findIndex((_line, at) => isWhole(lines.slice(0, at + 1).join("\n")));
    return { command: lines.slice(0, end + 1).join("\n"), shown: lines.slice(end + 1) };
  });
}

const peers = ["storescu", "findscu", "getscu", "movescu", "storescp", "dcmodify", "curl"];
const isPresent = peers.every((name) => hasProgram(name)) && hasPythonModule("pydicom");

describeWithPeer("the archive's guide", { name: "DCMTK, curl and pydicom", isPresent }, () => {
  let folder: string;
  let place: ProgramPlace;
  let archive: RunningArchive;
  let workstation: RunningPeer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "etalon-guide-"));
    const path = [join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter);
    place = { cwd: folder, env: { ...process.env, PATH: path, TCP_NODELAY: "1" } };
    const demo = await runProgram(process.execPath, [join(root, "examples/demo.ts")], place);
    expect(demo.exitCode).toBe(0);
    mkdirSync(join(folder, "ws"));
    writeFileSync(join(folder, "notes.txt"), "no DICOM");
    workstation = await startPeer("storescp", (port) => ["-aet", "WS", "-od", "ws", "+xa", "+B", String(port)], place);
    archive = await startArchive({ ETALON_DIMSE_NODES: `WS=127.0.0.1:${workstation.port}` });
  });
  afterAll(async () => {
    await workstation?.stop();
    await archive?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const here = (text: string): string =>
    text
      .replaceAll("http://localhost:8042", archive.url)
      .replaceAll("localhost 4242", `localhost ${archive.dimsePort}`)
      .replaceAll("npx etalon", "etalon");

  it("every command ends well, and answers what the guide shows", async () => {
    const typed = sessions().filter(({ command }) => command !== "npm start");
    expect(typed.length).toBeGreaterThan(15);
    const script = ["set -euo pipefail", ...typed.map(({ command }) => here(command))].join("\n");
    const { exitCode, output } = await runProgram("bash", ["-c", script], place);
    expect(output).not.toMatch(/^[EF]: /m);
    expect(exitCode).toBe(0);
    // DCMTK prints the NUL that fills up a UID.
    const words = (text: string): string => text.replaceAll("\0", " ").replaceAll(/\s+/g, " ");
    const shown = typed.flatMap((session) => session.shown.flatMap((line) => line.split("…")));
    expect(shown.length).toBeGreaterThan(8);
    // Study Instance UIDs of worklist items are new each time.
    const stable = shown.filter((text) => !text.includes('"StudyInstanceUID"'));
    expect(stable.filter((text) => !words(output).includes(words(text).trim()))).toEqual([]);
  });

  it("its Python reads the pixels", async () => {
    const [program = ""] = blocks("python");
    const archived = await startArchive();
    try {
      const send = ["-aec", "ETALON", "+sd", "localhost", String(archived.dimsePort), "etalon-demo/dicom"];
      expect((await runProgram("storescu", send, place)).exitCode).toBe(0);
      const text = program.replaceAll("http://localhost:8042", archived.url);
      const { output } = await runProgram(debianPython, ["-c", text], place);
      expect(output).toBe("(512, 512) uint16 0 2283\n");
      expect(guide).toContain(output);
    } finally {
      await archived.stop();
    }
  });
});
