import Fastify from "fastify";
import { expect, test } from "vitest";
import { isPrefetch, languageOf } from "./share-request.ts";

async function asked(headers: Readonly<Record<string, string>>, query = ""): Promise<string> {
  const app = Fastify();
  app.get("/", async (request) => `${languageOf(request)} ${isPrefetch(request)}`);
  const answer = await app.inject({ url: `/${query}`, headers });
  await app.close();
  return answer.body;
}

test.each([
  ["", "", "en"],
  ["fr", "", "fr"],
  ["fr-FR,fr;q=0.9,en;q=0.5", "", "fr"],
  ["en-GB,fr;q=0.9", "", "en"],
  ["de,en;q=0.4,fr;q=0.6", "", "fr"],
  ["de-DE", "", "en"],
  ["fr;q=0,en;q=0.1", "", "en"],
  ["fr;q=much,en", "", "en"],
  ["fr", "?lang=en", "en"],
  ["en", "?lang=fr&lang=de", "en"],
  ["fr", "?lang=xx", "fr"],
])("Accept-Language %j with %j is %s", async (accepted, query, language) => {
  expect(await asked({ "accept-language": accepted }, query)).toBe(`${language} false`);
});

test.each([
  ["sec-purpose", "prefetch", true],
  ["sec-purpose", "prefetch;prerender", true],
  ["purpose", "prefetch", true],
  ["x-moz", "prefetch", true],
  ["x-purpose", "prefetch", false],
  ["sec-fetch-mode", "navigate", false],
])("%s: %s is asked before a click: %s", async (name, value, isBefore) => {
  expect(await asked({ [name]: value })).toBe(`en ${isBefore}`);
});
