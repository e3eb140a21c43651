import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { debianPython, describeWithPeer, hasPythonModule } from "@etalon/testing";
import { describe, expect, test } from "vitest";
import { readConfig } from "../apps/server/src/config.ts";
import { settings } from "../apps/server/src/settings.ts";

const root = resolve(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(resolve(root, path), "utf8");

/** What of compose.yaml is compared. */
interface Compose {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly profiles: readonly string[];
        readonly image: string;
        readonly environment?: Readonly<Record<string, string>>;
        readonly volumes?: readonly string[];
        readonly ports?: readonly string[];
      }
    >
  >;
  readonly volumes: Readonly<Record<string, null>>;
}

describe("Dockerfile", () => {
  const text = read("Dockerfile");

  test("copies what is there, and what .dockerignore lets through", () => {
    const wanted = read(".dockerignore")
      .split("\n")
      .filter((line) => line.startsWith("!"))
      .map((line) => line.slice(1));
    const copied = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
      ([, sources]) => sources?.split(" ") ?? [],
    );
    expect(copied.length).toBeGreaterThan(0);
    for (const source of copied) {
      expect([source, existsSync(resolve(root, source))]).toEqual([source, true]);
      expect([source, wanted.some((path) => source === path || source.startsWith(`${path}/`))]).toEqual([source, true]);
    }
  });

  test("sets only variables that the server reads, as it reads them", () => {
    const set = Object.fromEntries(
      [...text.matchAll(/(ETALON_\w+)=(\S+)/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    expect(Object.keys(set)).not.toEqual([]);
    expect(readConfig(set)).toMatchObject({ unknownVariables: [], dataFolder: "/var/lib/etalon" });
  });

  test("runs the Node that the sources need", () => {
    expect([...text.matchAll(/^FROM node:(\d+)-/gm)].map(([, major]) => major)).toEqual(["24", "24"]);
  });
});

test("what the guide and the unit set is read", () => {
  for (const path of ["docs/guide/deployment.md", "docs/guide/many-machines.md", "deploy/etalon.service"]) {
    const names = [...read(path).matchAll(/ETALON_[A-Z0-9_]+\b/g)].map(([name]) => name);
    expect([path, names.filter((name) => !Object.hasOwn(settings, name))]).toEqual([path, []]);
  }
});

describeWithPeer("compose.yaml", { name: "python3-yaml", isPresent: hasPythonModule("yaml") }, () => {
  const script = "import json, sys, yaml; json.dump(yaml.safe_load(sys.stdin), sys.stdout)";
  // Where it is not of this shape, the tests below fail by it.
  const compose = (): Compose =>
    JSON.parse(
      execFileSync(debianPython, ["-c", script], { input: read("compose.yaml"), encoding: "utf8" }),
    ) as Compose;

  /** As compose fills in `${NAME:-default}`, from what .env says in the form of many processes. */
  const said: Readonly<Record<string, string>> = {
    POSTGRES_PASSWORD: "secret",
    ETALON_STORE_URL: "s3://etalon?endpoint=https://s3.example.org&region=eu-west-3",
    ETALON_PUBLIC_URL: "https://images.example.org",
  };
  const filled = (environment: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        value.replaceAll(
          /\$\{(\w+):-([^}]*)\}/g,
          (_, variable: string, fallback: string) => said[variable] ?? fallback,
        ),
      ]),
    );

  test("every service's variables make a configuration, and its roles are those of its name", () => {
    const { services } = compose();
    const roles = Object.entries(services)
      .filter(([, { image }]) => image.startsWith("etalon:"))
      .map(([name, { environment, profiles }]) => {
        const config = readConfig(filled(environment));
        expect([name, config.unknownVariables]).toEqual([name, []]);
        if (profiles.includes("many"))
          expect(config).toMatchObject({ s3: { bucket: "etalon" }, databaseUrl: expect.any(String) });
        return [name, [...config.roles].join()];
      });
    expect(roles).toEqual([
      ["single", "web,dimse,worker"],
      ["web", "web"],
      ["dimse", "dimse"],
      ["worker", "worker"],
    ]);
  });

  test("volumes and files are there", () => {
    const { services, volumes } = compose();
    for (const mount of Object.values(services).flatMap((service) => service.volumes ?? [])) {
      const [source = ""] = mount.split(":");
      expect([source, source.startsWith("./") ? existsSync(resolve(root, source)) : source in volumes]).toEqual([
        source,
        true,
      ]);
    }
  });

  test("HTTP is reached by this machine alone until somebody decides otherwise", () => {
    for (const port of Object.values(compose().services).flatMap(({ ports }) => ports ?? [])) {
      if (!port.endsWith(":4242")) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });
});
