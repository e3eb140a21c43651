import { zipSync } from "fflate";
import { afterEach, expect, test, vi } from "vitest";
import { problemOf, stubServer } from "../testing/stub-server.ts";
import { filesOfDrop, filesOfInput, type GivenFile, gatherFiles } from "./gather-files.ts";
import { refusalReason } from "./refusal-reason.ts";
import { sendFiles } from "./send-files.ts";
import { gathering, nextUpload, type UploadEvent, type UploadState, waitingCount } from "./upload-state.ts";
import { uploadTexts } from "./upload-texts.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
const given = (path: string, bytes: Uint8Array<ArrayBuffer> | string = path): GivenFile => ({
  path,
  file: new File([bytes], path.split("/").at(-1) ?? path),
});
const zip = (files: Readonly<Record<string, Uint8Array>>): Uint8Array<ArrayBuffer> => new Uint8Array(zipSync(files));

test("an archive is opened whatever its name, its folders are no files, its files keep where they were", async () => {
  const archive = zip({ "a/": new Uint8Array(), "a/IM1": bytesOf("one"), DICOMDIR: bytesOf("d") });
  const { files, leftOut } = await gatherFiles([given("study.dat", archive), given("IM2", "two")]);
  expect(files.map(({ path }) => path)).toEqual(["study.dat!a/IM1", "IM2"]);
  expect(await files[0]?.bytes()).toEqual(bytesOf("one"));
  const other = await files[1]?.bytes();
  expect(other instanceof Blob && (await other.text())).toBe("two");
  expect(leftOut).toEqual([{ path: "study.dat!DICOMDIR", reason: "dicomdir" }]);
});

test("a directory of files is set aside wherever it lies; a file that is only named like one is not", async () => {
  const { files, leftOut } = await gatherFiles([given("DICOMDIR"), given("cd/dicomdir"), given("cd/DICOMDIR.old")]);
  expect(leftOut.map(({ path }) => path)).toEqual(["DICOMDIR", "cd/dicomdir"]);
  expect(files.map(({ path }) => path)).toEqual(["cd/DICOMDIR.old"]);
});

test("a directory of files that comes alone says that its folder is wanted", async () => {
  const { files, leftOut } = await gatherFiles([given("DICOMDIR")]);
  expect([files, leftOut]).toEqual([[], [{ path: "DICOMDIR", reason: "dicomdir-alone" }]]);
  const refused = { path: "DICOMDIR", code: "dicomdir-alone", reason: "" };
  expect(refusalReason(refused, "en")).toContain("drop the whole folder");
  expect(refusalReason(refused, "fr")).toContain("déposez le dossier entier");
});

test("an archive that cannot be opened is told of, the files beside it are not lost", async () => {
  const broken = zip({ a: bytesOf("one") }).slice(0, 40);
  const { files, leftOut } = await gatherFiles([given("broken.zip", broken), given("IM1")]);
  expect(leftOut).toEqual([{ path: "broken.zip", reason: "zip-unreadable" }]);
  expect(files.map(({ path }) => path)).toEqual(["IM1"]);
});

test("files of an input keep the folder that was chosen", () => {
  const list = [
    { name: "a", webkitRelativePath: "cd/a" },
    { name: "b", webkitRelativePath: "" },
  ];
  // The browser's list is gone through like any other.
  expect(filesOfInput(list as unknown as FileList).map(({ path }) => path)).toEqual(["cd/a", "b"]);
});

test("a folder that is dropped is gone through to its end, portion by portion", async () => {
  class FileEntry {
    fullPath: string;
    constructor(fullPath: string) {
      this.fullPath = fullPath;
    }
    file(resolve: (file: File) => void): void {
      resolve(new File([], "x"));
    }
  }
  class DirectoryEntry {
    portions: readonly (readonly unknown[])[];
    constructor(...portions: readonly unknown[][]) {
      this.portions = [...portions, []];
    }
    createReader() {
      const portions = this.portions.values();
      return { readEntries: (resolve: (some: unknown) => void) => resolve(portions.next().value ?? []) };
    }
  }
  vi.stubGlobal("FileSystemFileEntry", FileEntry);
  vi.stubGlobal("FileSystemDirectoryEntry", DirectoryEntry);
  const inner = new DirectoryEntry([new FileEntry("/cd/in/c")]);
  const folder = new DirectoryEntry([new FileEntry("/cd/a"), inner], [new FileEntry("/cd/b")]);
  const items = [folder, null, new FileEntry("/d"), {}].map((entry) => ({ webkitGetAsEntry: () => entry }));
  const files = await filesOfDrop({ items } as unknown as DataTransfer);
  expect(files.map(({ path }) => path)).toEqual(["cd/a", "cd/in/c", "cd/b", "d"]);
});

/** What an upload comes to, event by event. */
async function sent(files: readonly GivenFile[], signal = new AbortController().signal): Promise<UploadState> {
  let state = gathering;
  const tell = (event: UploadEvent): void => {
    state = nextUpload(state, event);
  };
  await sendFiles(files, { signal, tell });
  return state;
}

test("every file given is stored or refused with its reason", async () => {
  stubServer(async ({ body }) => {
    const text = body instanceof Blob ? await body.text() : "";
    return text === "bad"
      ? problemOf(400, "not-dicom")
      : text === "full"
        ? problemOf(507, "store-full")
        : Response.json({});
  });
  const good = Array.from({ length: 9 }, (_, at) => given(`IM${at}`));
  const state = await sent([...good, given("x", "bad"), given("y", "full"), given("DICOMDIR")]);
  expect(state).toMatchObject({ total: 12, stored: 9, phase: "done" });
  expect([...state.refused].map(({ path, code }) => [path, code]).sort()).toEqual([
    ["DICOMDIR", "dicomdir"],
    ["x", "not-dicom"],
    ["y", "store-full"],
  ]);
  expect(waitingCount(state)).toBe(0);
});

test("an upload that is cancelled sends nothing more, and counts what waits", async () => {
  const cancelling = new AbortController();
  const asked = stubServer(() => {
    cancelling.abort();
    return Response.json({});
  });
  const state = await sent(
    Array.from({ length: 50 }, (_, at) => given(`IM${at}`)),
    cancelling.signal,
  );
  expect(state.phase).toBe("cancelled");
  // Four are sent at the same time: no more can be under way when the first is answered.
  expect(asked.length).toBeLessThanOrEqual(4);
  expect(waitingCount(state)).toBe(50 - state.stored);
});

test("a request that is cut by cancelling is no failure", async () => {
  const cancelling = new AbortController();
  stubServer(() => {
    cancelling.abort();
    return Promise.reject(new DOMException("aborted", "AbortError"));
  });
  expect(await sent([given("IM1")], cancelling.signal)).toMatchObject({ phase: "cancelled", stored: 0 });
});

test("a fault of the page itself is no refusal of a file", async () => {
  stubServer(() => Response.json({}));
  const file = given("IM1");
  vi.spyOn(file.file, "slice").mockImplementation(() => {
    throw new Error("the file has gone");
  });
  await expect(sent([file])).rejects.toThrow("the file has gone");
});

test("why a file was not stored is said in the page's language", () => {
  const refused = { path: "a", code: "not-dicom", reason: "no DICOM prefix at byte 128" };
  expect(refusalReason(refused, "en")).toBe("no DICOM prefix at byte 128");
  expect(refusalReason({ ...refused, reason: "" }, "en")).toBe("not-dicom");
  expect(refusalReason({ ...refused, code: "http-502", reason: "Bad Gateway" }, "fr")).toBe("Bad Gateway");
  const french = refusalReason({ ...refused, code: "missing-value" }, "fr");
  expect(french).not.toMatch(/[{}]|^[\s:]|\s$/);
  expect(french.length).toBeGreaterThan(10);
  for (const language of ["en", "fr"] as const) {
    expect(refusalReason({ ...refused, code: "dicomdir" }, language)).toBe(uploadTexts[language].dicomdir);
    expect(refusalReason({ ...refused, code: "zip-unreadable" }, language)).toBe(uploadTexts[language].zipUnreadable);
  }
});
