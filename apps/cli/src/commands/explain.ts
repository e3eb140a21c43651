import { EtalonError, InputError } from "@etalon/base";
import { catalog, factsOfRule, type Rule } from "@etalon/decide";
import { readArguments } from "../arguments.ts";
import { printJson, type Terminal } from "../terminal.ts";
import { ruleText } from "../text/rule-text.ts";

/** `etalon explain RULE`: what a rule says, when, on whose authority, and which facts it reads. A pack's name explains all of its rules. */
export async function explain(argv: readonly string[], terminal: Terminal): Promise<number> {
  const { paths } = readArguments(argv, { options: [], pairs: [] });
  const [name, unexpected] = paths;
  if (name === undefined) throw new EtalonError("missing-value", { field: "rule" });
  if (unexpected !== undefined) throw new EtalonError("unexpected-argument", { field: "rule", received: unexpected });
  const rules = rulesNamed(name);
  if (terminal.isJson) printJson(terminal, { schema: "etalon.rules/1", rules: rules.map(described) });
  else terminal.out(rules.map((rule) => ruleText(rule, terminal.language)).join("\n"));
  return 0;
}

function rulesNamed(name: string): readonly Rule[] {
  const pack = catalog.find(({ id }) => id === name);
  if (pack !== undefined) return pack.rules;
  const rule = catalog.flatMap(({ rules }) => rules).find(({ id }) => id === name);
  if (rule !== undefined) return [rule];
  const known = catalog.flatMap(({ rules }) => rules.map(({ id }) => id));
  throw new InputError("unknown-name", "rule", name, known.join(", "));
}

/** A rule without its functions. */
function described(rule: Rule): Record<string, unknown> {
  const { computation } = rule;
  const data = computation.kind === "equation" ? { kind: computation.kind, needs: computation.needs } : computation;
  return { ...rule, computation: data, reads: factsOfRule(rule) };
}
