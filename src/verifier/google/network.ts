/** The network that a document describes: its rules, its routes, and who lies where. */
import { type Block, block } from "../replay/blocks";
import { reading } from "../replay/fault";
import { type Attributes, resourcesOf, type TerraformDocument, text } from "../terraform/document";
import { type Rules, rulesIn } from "./firewall";
import { all, bodyOf, EGRESS, ENCLAVE, refersTo, TYPE } from "./resources";

export interface Net {
  readonly rules: Rules;
  /** Subnetworks of the enclave's network by name. */
  readonly subnets: ReadonlyMap<string, Block>;
  /**
   * Addresses that are reached without being a machine's: endpoints, and subnetworks of the network that is
   * peered.
   */
  readonly beyond: readonly Block[];
  /** The one of all Google APIs, and the subnetworks whose machines it does not answer, by their address. */
  readonly apis: Block | undefined;
  readonly unanswered: ReadonlyMap<string, Block>;
  readonly hasDefaultRoute: boolean;
  /** Addresses that the internet reaches without being let in by a rule. */
  readonly exposed: readonly number[];
}

export function readNetwork(document: TerraformDocument): Net {
  const outward = [...all(document, TYPE.globalAddress), ...all(document, TYPE.address)].filter(
    ({ body }) => body["address_type"] !== "INTERNAL",
  );
  const peering = peeringIn(document);
  const [bundle] = all(document, TYPE.bundle);
  const listener = bundle && listenersIn(document).get(bundle.address);
  return {
    apis: listener === undefined ? undefined : single(listener),
    unanswered: unansweredIn(document),
    rules: rulesIn(document),
    subnets: subnetsIn(document, ENCLAVE),
    beyond: [
      ...(peering === undefined ? [] : subnetsIn(document, EGRESS).values()),
      ...[...listenersIn(document).values()].map(single),
    ],
    hasDefaultRoute: hasDefaultRoute(document, peering?.["import_custom_routes"] === true),
    exposed: outward.map(({ body }) => single(text(body, "address")).base),
  };
}

const single = (address: string): Block => block(`${address}/32`);

export const subnetsIn = (document: TerraformDocument, network: string): Map<string, Block> =>
  new Map(
    all(document, TYPE.subnet)
      .filter(({ body }) => refersTo(body["network"], network))
      .map(({ address, name, body }) => [name, reading(address, () => block(text(body, "ip_cidr_range")))]),
  );

/**
 * A machine without an address of the internet reaches the endpoint of Google APIs only with this access:
 * https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 */
const unansweredIn = (document: TerraformDocument): Map<string, Block> => {
  const subnets = subnetsIn(document, ENCLAVE);
  const without = all(document, TYPE.subnet).filter(({ body }) => body["private_ip_google_access"] !== true);
  return new Map(
    without.flatMap(({ address, name }) => {
      const range = subnets.get(name);
      return range === undefined ? [] : [[address, range] as const];
    }),
  );
};

/**
 * The enclave's side of its peering with the proxy's network. It holds when each side has it:
 * https://docs.cloud.google.com/vpc/docs/vpc-peering
 */
function peeringIn(document: TerraformDocument): Attributes | undefined {
  const sideOf = (network: string, peer: string): Attributes | undefined =>
    all(document, TYPE.peering)
      .map(({ body }) => body)
      .find((side) => refersTo(side["network"], network) && refersTo(side["peer_network"], peer));
  return sideOf(EGRESS, ENCLAVE) && sideOf(ENCLAVE, EGRESS);
}

/**
 * Of any destination: no enclave plans a route. What it imports counts, although Google hands no default
 * route on to a peer.
 */
const hasDefaultRoute = (document: TerraformDocument, imports: boolean): boolean =>
  all(document, TYPE.route).some(
    ({ body }) => refersTo(body["network"], ENCLAVE) || (imports && refersTo(body["network"], EGRESS)),
  ) || resourcesOf(document, TYPE.network).get("enclave")?.["delete_default_routes_on_create"] !== true;

/** From the proxy to the internet, in the network where it stands, and from nothing else. */
export const isWayOut = (route: Attributes): boolean =>
  refersTo(route["network"], EGRESS) &&
  route["dest_range"] === "0.0.0.0/0" &&
  route["next_hop_gateway"] === "default-internet-gateway";

/** Addresses on which a forwarding rule or a regional endpoint listens, by its Terraform address. */
export function listenersIn(document: TerraformDocument): Map<string, string> {
  const reserved = [
    ...all(document, TYPE.forwarding).map((rule) => ({ ...rule, type: TYPE.address })),
    ...all(document, TYPE.bundle).map((rule) => ({ ...rule, type: TYPE.globalAddress })),
  ].map(
    ({ address, body, type }) =>
      [address, text(bodyOf(document, body["ip_address"], type), "address")] as const,
  );
  const own = all(document, TYPE.regional).map(
    ({ address, body }) => [address, text(body, "address")] as const,
  );
  for (const [resource, at] of [...reserved, ...own]) reading(resource, () => single(at));
  return new Map([...reserved, ...own]);
}
