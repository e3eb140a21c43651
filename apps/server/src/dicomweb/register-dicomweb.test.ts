import Fastify from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { registerApiDocs } from "./register-api-docs.ts";
import { registerDicomweb } from "./register-dicomweb.ts";
import { createMemoryArchive } from "./testing/memory-archive.ts";
import { type ServedDicomweb, serveDicomweb } from "./testing/served-dicomweb.ts";

let served: ServedDicomweb | undefined;
afterEach(async () => {
  await served?.app.close();
  served = undefined;
});

describe("pages of other origins", () => {
  const origin = "https://viewer.example.org";
  const ask = (method: string, from: string): Promise<Response> =>
    fetch(`${served?.url}/studies/1.2.3`, { method, headers: { origin: from } });

  it("may not ask where nothing is said", async () => {
    served = await serveDicomweb();
    expect((await ask("GET", origin)).headers.get("access-control-allow-origin")).toBeNull();
    expect((await ask("OPTIONS", origin)).status).toBe(404);
  });

  it("may where their origin is named, and no other", async () => {
    served = await serveDicomweb({ allowedOrigins: [origin] });
    const asked = await ask("GET", origin);
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).toEqual([404, origin]);
    const preflight = await ask("OPTIONS", origin);
    expect([preflight.status, preflight.headers.get("access-control-allow-methods")]).toEqual([
      204,
      "GET, HEAD, POST, DELETE",
    ]);
    for (const method of ["GET", "OPTIONS"]) {
      const other = await ask(method, "https://viewer.example.org.evil.test");
      expect(other.headers.get("access-control-allow-origin")).toBeNull();
      expect(other.headers.get("access-control-allow-methods")).toBeNull();
    }
  });
});

describe("the description of the services", () => {
  it("names every route, and its page loads nothing from elsewhere", async () => {
    const app = Fastify();
    await registerApiDocs(app, "/etalon");
    const scopeOf = () => ({ siteId: 1, actor: "test", purpose: "dicomweb" });
    const options = { archive: createMemoryArchive(), scopeOf, baseUrl: () => "" };
    await app.register(async (scope) => registerDicomweb(scope, options), { prefix: "/etalon/dicom-web" });
    const json = (await app.inject("/etalon/docs/json")).json();
    const instance = "/etalon/dicom-web/studies/{study}/series/{series}/instances/{instance}";
    expect(Object.keys(json.paths[instance])).toEqual(["get", "delete"]);
    expect(Object.keys(json.paths)).toEqual(
      expect.arrayContaining([
        "/etalon/dicom-web/studies",
        "/etalon/dicom-web/studies/{study}/metadata",
        `${instance}/frames/{frames}`,
        `${instance}/frames/{frames}/rendered`,
        `${instance}/thumbnail`,
      ]),
    );
    const page = await app.inject("/etalon/docs/");
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    await app.close();
  });
});
