import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig, readLanguage } from "./config.ts";
import { helpText } from "./help.ts";
import { settings } from "./settings.ts";

test("without a word it listens on the loopback address only, and keeps all in one folder", () => {
  expect(readConfig({})).toEqual({
    dataFolder: resolve("etalon-data"),
    roles: new Set(["web", "dimse", "worker"]),
    databaseUrl: undefined,
    databaseConnections: 20,
    storeFolder: resolve("etalon-data/blobs"),
    s3: undefined,
    room: { quotaBytes: undefined, reserveBytes: 16_777_216 },
    http: { host: "127.0.0.1", port: 8042, basePath: "", trustedProxies: [], allowedOrigins: [], tls: undefined },
    accounts: { isOn: true, takesBasicPassword: false, publicUrl: undefined, shareMaxDays: 30, oidc: undefined },
    dimse: {
      host: "127.0.0.1",
      port: 4242,
      aeTitle: "ETALON",
      callers: undefined,
      nodes: [],
      nodesCaFile: undefined,
      maxPduLength: 131_072,
      maxAssociations: 256,
      tls: undefined,
    },
    hl7: undefined,
    retention: { days: 0, daysOfModality: new Map(), from: "arrival", committedDays: 0 },
    removesOrphans: true,
    measuring: { stableSeconds: 60, workers: 1, memoryMb: 4096, language: "en", organization: undefined },
    syslogUrl: undefined,
    drainSeconds: 0,
    logLevel: "info",
    unknownVariables: [],
  });
});

test("an empty variable is an absent one", () => {
  const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, ""]));
  expect(readConfig(empty)).toEqual(readConfig({}));
});

test("everything can be said", () => {
  const config = readConfig({
    ETALON_DATA: "/srv/etalon",
    ETALON_DATABASE_URL: "postgres://u:p@db/etalon",
    ETALON_STORE_URL: "file:///srv/images%20here",
    ETALON_HTTP_HOST: "::",
    ETALON_HTTP_PORT: "0",
    ETALON_BASE_PATH: "/imaging/etalon/",
    ETALON_TRUSTED_PROXY: "10.0.0.1, fd00::/8",
    ETALON_ALLOWED_ORIGINS: "https://viewer.example.org, http://localhost:3000",
    ETALON_HTTP_BASIC: "on",
    ETALON_PUBLIC_URL: "https://images.example.org/etalon/",
    ETALON_SHARE_MAX_DAYS: "7",
    ETALON_OIDC_ISSUER: "https://login.example.org/realms/hospital",
    ETALON_OIDC_CLIENT_ID: "etalon",
    ETALON_OIDC_CLIENT_SECRET: "secret",
    ETALON_OIDC_ROLE_CLAIM: "roles",
    ETALON_OIDC_ROLES: "cn=radiology=radiologist, it=administrator",
    ETALON_TLS_KEY: "/k.pem",
    ETALON_TLS_CERT: "/c.pem",
    ETALON_DIMSE_HOST: "pacs.example.org",
    ETALON_DIMSE_PORT: "104",
    ETALON_AE_TITLE: "ARCHIVE 1",
    ETALON_DIMSE_CALLERS: "CT 1, PACS@10.0.0.5, A@B@fd00:0::7",
    ETALON_DIMSE_NODES_CA: "/nodes.pem",
    ETALON_DIMSE_NODES: "PACS=10.0.0.5:104,WS=tls://ws.example.org:11112, A=B=[fd00::7]:104",
    ETALON_DIMSE_MAX_PDU: "16384",
    ETALON_DIMSE_MAX_ASSOCIATIONS: "8",
    ETALON_DIMSE_TLS_KEY: "/dk.pem",
    ETALON_DIMSE_TLS_CERT: "/dc.pem",
    ETALON_DIMSE_TLS_CA: "/ca.pem",
    ETALON_HL7_HOST: "10.0.0.9",
    ETALON_HL7_PORT: "2575",
    ETALON_STORE_QUOTA: "2TB",
    ETALON_STORE_RESERVE: "10GB",
    ETALON_RETENTION_DAYS: "7300,MG=10950,OT=0",
    ETALON_RETENTION_FROM: "study-date",
    ETALON_COMMITTED_DAYS: "90",
    ETALON_ORPHANS: "keep",
    ETALON_STABLE_SECONDS: "5",
    ETALON_WORKERS: "4",
    ETALON_WORKER_MEMORY_MB: "8192",
    ETALON_REPORT_LANGUAGE: "fr",
    ETALON_ORGANIZATION: "CHU de l'Étalon",
    ETALON_SYSLOG_URL: "tls://siem.example.org:6514",
    ETALON_ROLES: "worker, web",
    ETALON_DATABASE_CONNECTIONS: "8",
    ETALON_DRAIN_SECONDS: "15",
    ETALON_LOG_LEVEL: "warn",
  });
  expect(config).toEqual({
    dataFolder: "/srv/etalon",
    roles: new Set(["worker", "web"]),
    databaseUrl: "postgres://u:p@db/etalon",
    databaseConnections: 8,
    storeFolder: "/srv/images here",
    s3: undefined,
    room: { quotaBytes: 2 * 1024 ** 4, reserveBytes: 10 * 1024 ** 3 },
    http: {
      host: "::",
      port: 0,
      basePath: "/imaging/etalon",
      trustedProxies: ["10.0.0.1", "fd00::/8"],
      allowedOrigins: ["https://viewer.example.org", "http://localhost:3000"],
      tls: { keyFile: "/k.pem", certificateFile: "/c.pem" },
    },
    accounts: {
      isOn: true,
      takesBasicPassword: true,
      publicUrl: "https://images.example.org/etalon",
      shareMaxDays: 7,
      oidc: {
        issuer: "https://login.example.org/realms/hospital",
        clientId: "etalon",
        clientSecret: "secret",
        roleClaim: "roles",
        roles: new Map([
          ["cn=radiology", "radiologist"],
          ["it", "administrator"],
        ]),
      },
    },
    dimse: {
      host: "pacs.example.org",
      port: 104,
      aeTitle: "ARCHIVE 1",
      callers: [{ aeTitle: "CT 1" }, { aeTitle: "PACS", address: "10.0.0.5" }, { aeTitle: "A@B", address: "fd00::7" }],
      nodes: [
        { aeTitle: "PACS", host: "10.0.0.5", port: 104, isTls: false },
        { aeTitle: "WS", host: "ws.example.org", port: 11112, isTls: true },
        { aeTitle: "A=B", host: "fd00::7", port: 104, isTls: false },
      ],
      nodesCaFile: "/nodes.pem",
      maxPduLength: 16_384,
      maxAssociations: 8,
      tls: { keyFile: "/dk.pem", certificateFile: "/dc.pem", caFile: "/ca.pem" },
    },
    hl7: { host: "10.0.0.9", port: 2575 },
    retention: {
      days: 7300,
      daysOfModality: new Map([
        ["MG", 10_950],
        ["OT", 0],
      ]),
      from: "study-date",
      committedDays: 90,
    },
    removesOrphans: false,
    measuring: { stableSeconds: 5, workers: 4, memoryMb: 8192, language: "fr", organization: "CHU de l'Étalon" },
    syslogUrl: "tls://siem.example.org:6514",
    drainSeconds: 15,
    logLevel: "warn",
    unknownVariables: [],
  });
});

test.each([
  ["ETALON_DATABASE_URL", { ETALON_STORE_URL: "file:///srv/images" }],
  ["ETALON_STORE_URL", { ETALON_DATABASE_URL: "postgres://u:p@db/etalon" }],
])("one of several processes is refused without %s, which it would have to itself", (field, others) => {
  expect(() => readConfig({ ETALON_ROLES: "dimse", ...others })).toThrow(
    expect.objectContaining({ code: "missing-value", field }),
  );
});

const wrong: readonly (readonly [string, string])[] = [
  ["ETALON_ROLES", "web,pacs"],
  ["ETALON_DATABASE_CONNECTIONS", "1"],
  ["ETALON_HTTP_PORT", "65536"],
  ["ETALON_HTTP_PORT", "80a"],
  ["ETALON_HTTP_PORT", "-1"],
  ["ETALON_DIMSE_PORT", "4242.5"],
  ["ETALON_HTTP_HOST", "http://x"],
  ["ETALON_DIMSE_HOST", "a b"],
  ["ETALON_BASE_PATH", "etalon"],
  ["ETALON_BASE_PATH", "/a//b"],
  ["ETALON_BASE_PATH", "/a?b"],
  ["ETALON_TRUSTED_PROXY", "10.0.0.1,proxy"],
  ["ETALON_TRUSTED_PROXY", "10.0.0.0/33"],
  ["ETALON_ALLOWED_ORIGINS", "*"],
  ["ETALON_ALLOWED_ORIGINS", "https://viewer.example.org/"],
  ["ETALON_STORE_URL", "s3://key:secret@bucket"],
  ["ETALON_STABLE_SECONDS", "86401"],
  ["ETALON_WORKERS", "-1"],
  ["ETALON_WORKER_MEMORY_MB", "255"],
  ["ETALON_REPORT_LANGUAGE", "de"],
  ["ETALON_STORE_URL", "file://host/share"],
  // 17 characters; a backslash; spaces at the ends, which mean nothing there (PS3.5 section 6.2, AE).
  ["ETALON_AE_TITLE", "ABCDEFGHIJKLMNOPQ"],
  ["ETALON_AE_TITLE", "A\\B"],
  ["ETALON_AE_TITLE", "   "],
  ["ETALON_AE_TITLE", "RÉSEAU"],
  ["ETALON_DIMSE_CALLERS", "CT1,"],
  ["ETALON_DIMSE_CALLERS", "CT1@ct.example.org"],
  ["ETALON_DIMSE_CALLERS", "ABCDEFGHIJKLMNOPQ"],
  ["ETALON_DIMSE_NODES", "PACS"],
  ["ETALON_DIMSE_NODES", "PACS=ssl://10.0.0.5:104"],
  ["ETALON_DIMSE_NODES", "PACS=10.0.0.5"],
  ["ETALON_DIMSE_NODES", "PACS=10.0.0.5:0"],
  ["ETALON_DIMSE_NODES", "PACS=10.0.0.5:65536"],
  ["ETALON_DIMSE_NODES", "PACS=[10.0.0.5]:104"],
  ["ETALON_DIMSE_NODES", "=10.0.0.5:104"],
  // One title names one place.
  ["ETALON_DIMSE_NODES", "PACS=10.0.0.5:104,PACS=10.0.0.6:104"],
  ["ETALON_DIMSE_MAX_PDU", "4095"],
  ["ETALON_DIMSE_MAX_PDU", "1048577"],
  ["ETALON_DIMSE_MAX_ASSOCIATIONS", "0"],
  ["ETALON_LOG_LEVEL", "loud"],
];

test.each(wrong)("%s=%s is refused by name, with what it may be", (name, value) => {
  const expected = new Map<string, { readonly expected: string }>(Object.entries(settings)).get(name)?.expected;
  expect(expected).toBeTypeOf("string");
  expect(() => readConfig({ [name]: value })).toThrow(
    expect.objectContaining({ code: "setting-invalid", field: name, received: value, details: { expected } }),
  );
});

test("a wrong database address is not repeated: it holds a password", () => {
  const read = (): unknown => readConfig({ ETALON_DATABASE_URL: "mysql://root:hush@db/x" });
  expect(read).toThrow(expect.objectContaining({ code: "setting-invalid", field: "ETALON_DATABASE_URL" }));
  expect(read).not.toThrow(/hush/);
});

test("key and certificate come together", () => {
  const missing = (field: string): object => expect.objectContaining({ code: "missing-value", field });
  expect(() => readConfig({ ETALON_TLS_KEY: "k.pem" })).toThrow(missing("ETALON_TLS_CERT"));
  expect(() => readConfig({ ETALON_TLS_CERT: "c.pem" })).toThrow(missing("ETALON_TLS_KEY"));
  expect(() => readConfig({ ETALON_DIMSE_TLS_KEY: "k.pem" })).toThrow(missing("ETALON_DIMSE_TLS_CERT"));
  expect(() => readConfig({ ETALON_DIMSE_TLS_CA: "ca.pem" })).toThrow(missing("ETALON_DIMSE_TLS_KEY"));
});

test("a misspelt variable is found, other programs' are not", () => {
  const { unknownVariables } = readConfig({ ETALON_HTTPPORT: "1", ETALON_SHARED_DATA: "/x", PATH: "/bin" });
  expect(unknownVariables).toEqual(["ETALON_HTTPPORT"]);
});

describe.each(["en", "fr"] as const)("help in %s", (language) => {
  test.each(Object.entries(settings))("%s stands there with its values, its default and what it does", (name, row) => {
    const text = helpText(language);
    expect(text).toContain(`${name}=${row.expected}\n`);
    expect(text).toContain(`${row.help[language]} (`);
  });
});

test.each([
  [{ LANG: "fr_FR.UTF-8" }, "fr"],
  [{ LC_ALL: "C", LANG: "fr_FR.UTF-8" }, "en"],
  [{}, "en"],
])("messages under %j are %s", (environment, language) => {
  expect(readLanguage(environment)).toBe(language);
});

test("accounts are off only where nobody but this machine's users comes", () => {
  expect(readConfig({ ETALON_ACCOUNTS: "off" }).accounts.isOn).toBe(false);
  for (const open of [{ ETALON_HTTP_HOST: "0.0.0.0" }, { ETALON_TRUSTED_PROXY: "127.0.0.1" }]) {
    const environment = { ETALON_ACCOUNTS: "off", ...open };
    expect(() => readConfig(environment)).toThrow(
      expect.objectContaining({ code: "setting-invalid", field: "ETALON_ACCOUNTS" }),
    );
  }
});

test.each([
  [{ ETALON_OIDC_ISSUER: "http://login.example.org" }, "ETALON_OIDC_ISSUER"],
  [{ ETALON_OIDC_ISSUER: "https://login.example.org" }, "ETALON_OIDC_CLIENT_ID"],
  [{ ETALON_OIDC_ISSUER: "https://login", ETALON_OIDC_CLIENT_ID: "etalon" }, "ETALON_OIDC_CLIENT_SECRET"],
  [
    {
      ETALON_OIDC_ISSUER: "https://login",
      ETALON_OIDC_CLIENT_ID: "etalon",
      ETALON_OIDC_CLIENT_SECRET: "secret",
      ETALON_OIDC_ROLES: "radiology=king",
    },
    "ETALON_OIDC_ROLES",
  ],
  [{ ETALON_ACCOUNTS: "maybe" }, "ETALON_ACCOUNTS"],
])("%j is refused, naming the variable", (environment, field) => {
  expect(() => readConfig(environment)).toThrow(expect.objectContaining({ field }));
});
