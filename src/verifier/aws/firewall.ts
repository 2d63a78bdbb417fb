/** The network firewall's rules, read in their strict order: whether a request passes. The handshake alone is not asked about. */
import { formatCidr, NOT_INTERNET } from "../../net/cidr";
import { type Block, block, holds } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Exits, Host, Request, Verdict } from "../replay/reader";
import { blocks, nested, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";
import { evaluate } from "../terraform/expressions";

const POLICY = "aws_networkfirewall_firewall_policy";
const GROUP = "aws_networkfirewall_rule_group";
const INSPECTION = "aws_networkfirewall_tls_inspection_configuration";

interface Rule {
  readonly action: string;
  readonly protocol: string;
  /** `any`, or the name of a set. */
  readonly source: string;
  readonly target: string;
  /** All ports but these where `others`. */
  readonly ports: readonly number[] | "any";
  readonly others: boolean;
  readonly name?: Content;
}

/** Where in a name the text has to stand. */
interface Content {
  readonly text: string;
  readonly starts: boolean;
  readonly ends: boolean;
}

const LINE = /^(\w+) (\w+) (\S+) any -> (\S+) (any|!?\[[\d,]+\]|\d+) \((.*)\)$/;

function parseRule(line: string): Rule {
  const [, action = "", protocol = "", source = "", target = "", ports = "", options = ""] =
    LINE.exec(line) ?? [];
  if (action === "") throw new Error(`unread: ${line}`);
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
  };
}

function contentIn(options: string): Content | undefined {
  const [, text] = /content:"([^"]+)"/.exec(options) ?? [];
  if (text === undefined) return undefined;
  const has = (word: string): boolean => options.split(/; ?/).includes(word);
  return { text, starts: has("startswith"), ends: has("endswith") };
}

/** Ranges behind a name of a set: of one rule group, or of the policy. */
type Sets = ReadonlyMap<string, Dependent<readonly Block[]>>;

interface Group {
  readonly resource: string;
  readonly told: readonly (readonly Block[])[];
  rulesFor(from: Host, cut: readonly string[]): readonly Rule[];
}

interface Firewall {
  readonly isThere: boolean;
  readonly groups: readonly Group[];
  readonly drops: boolean;
  readonly forwards: boolean;
  readonly decrypted: readonly number[];
}

function firewallIn(document: TerraformDocument): Firewall {
  const policy = nested(resourcesOf(document, POLICY).get("enclave"), "firewall_policy");
  const named = setsIn(blocks(nested(policy, "policy_variables"), "rule_variables"));
  const listed = blocks(policy, "stateful_rule_group_reference").map((each) => text(each, "resource_arn"));
  const groups = [...resourcesOf(document, GROUP)].flatMap(([name, body]): Group[] => {
    if (!listed.includes(`\${${GROUP}.${name}.arn}`)) return [];
    const group = nested(body, "rule_group");
    const rules = text(nested(group, "rules_source"), "rules_string").split("\n").map(parseRule);
    const sets = new Map([...named, ...setsIn(blocks(nested(group, "rule_variables"), "ip_sets"))]);
    const told = [...sets.values()].flatMap((set) => set.variants());
    return [{ resource: `${GROUP}.${name}`, told, rulesFor: rulesByHost(rules, sets) }];
  });
  const stateless = ["stateless_default_actions", "stateless_fragment_default_actions"];
  return {
    isThere: resourcesOf(document, "aws_networkfirewall_firewall").size > 0,
    groups,
    drops: texts(policy, "stateful_default_actions").some((action) => action.startsWith("aws:drop")),
    forwards:
      stateless.every((actions) => texts(policy, actions).join() === "aws:forward_to_sfe") &&
      blocks(policy, "stateless_rule_group_reference").length === 0,
    decrypted: decryptedPorts(document),
  };
}

const setsIn = (variables: readonly Readonly<Record<string, unknown>>[]): Sets =>
  new Map(
    variables.map((each) => {
      const definition = texts(nested(each, "ip_set"), "definition");
      const read = dependent({ definition }, (inputs) =>
        definition.map((range) => block(String(evaluate(range, inputs)))),
      );
      return [text(each, "key"), read];
    }),
  );

const decrypts = (document: TerraformDocument): boolean => {
  const policy = nested(resourcesOf(document, POLICY).get("enclave"), "firewall_policy");
  const used = text(policy, "tls_inspection_configuration_arn");
  return [...resourcesOf(document, INSPECTION).keys()].some(
    (name) => used === `\${${INSPECTION}.${name}.arn}`,
  );
};

/** Ports on which what speaks TLS is seen as the request inside. */
function decryptedPorts(document: TerraformDocument): number[] {
  if (!decrypts(document)) return [];
  return [...resourcesOf(document, INSPECTION).values()].flatMap((body) =>
    blocks(
      nested(
        nested(nested(body, "tls_inspection_configuration"), "server_certificate_configuration"),
        "scope",
      ),
      "destination_ports",
    ).flatMap((range) => (range["from_port"] === range["to_port"] ? [Number(range["from_port"])] : [])),
  );
}

const patternOf = ({ text, starts }: Content): string =>
  starts ? text : `*${text.startsWith(".") ? "" : "."}${text}`;

/** Every set of blocks that a rule names, beside what the inspected path answers. */
type Inspected = Pick<
  Exits,
  "exitsBy" | "applications" | "inspects" | "exitPatterns" | "inspector" | "decrypts"
> & { readonly told: readonly (readonly Block[])[] };

export function exitsIn(document: TerraformDocument): Inspected {
  const firewall = firewallIn(document);
  return {
    exitsBy: "packets",
    applications: ["tls", "http", "other"],
    inspector: POLICY,
    inspects: (from, request, cut) => judgedBy(firewall, from, request, cut),
    exitPatterns: (from, cut) => {
      const rules = firewall.groups.flatMap((group) => group.rulesFor(from, cut));
      return {
        names: rules.flatMap(({ name }) => (name === undefined ? [] : [patternOf(name)])),
        ports: rules.flatMap(({ ports }) => (ports === "any" ? [] : ports)),
      };
    },
    told: firewall.groups.flatMap((group) => group.told),
    decrypts: () => decrypts(document),
  };
}

function judgedBy(
  { isThere, groups, drops, forwards, decrypted }: Firewall,
  from: Host,
  request: Request,
  cut: readonly string[],
): Verdict {
  if (!isThere) return { passes: false, by: POLICY };
  if (!forwards) return { passes: true, by: POLICY_ADDRESS };
  const isDecrypted = request.application === "tls" && decrypted.includes(request.port);
  const seen: Request = isDecrypted ? { ...request, application: "http" } : request;
  for (const group of groups) {
    const decisive = group.rulesFor(from, cut).find((rule) => matches(rule, seen));
    if (decisive !== undefined) return { passes: decisive.action === "pass", by: group.resource };
  }
  return { passes: !drops, by: POLICY_ADDRESS };
}

const POLICY_ADDRESS = `${POLICY}.enclave`;

/** Rules that decide and hold the source, found once for each host and quarantine. */
function rulesByHost(rules: readonly Rule[], sets: Sets): Group["rulesFor"] {
  const known = new Map<string, readonly Rule[]>();
  const outwards = leadsOut(sets);
  const deciding = rules.filter(({ action, target }) => action !== "alert" && outwards(target));
  return ({ address }, cut) => {
    const key = `${address} ${cut.join()}`;
    const holding = ({ source }: Rule): boolean =>
      source === "any" ||
      (sets
        .get(source)
        ?.at(cut)
        .some((range) => holds(range, address)) ??
        false);
    const found = known.get(key) ?? deciding.filter(holding);
    known.set(key, found);
    return found;
  };
}

/** EXTERNAL_NET is everything but HOME_NET, which has to be what is no internet, whatever the quarantine. */
function leadsOut(sets: Sets): (target: string) => boolean {
  const home = sets.get("HOME_NET")?.variants() ?? [];
  const wanted = NOT_INTERNET.map(formatCidr).sort().join();
  const isPrivate = home.length === 1 && home[0]?.map(formatCidr).sort().join() === wanted;
  return (target) => target === "any" || (target === "EXTERNAL_NET" && isPrivate);
}

function matches({ protocol, ports, others, name }: Rule, request: Request): boolean {
  if (protocol !== "tcp" && protocol !== request.application) return false;
  if (ports !== "any" && ports.includes(request.port) === others) return false;
  if (name === undefined) return true;
  if (!name.ends) return request.name.includes(name.text);
  return name.starts ? request.name === name.text : request.name.endsWith(name.text);
}
