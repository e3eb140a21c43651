import { notAMedicalDevice } from "@etalon/base";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";
import type { RunningServer } from "./server.ts";
import { entryAddress, startScreen } from "./start-screen.ts";

const stop = async () => {};
const server: RunningServer = { url: "http://127.0.0.1:8042/etalon", firstSignIn: undefined, stop };
const signedIn = {
  ...server,
  firstSignIn: { name: "admin", oneTimePassword: "one-time", link: "abc", readerLink: undefined },
};

const screenOf = (
  running: RunningServer,
  environment: Readonly<Record<string, string>> = {},
  language: "en" | "fr" = "en",
) => startScreen(running, readConfig({ ETALON_DATA: "/srv/etalon", ...environment }), language);

test("a start says where everything is, and what this is not", () => {
  const screen = screenOf({ ...server, dicomAddress: "ETALON@host:11112", hl7Address: "host:2575" });
  expect(screen).toContain(notAMedicalDevice.en);
  for (const said of [
    "http://127.0.0.1:8042/etalon/dicom-web",
    "http://127.0.0.1:8042/etalon/api/results",
    "http://127.0.0.1:8042/etalon/docs",
    "/healthz  http://127.0.0.1:8042/etalon/readyz  http://127.0.0.1:8042/etalon/metrics",
    "ETALON@host:11112",
    "host:2575",
    "/srv/etalon/blobs",
    "PostgreSQL of its own",
  ]) {
    expect(screen).toContain(said);
  }
});

test("names stand in one column, values in another", () => {
  const rows = screenOf(server)
    .split("\n")
    .filter((line) => /^ {2}\S/.test(line));
  expect(rows.length).toBeGreaterThan(5);
  expect(new Set(rows.map((row) => /^ {2}\S+(?: \S+)* {2,}/.exec(row)?.[0].length)).size).toBe(1);
});

test("what does not run is not said, what lies elsewhere is said where", () => {
  const shared = {
    ETALON_ROLES: "worker",
    ETALON_DATABASE_URL: "postgresql://u@db/etalon",
    ETALON_STORE_URL: "s3://images/etalon/",
  };
  const screen = screenOf(signedIn, shared);
  expect(screen).toContain("s3://images/etalon");
  expect(screen).toContain("ETALON_DATABASE_URL");
  expect(screen).not.toMatch(/DICOMweb|\/docs|one-time|postgresql:\/\//);
});

test("the first sign-in is shown once, with a link that opens the phantom where there is one", () => {
  const screen = screenOf(signedIn);
  expect(screen).toContain("one-time password one-time");
  expect(screen).toContain("http://127.0.0.1:8042/etalon/api/enter?link=abc\n");
  expect(screen).not.toContain("phantom");
  const withPhantom = screenOf({ ...signedIn, phantomStudy: "1.2.3" });
  expect(withPhantom).toContain("api/enter?link=abc&study=1.2.3");
  expect(withPhantom).toContain("phantom");
  expect(screenOf(server)).not.toMatch(/password|api\/enter/);
});

test("where a reader can sign in his link comes first, and the browser opens with it", () => {
  const running = { ...signedIn, firstSignIn: { ...signedIn.firstSignIn, readerLink: "xyz" }, phantomStudy: "1.2.3" };
  const screen = screenOf(running);
  const [reader, administrator] = ["api/enter?link=xyz&study=1.2.3", "api/enter?link=abc"].map((link) =>
    screen.indexOf(link),
  );
  expect(reader).toBeGreaterThan(0);
  expect(administrator).toBeGreaterThan(reader ?? 0);
  expect(entryAddress(running)).toBe("http://127.0.0.1:8042/etalon/api/enter?link=xyz&study=1.2.3");
});

test("there is no entry without a link", () => {
  expect(entryAddress(server)).toBeUndefined();
  expect(
    entryAddress({
      ...server,
      firstSignIn: { name: "admin", oneTimePassword: "x", link: undefined, readerLink: undefined },
    }),
  ).toBeUndefined();
});

test("accounts that are off are said, and no password is", () => {
  const screen = screenOf(signedIn, { ETALON_ACCOUNTS: "off" });
  expect(screen).toContain("Accounts are off");
  expect(screen).not.toContain("one-time");
});

test("devices that anybody can reach are warned of, those whose callers are known are not", () => {
  const open = { ETALON_DIMSE_HOST: "0.0.0.0" };
  expect(screenOf(server, open)).toContain("ETALON_DIMSE_CALLERS");
  expect(screenOf(server, { ...open, ETALON_DIMSE_CALLERS: "CT1@10.0.0.5" })).not.toContain("ETALON_DIMSE_CALLERS");
  expect(screenOf(server, { ETALON_DIMSE_HOST: "127.0.0.1" })).not.toContain("ETALON_DIMSE_CALLERS");
  const hl7 = { ETALON_DIMSE_HOST: "127.0.0.1", ETALON_HL7_PORT: "2575", ETALON_HL7_HOST: "0.0.0.0" };
  expect(screenOf(server, hl7)).toContain("ETALON_DIMSE_CALLERS");
});

test("French says as much as English", () => {
  const running = { ...signedIn, dicomAddress: "a", hl7Address: "b", phantomStudy: "1.2.3" };
  const [english, french] = (["en", "fr"] as const).map((language) => screenOf(running, {}, language));
  expect(french?.split("\n").length).toBe(english?.split("\n").length);
  expect(french).toContain("mot de passe à usage unique one-time");
  expect(french).not.toContain("undefined");
});
