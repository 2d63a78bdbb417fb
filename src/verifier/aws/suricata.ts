/**
 * Rules of the network firewall in Suricata's language, one a line, as they are written. A word that is not known here
 * is no rule: nobody can say what it does.
 * https://docs.suricata.io/en/suricata-7.0.10/rules/intro.html
 */

export interface Rule {
  readonly action: string;
  readonly protocol: string;
  readonly source: Side;
  readonly target: Side;
  /** All ports but these where `others`. */
  readonly ports: readonly number[] | "any";
  readonly others: boolean;
  /** Parts of a message that have to be, or must not be, as they say; all of them. */
  readonly contents: readonly Content[];
  /** Everything else that is asked for, as it is written. */
  readonly conditions: readonly string[];
  /** Everything but the action and what numbers the rule. */
  readonly header: string;
}

/** Names of sets, without `$`; everybody else where `others`; none: anybody. */
export interface Side {
  readonly sets: readonly string[];
  readonly others: boolean;
}

/** A text, or a pattern, and where it has to stand. */
export interface Content {
  readonly buffer: string;
  readonly text: string;
  readonly not: boolean;
  readonly starts: boolean;
  readonly ends: boolean;
}

const LINE =
  /^(alert|pass|drop) (ip|tcp|udp|icmp|tls|http|http2) (\S+) any -> (\S+) (any|!?\[[\d,]+\]|\d+) \((.*);\)$/;

const NAMES = ["tls.sni", "http.host"];
/** Other buffers have one text each whose meaning is known: that there is a hash, a header, another header. */
const FIXED: Readonly<Record<string, string>> = {
  "ja4.hash": 'content:"_"',
  "http.start": 'pcre:!"/\\r\\nHost: [a-z0-9]/i"',
  "http.header_names": 'content:!"|0d 0a 3a|authority|0d 0a|"',
};
const PLACES = ["startswith", "endswith", "nocase"];
/** They say nothing of what a rule is about. */
const LABEL = /^(msg:"[^"]*"|sid:\d+|rev:\d+)$/;
const CONDITION =
  /^(flow:to_server|noalert|itype:\d+|icode:\d+|ip_proto:!TCP|dsize:>0|flowbits:(isnot)?set,[a-z.]+|stream_size:client,>,\d+|app-layer-event:http\.request_field_too_long)$/;

/** Throws on a line of another form. */
export function parseRule(line: string): Rule {
  const [, action = "", protocol = "", source = "", target = "", ports = "", options = ""] =
    LINE.exec(line) ?? [];
  const { contents, conditions, unknown } = optionsIn(options.split("; "));
  if (action === "" || unknown.length > 0) throw new Error(`no rule of the firewall: ${line}`);
  return {
    action,
    protocol,
    source: sideOf(source),
    target: sideOf(target),
    ports: ports === "any" ? "any" : (ports.match(/\d+/g)?.map(Number) ?? []),
    others: ports.startsWith("!"),
    contents,
    conditions,
    header: line.slice(action.length).replace(/ sid:\d+; rev:\d+;/, ""),
  };
}

const sideOf = (written: string): Side => ({
  sets: written === "any" ? [] : written.replace(/[!$[\]]/g, "").split(","),
  others: written.startsWith("!"),
});

interface Options {
  readonly contents: readonly Content[];
  readonly conditions: readonly string[];
  readonly unknown: readonly string[];
}

/** A text belongs to the buffer that was named last, and a word about a place to the text before it. */
function optionsIn(options: readonly string[]): Options {
  const contents: Content[] = [];
  const [conditions, unknown]: [string[], string[]] = [[], []];
  let buffer = "";
  for (const option of options) {
    const [, word, not, text] = /^(content|pcre):(!?)"([^"]+)"$/.exec(option) ?? [];
    const last = contents.at(-1);
    const known = NAMES.includes(buffer) ? word === "content" : FIXED[buffer] === option;
    if (text !== undefined && known)
      contents.push({ buffer, text, not: not === "!", starts: false, ends: false });
    else if (NAMES.includes(option) || FIXED[option] !== undefined) buffer = option;
    else if (PLACES.includes(option) && last !== undefined)
      contents.splice(-1, 1, {
        ...last,
        starts: last.starts || option === "startswith",
        ends: last.ends || option === "endswith",
      });
    else if (CONDITION.test(option)) conditions.push(option);
    else if (!LABEL.test(option)) unknown.push(option);
  }
  return { contents, conditions, unknown };
}

export const isNameOf = ({ text, starts, ends }: Content, name: string): boolean => {
  if (starts && ends) return name === text;
  if (starts) return name.startsWith(text);
  return ends ? name.endsWith(text) : name.includes(text);
};

/** A pattern of names that holds what the text holds, as near as one can. */
export const patternOf = ({ text, starts }: Content): string =>
  starts ? text : `*${text.startsWith(".") ? "" : "."}${text}`;
