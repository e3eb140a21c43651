import { globSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import ts from "typescript";

const root = resolve(import.meta.dirname, "..");

/**
 * What differs in its last bit between engines (ECMA-262 section 21.3.2 leaves these functions implementation-approximated),
 * and so may not be in code whose results are compared by hash.
 */
const engineDependent: ReadonlySet<string> = new Set([
  "acos",
  "acosh",
  "asin",
  "asinh",
  "atan",
  "atan2",
  "atanh",
  "cbrt",
  "cos",
  "cosh",
  "exp",
  "expm1",
  "hypot",
  "log",
  "log10",
  "log1p",
  "log2",
  "pow",
  "sin",
  "sinh",
  "tan",
  "tanh",
]);

/** Packages whose numbers go into a digest. */
const measuringPackages = /(^|\/)packages\/(kernels|volume|measure|decide|phantom)\/src\//;

/** One use of what a replayable result cannot rest on. */
export interface DeterminismViolation {
  readonly file: string;
  readonly line: number;
  readonly found: string;
}

/** What the check saw. */
export interface DeterminismReport {
  readonly fileCount: number;
  readonly violations: readonly DeterminismViolation[];
}

/**
 * Finds engine-dependent mathematics in the measuring packages, and randomness and clocks in every package. Tests are
 * left out.
 *
 * @param folder relative to the project's root, with a `packages` folder in it
 */
export function checkElementary(folder: string): DeterminismReport {
  const base = resolve(root, folder);
  const files = globSync("packages/*/src/**/*.ts", { cwd: base }).filter((file) => !file.endsWith(".test.ts"));
  return {
    fileCount: files.length,
    violations: files.flatMap((file) => violationsOf(resolve(base, file))),
  };
}

function violationsOf(path: string): readonly DeterminismViolation[] {
  const file = relative(root, path);
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const measures = measuringPackages.test(file);
  const violations: DeterminismViolation[] = [];
  const visit = (node: ts.Node): void => {
    const found = clockOrChance(node) ?? (measures ? engineMathematics(node) : undefined);
    if (found !== undefined) {
      const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
      violations.push({ file, line, found });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return violations;
}

/** The text of a node that reads a clock or draws a random number. */
function clockOrChance(node: ts.Node): string | undefined {
  const member = memberOf(node);
  if (member?.object === "Math" && member.name === "random") return "Math.random";
  if (member?.object === "Date" && member.name === "now") return "Date.now";
  if (member?.object === "performance" && member.name === "now") return "performance.now";
  if (member?.object === "crypto" && /^(getRandomValues|randomUUID)$/.test(member.name)) return `crypto.${member.name}`;
  const isDate = (each: ts.Node): boolean => ts.isIdentifier(each) && each.text === "Date";
  if (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments?.length ?? 0) === 0) return "new Date()";
  if (ts.isCallExpression(node) && isDate(node.expression)) return "Date()";
  return undefined;
}

/** The text of a node that uses an engine's own transcendental. */
function engineMathematics(node: ts.Node): string | undefined {
  const member = memberOf(node);
  if (member?.object === "Math" && engineDependent.has(member.name)) return `Math.${member.name}`;
  if (ts.isIdentifier(node) && node.text === "Math" && !isPlainMember(node)) return "Math taken as a value";
  if (ts.isBinaryExpression(node)) {
    if (node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken) return "**";
    if (node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken) return "**=";
  }
  return undefined;
}

/** `object.name` or `object["name"]`. */
function memberOf(node: ts.Node): { readonly object: string; readonly name: string } | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    return { object: node.expression.text, name: node.name.text };
  }
  if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const argument = node.argumentExpression;
    return { object: node.expression.text, name: ts.isStringLiteral(argument) ? argument.text : "" };
  }
  return undefined;
}

/** Whether an identifier stands before a dot: `Math.sqrt`, and not `const { exp } = Math` or `Math[name]`. */
function isPlainMember(node: ts.Identifier): boolean {
  return ts.isPropertyAccessExpression(node.parent);
}

/** Fewer files than this would mean that the check looked in the wrong place. */
const fewestFiles = 100;

if (import.meta.main) {
  const { fileCount, violations } = checkElementary(".");
  for (const { file, line, found } of violations) {
    console.error(`${file}:${line}: ${found} (replay to the bit: take it from kernels/elementary, or as an argument)`);
  }
  if (fileCount < fewestFiles) console.error(`only ${fileCount} files were seen`);
  if (violations.length > 0 || fileCount < fewestFiles) process.exitCode = 1;
  console.log(`elementary: ${fileCount} files, ${violations.length} violations`);
}
