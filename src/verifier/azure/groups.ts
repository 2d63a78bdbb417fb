/**
 * Rules of network security groups:
 * https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview
 */
import { type Block, block } from "../replay/blocks";
import { type Fault, reading, unless } from "../replay/fault";
import { type Dependent, dependent } from "../replay/quarantine";
import { ANY, LAST_PORT, type PortRange } from "../replay/traffic";
import { type Attributes, blocks, resourcesOf, type TerraformDocument, text } from "../terraform/document";
import { evaluate, type Inputs } from "../terraform/expressions";

const GROUP = "azurerm_network_security_group";

/** A block, or one of the tags below. */
export type Place = Block | string;
export type Direction = "Inbound" | "Outbound";

export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: Direction;
  readonly allow: boolean;
  readonly ranges: readonly PortRange[];
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  /** Application security groups as destinations. */
  readonly toGroups: readonly string[];
}

/** A rule under any quarantine. */
export interface PossibleRule extends Dependent<SecurityRule> {
  readonly direction: Direction;
  /** Each end that it has under some quarantine. */
  readonly ends: Pick<SecurityRule, "from" | "to" | "toGroups">;
}

/** Of each group, in the order of their priorities. */
export const readGroups = (document: TerraformDocument): ReadonlyMap<string, readonly PossibleRule[]> =>
  new Map(
    [...resourcesOf(document, GROUP)].map(([name, body]) => [
      name,
      reading(`${GROUP}.${name}`, () => rulesOf(body)),
    ]),
  );

export const rulesOf = (group: Attributes): PossibleRule[] =>
  blocks(group, "security_rule")
    .sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
    .map((rule) => {
      const possible = dependent(rule, (inputs) => readRule(rule, inputs));
      const variants = possible.variants();
      const ends = {
        from: distinct(variants.flatMap(({ from }) => from)),
        to: distinct(variants.flatMap(({ to }) => to)),
        toGroups: [...new Set(variants.flatMap(({ toGroups }) => toGroups))],
      };
      return { ...possible, ends, direction: rule["direction"] as Direction };
    });

const distinct = (places: readonly Place[]): Place[] => [
  ...new Map(
    places.map((place) => [typeof place === "string" ? place : `${place.base}/${place.prefix}`, place]),
  ).values(),
];

function readRule(rule: Attributes, inputs: Inputs): SecurityRule {
  const values = (...fields: readonly string[]): string[] =>
    fields.flatMap((field) => rule[field] ?? []).map((value) => String(evaluate(value, inputs)));
  const access = evaluate(rule["access"], inputs);
  if (access !== "Allow" && access !== "Deny") throw new Error(`no access: ${String(access)}`);
  const allow = access === "Allow";
  const place = (end: string): Place => placeOf(end, allow);
  return {
    name: text(rule, "name"),
    priority: Number(rule["priority"]),
    direction: rule["direction"] as Direction,
    allow,
    ranges: values("destination_port_range", "destination_port_ranges").flatMap((range) =>
      rangesOf(text(rule, "protocol").toLowerCase(), range, allow),
    ),
    from: values("source_address_prefix", "source_address_prefixes").map(place),
    to: values("destination_address_prefix", "destination_address_prefixes").map(place),
    toGroups: values("destination_application_security_group_ids").map((id) => {
      const [, group] = /^azurerm_application_security_group\.(\w+)\.id$/.exec(id) ?? [];
      if (group === undefined) throw new Error(`no group: ${id}`);
      return group;
    }),
  };
}

/** The host's own services, which only denials by these tags hold back. */
export const PLATFORM_TAGS = ["AzurePlatformDNS", "AzurePlatformIMDS"] as const;

/**
 * Tags that stand for one address whatever is built: load balancers' health checks, activation of Windows, and
 * the host's own services.
 */
const TAGS = ["*", "AzureLoadBalancer", "AzurePlatformLKM", ...PLATFORM_TAGS];
const isOtherTag = (end: string): boolean => /^[A-Za-z][\w.]*$/.test(end) && !TAGS.includes(end);
const NOBODY = "";

/**
 * Routes and peerings change what other tags stand for, and Azure does from week to week: a permit may mean
 * everybody by one, a denial nobody.
 * https://learn.microsoft.com/en-us/azure/virtual-network/service-tags-overview
 */
function placeOf(end: string, allow: boolean): Place {
  if (isOtherTag(end)) return allow ? "*" : NOBODY;
  return TAGS.includes(end) ? end : block(end.includes("/") ? end : `${end}/32`);
}

/**
 * `*` is every port, and every packet of a protocol that has none. Of all protocols at some ports, only some
 * have ports.
 */
function rangesOf(named: string, range: string, allow: boolean): PortRange[] {
  const protocol = named === "*" ? ANY : named;
  if (range === "*") return [{ protocol, from: 0, to: LAST_PORT }];
  const [, first = "", last = first] = /^(\d+)(?:-(\d+))?$/.exec(range) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (first === "" || from > to || to > LAST_PORT) throw new Error(`no ports: ${range}`);
  if (protocol !== ANY) return [{ protocol, from, to }];
  return allow
    ? [{ protocol, from: 0, to: LAST_PORT }]
    : ["tcp", "udp"].map((each) => ({ protocol: each, from, to }));
}

/** A name is one rule's in its group, a number one rule's in a direction; ends are addresses. */
export const refusedRules = (document: TerraformDocument): Fault[] =>
  [...resourcesOf(document, GROUP)].flatMap(([name, body]) => {
    const resource = `${GROUP}.${name}`;
    const rules = blocks(body, "security_rule");
    const names = rules.map((rule) => text(rule, "name").toLowerCase());
    const numbers = rules.map((rule) => `${text(rule, "direction")} ${text(rule, "priority")}`);
    const ends = rules.flatMap((rule) => ENDS.flatMap((end) => [rule[end] ?? []].flat().map(String)));
    return [
      ...unless(new Set(names).size === names.length, resource, "two rules have one name"),
      ...unless(new Set(numbers).size === numbers.length, resource, "two rules have one number"),
      ...ends
        .filter(isOtherTag)
        .map((tag) => ({ resource, detail: `${tag} stands for other addresses from time to time` })),
    ];
  });

const ENDS = ["source", "destination"].flatMap((end) => [`${end}_address_prefix`, `${end}_address_prefixes`]);

/** Everything from everywhere to everywhere. */
export const deniesAll = ({ allow, ranges, from, to }: SecurityRule): boolean =>
  !allow &&
  ranges.some(
    ({ protocol, from: first, to: last }) => protocol === ANY && first === 0 && last === LAST_PORT,
  ) &&
  [from, to].every((ends) => ends.includes("*"));

/** From everywhere, by every protocol: a denial of less has no effect on a service of the platform. */
export const deniesTag = ({ allow, direction, from, to, ranges }: SecurityRule, tag: string): boolean =>
  !allow &&
  direction === "Outbound" &&
  from.includes("*") &&
  to.includes(tag) &&
  ranges.some(({ protocol }) => protocol === ANY);
