/**
 * Terraform expressions as the documents use them, evaluated without Terraform: conditions on the quarantine,
 * lists, objects, `for`, some functions. A reference to a resource stands for itself:
 * `aws_security_group.app.id`.
 */
import { FUNCTIONS } from "./functions";

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

export interface Inputs {
  readonly quarantine: readonly string[];
  /** Values of other names: `local.names`, `each.key`. A name that is missing here stands for itself. */
  readonly names?: Scope;
}

type Scope = Readonly<Record<string, Value>>;
type Expression = (scope: Scope) => Value;

/**
 * A template that is one expression is evaluated; every other value is itself. Throws on what it does not
 * know.
 */
export function evaluate(value: unknown, inputs: Inputs): Value {
  if (typeof value === "string") {
    const [, expression] = /^\$\{(.*)\}$/s.exec(value) ?? [];
    if (expression === undefined) return value;
    if (REFERENCE.test(expression) && inputs.names === undefined) return expression;
    return parsed(expression)({ ...inputs.names, "var.quarantine": inputs.quarantine });
  }
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => evaluate(item, inputs));
  if (typeof value !== "object") throw new Error(`no value: ${String(value)}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, inputs)]));
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

const known = new Map<string, Expression>();

/** The same expressions come again and again, for one choice of the zones after the other. */
function parsed(text: string): Expression {
  const expression = known.get(text) ?? parse(text);
  known.set(text, expression);
  return expression;
}

function parse(text: string): Expression {
  const tokens =
    text.match(/"(?:[^"\\]|\\.)*"|\|\||&&|[=!<>]=|=>|[A-Za-z_][\w.]*|\.[A-Za-z_]\w*|\d+|[^\s]/g) ?? [];
  const result = conditional(tokens);
  if (tokens.length > 0) throw new Error(`unread: ${tokens.join(" ")} in ${text}`);
  return result;
}

function expect(tokens: string[], wanted: string): void {
  const found = tokens.shift();
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`);
}

/** Takes the token away if it comes next. */
function skip(tokens: string[], wanted: string): boolean {
  if (tokens[0] !== wanted) return false;
  tokens.shift();
  return true;
}

function conditional(tokens: string[]): Expression {
  const condition = binary(tokens, 0);
  if (!skip(tokens, "?")) return condition;
  const yes = conditional(tokens);
  expect(tokens, ":");
  const no = conditional(tokens);
  return (scope) => (truth(condition(scope)) ? yes(scope) : no(scope));
}

function truth(value: Value): boolean {
  if (typeof value !== "boolean") throw new Error(`no condition: ${String(value)}`);
  return value;
}

/** From the loosest to the tightest. */
const OPERATORS: readonly Readonly<Record<string, (left: Value, right: () => Value) => Value>>[] = [
  { "||": (left, right) => truth(left) || truth(right()) },
  { "&&": (left, right) => truth(left) && truth(right()) },
  {
    "==": (left, right) => left === right(),
    "!=": (left, right) => left !== right(),
    "<=": (left, right) => Number(left) <= Number(right()),
    ">=": (left, right) => Number(left) >= Number(right()),
  },
];

function binary(tokens: string[], level: number): Expression {
  const operators = OPERATORS[level];
  if (operators === undefined) return unary(tokens);
  let result = binary(tokens, level + 1);
  for (;;) {
    const operator = Object.hasOwn(operators, tokens[0] ?? "") ? operators[tokens.shift() ?? ""] : undefined;
    if (operator === undefined) return result;
    const [left, right] = [result, binary(tokens, level + 1)];
    result = (scope) => operator(left(scope), () => right(scope));
  }
}

function unary(tokens: string[]): Expression {
  if (skip(tokens, "!")) {
    const operand = unary(tokens);
    return (scope) => !truth(operand(scope));
  }
  let result = primary(tokens);
  for (;;) {
    const of = result;
    if (skip(tokens, "[")) {
      const key = conditional(tokens);
      expect(tokens, "]");
      result = (scope) => memberOf(of(scope), key(scope));
    } else if (/^\.\w/.test(tokens[0] ?? "")) {
      const name = (tokens.shift() ?? "").slice(1);
      result = (scope) => attributeOf(of(scope), name);
    } else return of;
  }
}

function primary(tokens: string[]): Expression {
  const token = tokens.shift() ?? "";
  if (token.startsWith('"')) return template(JSON.parse(token) as string);
  if (/^\d+$/.test(token)) return () => Number(token);
  if (token === "(") {
    const inner = conditional(tokens);
    expect(tokens, ")");
    return inner;
  }
  if (token === "[") return tokens[0] === "for" ? forList(tokens) : listUntil(tokens, "]");
  if (token === "{") return tokens[0] === "for" ? forObject(tokens) : object(tokens);
  if (!/^[A-Za-z_]/.test(token)) throw new Error(`unknown: ${token}`);
  if (skip(tokens, "(")) return call(token, listUntil(tokens, ")"));
  return Object.hasOwn(LITERALS, token) ? () => LITERALS[token] as Value : (scope) => lookUp(token, scope);
}

const LITERALS: Scope = { true: true, false: false, null: null };

function template(text: string): Expression {
  if (!text.includes("${")) return () => text;
  const parts = text
    .split(/\$\{([^}]*)\}/)
    .map((part, index) => (index % 2 === 0 ? () => part : parse(part)));
  return (scope) => parts.map((part) => String(part(scope))).join("");
}

function listUntil(tokens: string[], end: string): (scope: Scope) => readonly Value[] {
  const items: Expression[] = [];
  while (!skip(tokens, end)) {
    if (tokens.length === 0) throw new Error(`expected ${end}`);
    items.push(conditional(tokens));
    if (tokens[0] !== end) expect(tokens, ",");
  }
  return (scope) => items.map((item) => item(scope));
}

function object(tokens: string[]): Expression {
  const entries: (readonly [string, Expression])[] = [];
  while (!skip(tokens, "}")) {
    const key = (tokens.shift() ?? "").replaceAll('"', "");
    expect(tokens, "=");
    entries.push([key, conditional(tokens)]);
    if (tokens[0] !== "}") expect(tokens, ",");
  }
  return (scope) => Object.fromEntries(entries.map(([key, value]) => [key, value(scope)]));
}

/** `for x in list :`, after which the scope has each item in turn. */
function forEach(tokens: string[]): (scope: Scope) => Scope[] {
  expect(tokens, "for");
  const name = tokens.shift() ?? "";
  expect(tokens, "in");
  const list = conditional(tokens);
  expect(tokens, ":");
  return (scope) => {
    const items = list(scope);
    if (!Array.isArray(items)) throw new Error(`no list: ${String(items)}`);
    return items.map((item: Value) => ({ ...scope, [name]: item }));
  };
}

function forList(tokens: string[]): Expression {
  const scopes = forEach(tokens);
  const item = conditional(tokens);
  expect(tokens, "]");
  return (scope) => scopes(scope).map(item);
}

function forObject(tokens: string[]): Expression {
  const scopes = forEach(tokens);
  const key = conditional(tokens);
  expect(tokens, "=>");
  const value = conditional(tokens);
  expect(tokens, "}");
  return (scope) => Object.fromEntries(scopes(scope).map((each) => [String(key(each)), value(each)]));
}

function call(name: string, args: (scope: Scope) => readonly Value[]): Expression {
  const made = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (made === undefined) throw new Error(`unknown function: ${name}`);
  return (scope) => made(...args(scope));
}

/** The longest beginning of the name that the scope has; what follows are attributes of it. */
function lookUp(name: string, scope: Scope): Value {
  const words = name.split(".");
  for (let count = words.length; count > 0; count--) {
    const head = words.slice(0, count).join(".");
    if (Object.hasOwn(scope, head)) return words.slice(count).reduce(attributeOf, scope[head] as Value);
  }
  return name;
}

/** Of a reference, a longer reference. */
function attributeOf(value: Value, name: string): Value {
  if (typeof value === "string") return `${value}.${name}`;
  return memberOf(value, name);
}

function memberOf(value: Value, key: Value): Value {
  if (typeof value === "string") return `${value}[${String(key)}]`;
  const found = (value as Readonly<Record<string, Value>> | null)?.[String(key)];
  if (found === undefined) throw new Error(`nothing is called ${String(key)}`);
  return found;
}
