/**
 * The rules of the enclave's network, in the order in which Google judges them: those of the policy on the
 * network and the classic ones of the network.
 * https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order
 */
import { type Block, block } from "../replay/blocks";
import { type Fault, reading, unless } from "../replay/fault";
import { type Dependent, dependent } from "../replay/quarantine";
import { ANY, hasPorts, LAST_PORT, type PortRange } from "../replay/traffic";
import {
  type Attributes,
  blocks,
  nested,
  resourcesOf,
  type TerraformDocument,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";
import { all, ENCLAVE, type Resource, referred, refersTo, TYPE } from "./resources";

export const DIRECTIONS = ["EGRESS", "INGRESS"] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface Rule {
  /** Terraform address of the policy or the classic rule. */
  readonly resource: string;
  readonly priority: number;
  readonly direction: Direction;
  readonly allow: boolean;
  /** Whose rule it is, and with whom, as it is written; nothing stands for everybody. */
  readonly written: { readonly own: readonly string[]; readonly peers: readonly string[] };
  /** The IPv4 blocks among them. */
  readonly own: readonly Block[];
  readonly peers: readonly Block[];
  readonly ranges: readonly PortRange[];
  readonly enabled: Dependent<boolean>;
}

export interface Rules {
  /** In the order in which they are judged. */
  readonly all: readonly Rule[];
  /** Of the policy, and those that are left should it be taken off. */
  readonly policy: readonly Rule[];
  readonly classic: readonly Rule[];
}

export function rulesIn(document: TerraformDocument): Rules {
  const inForce = associationsIn(document, ENCLAVE).map(({ body }) =>
    referred(body["firewall_policy"], TYPE.policy),
  );
  const policy = all(document, TYPE.policy)
    .filter(({ name }) => inForce.includes(name))
    .flatMap(({ address, body }) =>
      blocks(body, "rule").map((rule) => reading(address, () => policyRule(address, rule))),
    )
    .sort(inOrder);
  const classic = all(document, TYPE.classic)
    .filter(({ body }) => refersTo(body["network"], ENCLAVE))
    .map((rule) => reading(rule.address, () => classicRule(rule)))
    .sort(inOrder);
  const network = resourcesOf(document, TYPE.network).get("enclave");
  const isFirst = network?.["network_firewall_policy_enforcement_order"] === "BEFORE_CLASSIC_FIREWALL";
  return { all: isFirst ? [...policy, ...classic] : [...classic, ...policy], policy, classic };
}

/** Associations of a policy with a network. */
export const associationsIn = (document: TerraformDocument, network: string): Resource[] =>
  all(document, TYPE.association).filter(({ body }) => refersTo(body["attachment_target"], network));

/** The smaller priority first; of equal ones what denies. */
const inOrder = (a: Rule, b: Rule): number => a.priority - b.priority || Number(a.allow) - Number(b.allow);

/** Two rules of one priority are refused, and out of order they differ at every later plan. */
export const unsoundRules = (document: TerraformDocument): Fault[] =>
  all(document, TYPE.policy).flatMap(({ address, body }) => {
    const rules = blocks(body, "rule");
    const priorities = rules.map(({ priority }) => Number(priority));
    const isOrdered = priorities.every((priority, index) => priority > (priorities[index - 1] ?? -1));
    const contents = rules.map((rule) => JSON.stringify({ ...rule, priority: 0, rule_name: "" }));
    return [
      ...unless(isOrdered, address, "rules are not in the order of different priorities"),
      ...unless(new Set(contents).size === contents.length, address, "a rule is there twice"),
    ];
  });

/** https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details */
function policyRule(resource: string, rule: Attributes): Rule {
  const match = nested(rule, "match");
  const { disabled = false } = rule;
  return {
    resource,
    priority: priorityOf(rule, 2_147_483_547),
    // Other actions hand on to rules that are elsewhere.
    allow: oneOf(rule["action"], ["allow", "deny"]) === "allow",
    ...endsOf(rule, texts(match, "src_ip_ranges"), texts(match, "dest_ip_ranges")),
    ranges: rangesOf(blocks(match, "layer4_config"), "ip_protocol"),
    enabled: dependent({ disabled }, (inputs) => {
      const value = evaluate(disabled, inputs);
      if (typeof value !== "boolean") throw new Error(`it is neither on nor off: ${String(disabled)}`);
      return !value;
    }),
  };
}

const ALWAYS = dependent({}, () => true);

/** https://docs.cloud.google.com/firewall/docs/firewalls */
const classicRule = ({ address, body: rule }: Resource): Rule => ({
  resource: address,
  priority: priorityOf(rule, 65_535),
  allow: rule["allow"] !== undefined,
  ...endsOf(rule, texts(rule, "source_ranges"), texts(rule, "destination_ranges")),
  ranges: rangesOf(blocks(rule, rule["allow"] === undefined ? "deny" : "allow"), "protocol"),
  enabled: ALWAYS,
});

function priorityOf({ priority }: Attributes, last: number): number {
  const found = Number(priority);
  if (!Number.isInteger(found) || found < 0 || found > last)
    throw new Error(`no priority: ${String(priority)}`);
  return found;
}

function oneOf<T extends string>(value: unknown, known: readonly T[]): T {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`${JSON.stringify(value)} is none of ${known.join(", ")}`);
  return found;
}

/** Ranges of IPv6 alone are nobody here. */
const ipv4 = (ranges: readonly string[]): Block[] =>
  (ranges.length === 0 ? ["0.0.0.0/0"] : ranges).filter((range) => !range.includes(":")).map(block);

function endsOf(rule: Attributes, sources: readonly string[], destinations: readonly string[]) {
  const direction = oneOf(rule["direction"], DIRECTIONS);
  const [own, peers] = direction === "EGRESS" ? [sources, destinations] : [destinations, sources];
  return { direction, written: { own, peers }, own: ipv4(own), peers: ipv4(peers) };
}

function rangesOf(layers: readonly Attributes[], argument: string): PortRange[] {
  return layers.flatMap((layer) => {
    const named = oneOf(layer[argument], ["all", "icmp", "tcp", "udp"]);
    const protocol = named === "all" ? ANY : named;
    const ports = texts(layer, "ports");
    if (ports.length === 0) return [{ protocol, from: 0, to: LAST_PORT }];
    if (!hasPorts(protocol)) throw new Error(`${named} has no ports`);
    return ports.map((range) => {
      const [, from = "", to = from] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
      if (from === "") throw new Error(`no ports: ${range}`);
      return { protocol, from: Number(from), to: Number(to) };
    });
  });
}

export const deniesAll = ({ allow, ranges }: Rule): boolean =>
  !allow && ranges.some(({ protocol }) => protocol === ANY);

/**
 * Directions in which nothing denies all of the range to everybody and always. `otherwise`: what is at fault
 * where there is nothing.
 */
export const undenied = (rules: readonly Rule[], range: string, otherwise: string): Fault[] =>
  DIRECTIONS.flatMap((direction) => {
    const of = rules.filter((rule) => rule.direction === direction);
    const isDenied = of.some((rule) => {
      const { own, peers } = rule.written;
      const isAlways = rule.enabled.zones.length === 0 && rule.enabled.at([]);
      return deniesAll(rule) && isAlways && own.length === 0 && peers.join() === range;
    });
    return unless(isDenied, of.at(-1)?.resource ?? otherwise, `${direction} of ${range} is not denied`);
  });
