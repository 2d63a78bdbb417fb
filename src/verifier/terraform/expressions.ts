/**
 * Terraform expressions as the documents use them, evaluated without Terraform: `contains(var.quarantine, "x") ? a : b`, lists,
 * `concat`, references. A reference stands for itself: `aws_security_group.app.id`.
 */
export type Value = string | number | boolean | readonly Value[];

export interface Inputs {
  readonly quarantine: readonly string[];
}

/** A template that is one expression is evaluated; every other value is itself. Throws on what it does not know. */
export function evaluate(value: unknown, inputs: Inputs): Value {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => evaluate(item, inputs));
  if (typeof value !== "string") throw new Error(`no value: ${JSON.stringify(value)}`);
  if (!value.startsWith("${")) return value;
  const [, expression] = /^\$\{(.*)\}$/s.exec(value) ?? [];
  if (expression === undefined) return value;
  if (REFERENCE.test(expression)) return expression;
  const tokens = tokenize(expression);
  const result = conditional(tokens, inputs);
  if (tokens.length > 0) throw new Error(`unread: ${tokens.join(" ")} in ${value}`);
  return result;
}

/** Zones that a value asks the quarantine about. */
export function zonesIn(value: unknown): string[] {
  if (typeof value === "string")
    return value.includes("var.quarantine")
      ? [...value.matchAll(/contains\(var\.quarantine, "([^"]+)"\)/g)].map(([, zone]) => zone ?? "")
      : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(zonesIn) : [];
}

const REFERENCE = /^[a-z_]+\.\w+(?:\.\w+)?$/;

/** Resource addresses without type and attribute: `aws_subnet.app_1.id` is `app_1`. */
export const nameIn = (reference: Value): string =>
  /^[a-z]+_\w+\.(\w+)\.\w+$/.exec(String(reference))?.[1] ?? `?${String(reference)}`;

const tokenize = (text: string): string[] =>
  text.match(/"(?:[^"\\]|\\.)*"|\|\||[A-Za-z_][\w.]*|\d+|[^\s]/g) ?? [];

function expect(tokens: string[], wanted: string): void {
  const found = tokens.shift();
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`);
}

function conditional(tokens: string[], inputs: Inputs): Value {
  const condition = either(tokens, inputs);
  if (tokens[0] !== "?") return condition;
  tokens.shift();
  const yes = conditional(tokens, inputs);
  expect(tokens, ":");
  const no = conditional(tokens, inputs);
  if (typeof condition !== "boolean") throw new Error(`no condition: ${String(condition)}`);
  return condition ? yes : no;
}

function either(tokens: string[], inputs: Inputs): Value {
  let value = primary(tokens, inputs);
  while (tokens[0] === "||") {
    tokens.shift();
    const other = primary(tokens, inputs);
    value = value === true || other === true;
  }
  return value;
}

function primary(tokens: string[], inputs: Inputs): Value {
  const token = tokens.shift() ?? "";
  if (token === "!") return primary(tokens, inputs) !== true;
  if (token.startsWith('"')) return JSON.parse(token) as string;
  if (/^\d+$/.test(token)) return Number(token);
  if (token === "(") return closing(conditional(tokens, inputs), tokens, ")");
  if (token === "[") return listOf(tokens, inputs, "]");
  if (!/^[A-Za-z_]/.test(token)) throw new Error(`unknown: ${token}`);
  const opened = tokens[0] === "(" || tokens[0] === "[" ? tokens.shift() : undefined;
  if (opened === "(") return called(token, listOf(tokens, inputs, ")"));
  if (opened === "[") return `${token}[${String(closing(conditional(tokens, inputs), tokens, "]"))}]`;
  return token === "var.quarantine" ? inputs.quarantine : token;
}

function closing(value: Value, tokens: string[], bracket: string): Value {
  expect(tokens, bracket);
  return value;
}

function listOf(tokens: string[], inputs: Inputs, end: string): Value[] {
  const values: Value[] = [];
  while (tokens[0] !== end) {
    if (tokens.length === 0) throw new Error(`expected ${end}`);
    values.push(conditional(tokens, inputs));
    if (tokens[0] !== end) expect(tokens, ",");
  }
  tokens.shift();
  return values;
}

function called(name: string, args: readonly Value[]): Value {
  const [first, second] = args;
  if (name === "contains" && Array.isArray(first)) return first.includes(second);
  if (name === "concat") return args.flat() as Value[];
  throw new Error(`unknown function: ${name}`);
}
