import { catalog } from "@etalon/measure";
import { expect, it } from "vitest";
import { choiceText } from "./choice-texts.ts";
import { parameterSource } from "./parameter-source.ts";

const parameters = catalog.flatMap((protocol) => Object.entries(protocol.parameters));

it("has words for every choice that a protocol declares", () => {
  const choices = parameters.flatMap(([id, parameter]) =>
    parameter.kind === "choice" ? parameter.choices.map((choice) => [id, choice] as const) : [],
  );
  expect(choices.length).toBeGreaterThan(5);
  for (const [id, choice] of choices) expect(choiceText(id, choice).fr, `${id} ${choice}`).not.toBe(choice);
});

it("has French for every source of a parameter that is more than a citation", () => {
  const sources = new Set(parameters.map(([, { source }]) => source));
  expect(sources.size).toBeGreaterThan(10);
  for (const source of sources) {
    const { en, fr } = parameterSource(source);
    expect(en).toBe(source);
    if (!/^Agatston AS et al\., [^,]*, doi \S+$/.test(source)) expect(fr, source).not.toBe(source);
  }
});
