/** The network that a document describes: the rules of the policy and the classic ones, routes, and who lies where. */
import { type Block, block, distinctSets } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import { ANY, hasPorts, LAST_PORT, type PortRange } from "../replay/traffic";
import {
  type Attributes,
  blocks,
  nested,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";

export type Direction = "EGRESS" | "INGRESS";

export interface Rule {
  /** Terraform address of the policy or the classic rule. */
  readonly resource: string;
  readonly priority: number;
  readonly direction: Direction;
  readonly allow: boolean;
  readonly from: readonly Block[];
  readonly to: readonly Block[];
  readonly ranges: readonly PortRange[];
  readonly enabled: Dependent<boolean>;
}

export interface Net {
  /** In the order in which they are judged. */
  readonly rules: readonly Rule[];
  /** Subnetworks of the enclave's network by name. */
  readonly subnets: ReadonlyMap<string, Block>;
  /** Addresses that are reached without being a machine's: endpoints, and subnets of networks that are peered. */
  readonly beyond: readonly Block[];
  readonly hasDefaultRoute: boolean;
  /** Every set of blocks that a rule names. */
  readonly told: readonly (readonly Block[])[];
  /** Addresses that the internet reaches without being let in by a rule. */
  readonly exposed: readonly number[];
}

const POLICY = "google_compute_network_firewall_policy_with_rules";
const CLASSIC = "google_compute_firewall";

const ipv4 = (ranges: readonly string[]): Block[] =>
  ranges.filter((range) => !range.includes(":")).map(block);

export const inNetwork = (body: Attributes, network: string): boolean =>
  references(body["network"], "google_compute_network").includes(network);

/** `told` are sets of blocks that something beside the network names. */
export function readNetwork(document: TerraformDocument, told: Net["told"]): Net {
  const all = (type: string): Attributes[] => [...resourcesOf(document, `google_${type}`).values()];
  const peerings = all("compute_network_peering").filter((peering) => inNetwork(peering, "enclave"));
  const peersOf = (peering: Attributes): string[] =>
    references(peering["peer_network"], "google_compute_network");
  const imported = peerings.filter((peering) => peering["import_custom_routes"] === true).flatMap(peersOf);
  const subnetsIn = (network: string): [string, Block][] =>
    [...resourcesOf(document, "google_compute_subnetwork")].flatMap(([name, body]) =>
      inNetwork(body, network)
        ? ipv4([text(body, "ip_cidr_range")]).map((range): [string, Block] => [name, range])
        : [],
    );
  const addresses = [...all("compute_global_address"), ...all("compute_address")];
  const outward = addresses.filter((each) => each["address_type"] !== "INTERNAL");
  const rules = [...policyRules(document), ...classicRules(document)];
  return {
    told: distinctSets([...told, ...rules.flatMap(({ from, to }) => [from, to])]),
    exposed: outward.map((each) => block(`${text(each, "address")}/32`).base),
    rules,
    subnets: new Map(subnetsIn("enclave")),
    beyond: [
      ...peerings.flatMap(peersOf).flatMap((peer) => subnetsIn(peer).map(([, range]) => range)),
      ...listening(document),
    ],
    hasDefaultRoute: hasRoute(document, ["enclave", ...imported]) || keepsRoutes(document, "enclave"),
  };
}

/** Of any destination: no enclave plans one. What its network imports counts, although Google hands no default route on to a peer. */
const hasRoute = (document: TerraformDocument, networks: readonly string[]): boolean =>
  [...resourcesOf(document, "google_compute_route").values()].some((route) =>
    networks.some((network) => inNetwork(route, network)),
  );

/** Those that Google makes with a network. */
export const keepsRoutes = (document: TerraformDocument, network: string): boolean =>
  resourcesOf(document, "google_compute_network").get(network)?.["delete_default_routes_on_create"] !== true;

/** Without it a proxy asks nobody. */
export const leadsOut = (document: TerraformDocument, proxy: Attributes): boolean =>
  [...resourcesOf(document, "google_compute_route").values()].some(
    (route) =>
      route["network"] === proxy["network"] &&
      text(route, "dest_range") === "0.0.0.0/0" &&
      text(route, "next_hop_gateway") === "default-internet-gateway",
  );

/** Addresses on which a forwarding rule or a regional endpoint listens, by its Terraform address. */
export function listenersIn(document: TerraformDocument): Map<string, string> {
  const found = new Map<string, string>();
  for (const kind of ["", "global_"]) {
    const addresses = resourcesOf(document, `google_compute_${kind}address`);
    for (const [name, rule] of resourcesOf(document, `google_compute_${kind}forwarding_rule`)) {
      const [address = ""] = references(rule["ip_address"], `google_compute_${kind}address`);
      found.set(`google_compute_${kind}forwarding_rule.${name}`, text(addresses.get(address), "address"));
    }
  }
  const regional = "google_network_connectivity_regional_endpoint";
  for (const [name, body] of resourcesOf(document, regional))
    found.set(`${regional}.${name}`, text(body, "address"));
  return found;
}

const listening = (document: TerraformDocument): Block[] =>
  [...listenersIn(document).values()].map((address) => block(`${address}/32`));

function policyRules(document: TerraformDocument): Rule[] {
  const associations = [
    ...resourcesOf(document, `google_compute_network_firewall_policy_association`).values(),
  ];
  const inForce = associations
    .filter((each) => references(each["attachment_target"], "google_compute_network").includes("enclave"))
    .flatMap((each) => references(each["firewall_policy"], POLICY));
  return [...resourcesOf(document, POLICY)]
    .filter(([name]) => inForce.includes(name))
    .flatMap(([name, policy]) => blocks(policy, "rule").map((rule) => policyRule(`${POLICY}.${name}`, rule)))
    .sort((a, b) => a.priority - b.priority);
}

function policyRule(resource: string, rule: Attributes): Rule {
  const match = nested(rule, "match");
  return {
    resource,
    priority: Number(rule["priority"]),
    direction: text(rule, "direction") as Direction,
    allow: rule["action"] === "allow",
    ...endsOf(texts(match, "src_ip_ranges"), texts(match, "dest_ip_ranges")),
    ranges: rangesOf(blocks(match, "layer4_config"), "ip_protocol"),
    enabled: dependent(
      { disabled: rule["disabled"] },
      (inputs) => evaluate(rule["disabled"] ?? false, inputs) !== true,
    ),
  };
}

const EVERYWHERE = "0.0.0.0/0";

/** An end without ranges is everybody; one with ranges of IPv6 alone is nobody here. */
const endsOf = (from: readonly string[], to: readonly string[]): Pick<Rule, "from" | "to"> => ({
  from: ipv4(from.length === 0 ? [EVERYWHERE] : from),
  to: ipv4(to.length === 0 ? [EVERYWHERE] : to),
});

const ALWAYS = dependent({}, () => true);

const classicRules = (document: TerraformDocument): Rule[] =>
  [...resourcesOf(document, CLASSIC)]
    .map(([name, rule]) => ({
      resource: `${CLASSIC}.${name}`,
      priority: Number(rule["priority"]),
      direction: text(rule, "direction") as Direction,
      allow: rule["allow"] !== undefined,
      ...endsOf(texts(rule, "source_ranges"), texts(rule, "destination_ranges")),
      ranges: rangesOf(blocks(rule, rule["allow"] === undefined ? "deny" : "allow"), "protocol"),
      enabled: ALWAYS,
    }))
    .sort((a, b) => a.priority - b.priority);

function rangesOf(layers: readonly Attributes[], argument: string): PortRange[] {
  return layers.flatMap((layer) => {
    const named = text(layer, argument);
    const protocol = named === "all" ? ANY : named;
    const ports = texts(layer, "ports");
    if (ports.length === 0 || !hasPorts(protocol)) return [{ protocol, from: 0, to: LAST_PORT }];
    return ports.map((range) => {
      const [first = "", last = first] = range.split("-");
      return { protocol, from: Number(first), to: Number(last) };
    });
  });
}
