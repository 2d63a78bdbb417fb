/**
 * Rules of the network firewall in Suricata's language, one a line, and what they say of a request or of a
 * connection that begins.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html
 */
import type { Request } from "../replay/reader";
import type { Packet } from "../replay/traffic";

export interface Rule {
  readonly action: string;
  readonly protocol: string;
  /** `any`, or the name of a set. */
  readonly source: string;
  readonly target: string;
  /** All ports but these where `others`. */
  readonly ports: readonly number[] | "any";
  readonly others: boolean;
  readonly name?: Content;
  /** Everything but the action and what numbers the rule. */
  readonly header: string;
}

/** A text, and where in a name it has to stand. */
export interface Content {
  readonly text: string;
  readonly starts: boolean;
  readonly ends: boolean;
}

const LINE = /^(\w+) (\w+) (\S+) any -> (\S+) (any|!?\[[\d,]+\]|\d+) \((.*)\)$/;

/** Throws on a line of another form. */
export function parseRule(line: string): Rule {
  const [, action = "", protocol = "", source = "", target = "", ports = "", options = ""] =
    LINE.exec(line) ?? [];
  if (action === "") throw new Error(`no rule of the firewall: ${line}`);
  const name = contentIn(options);
  return {
    action,
    protocol,
    source: source.replace("$", ""),
    target: target.replace("$", ""),
    ports:
      ports === "any"
        ? "any"
        : ports
            .replace(/[!\][]/g, "")
            .split(",")
            .map(Number),
    others: ports.startsWith("!"),
    ...(name === undefined ? {} : { name }),
    header: line.slice(action.length).replace(/ sid:\d+; rev:\d+;/, ""),
  };
}

function contentIn(options: string): Content | undefined {
  const [, text] = /content:"([^"]+)"/.exec(options) ?? [];
  if (text === undefined) return undefined;
  const has = (word: string): boolean => options.split(/; ?/).includes(word);
  return { text, starts: has("startswith"), ends: has("endswith") };
}

const isOnPort = ({ ports, others }: Rule, port: number): boolean =>
  ports === "any" || ports.includes(port) !== others;

/** The name does not count here. */
export const isAbout = (rule: Rule, { application, port }: Request): boolean =>
  (rule.protocol === "tcp" || rule.protocol === application) && isOnPort(rule, port);

export const hasName = (rule: Rule, name: string): boolean =>
  rule.name === undefined || isIn(rule.name, name);

function isIn({ text, starts, ends }: Content, name: string): boolean {
  if (starts && ends) return name === text;
  if (starts) return name.startsWith(text);
  return ends ? name.endsWith(text) : name.includes(text);
}

/** Before there is a name, rules that ask for one say nothing. */
export const matchesBeginning = (rule: Rule, { protocol, port }: Packet): boolean =>
  rule.name === undefined && rule.protocol === protocol && (protocol === "icmp" || isOnPort(rule, port));

/** A pattern of names that holds what the text holds, as near as one can. */
export const patternOf = ({ text, starts }: Content): string =>
  starts ? text : `*${text.startsWith(".") ? "" : "."}${text}`;
