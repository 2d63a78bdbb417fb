/**
 * One connection through a network as Google would judge it: the rules of the policy and then the classic ones, at the end that
 * sends and at the end that receives, and routes. What no rule decides may leave and may not enter.
 */

import { type Cidr, NOT_INTERNET } from "../../net/cidr";
import { block, holds } from "../replay/blocks";
import type { TerraformDocument } from "../terraform/document";
import { type Attributes, nested, referredTo, resourcesOf, text, texts } from "../terraform/document";
import { evaluate } from "../terraform/expressions";

export interface Packet {
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
  readonly port: number;
}

interface Rule {
  readonly priority: number;
  readonly direction: string;
  readonly allow: boolean;
  readonly from: readonly Cidr[];
  readonly to: readonly Cidr[];
  readonly layers: readonly Attributes[];
}

export interface Net {
  /** In the order in which they are judged. */
  readonly rules: readonly Rule[];
  /** Addresses of machines. */
  readonly subnets: readonly Cidr[];
  /** Addresses that are reached without being a machine's: endpoints, and subnets of networks that are peered. */
  readonly beyond: readonly Cidr[];
  readonly hasDefaultRoute: boolean;
  /** Addresses that the internet reaches without being let in by a rule. */
  readonly exposed: readonly number[];
}

const ipv4 = (ranges: readonly string[]): Cidr[] => ranges.filter((range) => !range.includes(":")).map(block);

/** `${!contains(…)}` as well as what the other clouds write. */
function isTrue(value: unknown, cut: readonly string[]): boolean {
  const negated = /^\$\{!(.*)\}$/s.exec(String(value))?.[1];
  return negated === undefined
    ? evaluate(value, { quarantine: cut }) === true
    : evaluate(`\${${negated}}`, { quarantine: cut }) !== true;
}

export const inNetwork = (body: Attributes, network: string): boolean =>
  referredTo(body["network"], "google_compute_network").includes(network);

export function readNetwork(document: TerraformDocument, cut: readonly string[]): Net {
  const all = (type: string): Attributes[] => [...resourcesOf(document, `google_${type}`).values()];
  const peerings = all("compute_network_peering").filter((peering) => inNetwork(peering, "enclave"));
  const peersOf = (peering: Attributes): string[] =>
    referredTo(peering["peer_network"], "google_compute_network");
  const peers = peerings.flatMap(peersOf);
  const imported = peerings.filter((peering) => peering["import_custom_routes"] === true).flatMap(peersOf);
  const subnetsIn = (network: string): Cidr[] =>
    ipv4(
      all("compute_subnetwork")
        .filter((subnet) => inNetwork(subnet, network))
        .map((subnet) => text(subnet, "ip_cidr_range")),
    );
  const addresses = [...all("compute_global_address"), ...all("compute_address")];
  const outward = addresses.filter((each) => each["address_type"] !== "INTERNAL");
  return {
    exposed: outward.map((each) => block(`${text(each, "address")}/32`).base),
    rules: [...policyRules(document, cut), ...classicRules(document)],
    subnets: subnetsIn("enclave"),
    beyond: [...peers.flatMap(subnetsIn), ...endpointsIn(document)],
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

/** Addresses on which a forwarding rule or a regional endpoint listens. */
function endpointsIn(document: TerraformDocument): Cidr[] {
  const listened = ["", "global_"].flatMap((kind) => {
    const rules = [...resourcesOf(document, `google_compute_${kind}forwarding_rule`).values()];
    const addresses = resourcesOf(document, `google_compute_${kind}address`);
    const names = rules.flatMap((rule) => referredTo(rule["ip_address"], `google_compute_${kind}address`));
    return names.map((name) => text(addresses.get(name), "address"));
  });
  const regional = [...resourcesOf(document, "google_network_connectivity_regional_endpoint").values()].map(
    (each) => text(each, "address"),
  );
  return [...listened, ...regional].map((each) => block(`${each}/32`));
}

function policyRules(document: TerraformDocument, cut: readonly string[]): Rule[] {
  const associated = [
    ...resourcesOf(document, "google_compute_network_firewall_policy_association").values(),
  ];
  if (
    !associated.some((each) =>
      referredTo(each["attachment_target"], "google_compute_network").includes("enclave"),
    )
  )
    return [];
  const policies = [...resourcesOf(document, "google_compute_network_firewall_policy_with_rules").values()];
  return policies
    .flatMap((policy) => policy["rule"] as Attributes[])
    .filter((rule) => !isTrue(rule["disabled"], cut))
    .map((rule) => {
      const match = nested(rule, "match");
      return {
        priority: Number(rule["priority"]),
        direction: text(rule, "direction"),
        allow: rule["action"] === "allow",
        ...endsOf(texts(match, "src_ip_ranges"), texts(match, "dest_ip_ranges")),
        layers: (match?.["layer4_config"] ?? []) as Attributes[],
      };
    })
    .sort((a, b) => a.priority - b.priority);
}

const EVERYWHERE = "0.0.0.0/0";

/** An end without ranges is everybody; one with ranges of IPv6 alone is nobody here. */
const endsOf = (from: readonly string[], to: readonly string[]): Pick<Rule, "from" | "to"> => ({
  from: ipv4(from.length === 0 ? [EVERYWHERE] : from),
  to: ipv4(to.length === 0 ? [EVERYWHERE] : to),
});

const classicRules = (document: TerraformDocument): Rule[] =>
  [...resourcesOf(document, "google_compute_firewall").values()].map((rule) => ({
    priority: Number(rule["priority"]),
    direction: text(rule, "direction"),
    allow: rule["allow"] !== undefined,
    ...endsOf(texts(rule, "source_ranges"), texts(rule, "destination_ranges")),
    layers: ((rule["allow"] ?? rule["deny"] ?? []) as Attributes[]).map((each) => ({
      ...each,
      ip_protocol: each["protocol"],
    })),
  }));

function judged(net: Net, direction: "EGRESS" | "INGRESS", packet: Packet): boolean {
  const rule = net.rules.find(
    (each) =>
      each.direction === direction &&
      each.from.some((range) => holds(range, packet.from)) &&
      each.to.some((range) => holds(range, packet.to)) &&
      each.layers.some((layer) => carries(layer, packet)),
  );
  return rule?.allow ?? direction === "EGRESS";
}

function carries(layer: Attributes, { protocol, port }: Packet): boolean {
  const named = text(layer, "ip_protocol");
  if (named !== "all" && named !== protocol) return false;
  const ports = texts(layer, "ports");
  return ports.length === 0 || ports.some((range) => inRange(range, port));
}

function inRange(range: string, port: number): boolean {
  const [first = "", last = first] = range.split("-");
  return Number(first) <= port && port <= Number(last);
}

/**
 * Endpoints are no targets of rules, whose last word is at the machine that calls them.
 * Load balancers bring the packets of the internet by paths of Google's own; everything else needs a route.
 */
export function open(net: Net, packet: Packet): boolean {
  const isBeyond = (at: number): boolean => net.beyond.some((range) => holds(range, at));
  const isMachine = (at: number): boolean => net.subnets.some((range) => holds(range, at)) && !isBeyond(at);
  const isReached = (at: number): boolean =>
    isBeyond(at) || (net.hasDefaultRoute && !NOT_INTERNET.some((range) => holds(range, at)));
  const isFront = (at: number): boolean => FRONT.some((range) => holds(range, at));
  const [source, target] = [isMachine(packet.from), isMachine(packet.to)];
  if (source && !judged(net, "EGRESS", packet)) return false;
  if (source && !target) return isReached(packet.to);
  if (!target && net.exposed.includes(packet.to)) return true;
  return (
    target && (source || isFront(packet.from) || isReached(packet.from)) && judged(net, "INGRESS", packet)
  );
}

/** https://docs.cloud.google.com/load-balancing/docs/firewall-rules */
const FRONT = ["130.211.0.0/22", "35.191.0.0/16"].map(block);
