/** Google: what would lead into the enclave, out of it, or around what filters. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Edges } from "../replay/reader";
import { type TerraformDocument, texts } from "../terraform/document";
import { associationsIn, type Rule, undenied, unsoundRules } from "./firewall";
import { isWayOut, type Net } from "./network";
import { EXPECTED } from "./packets";
import { all, EGRESS, ENCLAVE, MANAGED_PROXIES, type Resource, referred, refersTo, TYPE } from "./resources";

export function edgesIn(document: TerraformDocument, { rules }: Net): Edges {
  const [policy = { address: TYPE.policy }] = all(document, TYPE.policy);
  return {
    publicAddresses: () => [],
    ipv6: () => [
      ...rules.all.flatMap((rule) => unless(!admitsIpv6(rule), rule.resource, "a rule admits IPv6")),
      ...undenied(rules.policy, "::/0", policy.address),
    ],
    foreignLinks: () => strangePeerings(document),
    offers: () => [],
    bypasses: () => [
      ...rules.all.flatMap((rule) =>
        unless(!admitsInternet(rule), rule.resource, "a rule admits the internet around load balancers"),
      ),
      ...frontDoors(document),
    ],
    unfiltered: () => unfiltered(document),
    strayRoutes: () => strayRoutes(document),
    unsoundRules: () => unsoundRules(document),
    openDefaults: () => [
      ...undenied(rules.policy, "0.0.0.0/0", policy.address),
      // They hold should the policy be taken off.
      ...undenied(rules.classic, "0.0.0.0/0", TYPE.classic),
    ],
  };
}

/**
 * Google's public addresses are reached from a subnetwork with this access in a network with a default route:
 * https://docs.cloud.google.com/vpc/docs/private-google-access
 */
const frontDoors = (document: TerraformDocument): Fault[] =>
  all(document, TYPE.subnet).flatMap(({ address, body }) => {
    const isShut =
      refersTo(body["network"], ENCLAVE) || (body["private_ip_google_access"] ?? false) === false;
    return unless(isShut, address, "it reaches Google's public addresses");
  });

const admitsIpv6 = ({ allow, written }: Rule): boolean =>
  allow && [...written.own, ...written.peers].some((range) => range.includes(":"));

/** Connections of the internet come from load balancers, and from nobody else. */
const admitsInternet = ({ allow, direction, peers }: Rule): boolean =>
  allow &&
  direction === "INGRESS" &&
  peers.some(({ base, last }) => !EXPECTED.some((known) => known.base <= base && last <= known.last));

/** The enclave's network and the proxy's are peered with each other, and with no other. */
function strangePeerings(document: TerraformDocument): Fault[] {
  const seen = new Set<unknown>();
  return all(document, TYPE.peering).flatMap(({ address, body: { network, peer_network: peer } }) => {
    const isOwn =
      (refersTo(network, ENCLAVE) && refersTo(peer, EGRESS)) ||
      (refersTo(network, EGRESS) && refersTo(peer, ENCLAVE));
    const isSecond = seen.has(network);
    seen.add(network);
    return unless(isOwn && !isSecond, address, "it joins another network, or the same a second time");
  });
}

function strayRoutes(document: TerraformDocument): Fault[] {
  const isNeeded = all(document, TYPE.gateway).length > 0;
  return all(document, TYPE.route).flatMap(({ address, body }, index) =>
    unless(isNeeded && index === 0 && isWayOut(body), address, "it is not the proxy's one way out"),
  );
}

/** Networks and subnetworks that are there before the one policy is in force, or where it never is. */
function unfiltered(document: TerraformDocument): Fault[] {
  const proxy = all(document, TYPE.gateway).map(({ body }) => referred(body["subnetwork"], TYPE.subnet));
  const policies = all(document, TYPE.policy).map(({ address }) => address);
  const isProxies = ({ name, body }: Resource): boolean =>
    body["purpose"] === MANAGED_PROXIES || proxy.includes(name);
  return [
    ...faults(policies.slice(1), "another policy applies"),
    ...unless(policies.length > 0, TYPE.policy, "there is none"),
    ...all(document, TYPE.network).flatMap(({ address }) => unassociated(document, address)),
    ...all(document, TYPE.subnet).flatMap((subnet) => {
      const network = isProxies(subnet) ? EGRESS : ENCLAVE;
      const [association] = associationsIn(document, network);
      const isFiltered =
        association !== undefined && texts(subnet.body, "depends_on").includes(association.address);
      return [
        ...unless(refersTo(subnet.body["network"], network), subnet.address, "it is in another's network"),
        ...unless(isFiltered, subnet.address, "the policy is not in force before it is there"),
      ];
    }),
  ];
}

/** Managed proxies are no targets of rules; a machine that somebody puts beside them is. */
function unassociated(document: TerraformDocument, network: string): Fault[] {
  const [first, ...more] = associationsIn(document, network);
  const isPolicy = [ENCLAVE, EGRESS].includes(network) && refersTo(first?.body["firewall_policy"], POLICY);
  return [
    ...unless(isPolicy, network, "no policy is on it"),
    ...faults(
      more.map(({ address }) => address),
      "another policy applies",
    ),
  ];
}

const POLICY = `${TYPE.policy}.enclave`;
