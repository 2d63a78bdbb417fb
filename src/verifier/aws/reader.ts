/**
 * AWS: packets by groups, ACLs and routes; names by the rules of both firewalls; rights by endpoint policies.
 */
import type { PrivateEndpoint } from "../../model/enclave";
import type { Host } from "../replay/paths";
import type { Reader } from "../replay/reader";
import { ANY, type PortRange } from "../replay/traffic";
import {
  type Attributes,
  references,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
} from "../terraform/document";
import { edgesIn, placesIn } from "./edges";
import { rightsIn } from "./endpoints";
import { exitsIn } from "./firewall";
import { endpointsFor, hostsIn, outsideOf } from "./hosts";
import { logsIn } from "./logs";
import { namesIn } from "./names";
import { readNetwork } from "./network";
import { pathBetween } from "./packets";
import { surfaceIn } from "./surface";

export function readAws(document: TerraformDocument): Reader {
  const { told, ...exits } = exitsIn(document);
  const network = readNetwork(document, told);
  const hosts = hostsIn(document, network);
  const region = regionOf(document);
  const found = (endpoint: PrivateEndpoint): Host[] => endpointsFor(document, hosts, endpoint);
  return {
    entersBy: "packets",
    hosts: () => hosts,
    outside: (own, told) => outsideOf(network, own, told),
    path: (from, to) => pathBetween(network, from, to),
    ...exits,
    exitSpansZones: () => exitSpansZones(document),
    ...namesIn(document, region, found),
    ...placesIn(document),
    endpointsFor: found,
    separates: true,
    portsOf,
    ...rightsIn(document, region),
    ...edgesIn(document, network),
    ...logsIn(document),
    ...surfaceIn(document, network, region),
  };
}

function regionOf(document: TerraformDocument): string {
  const [provider] = [table(document, "provider")["aws"] ?? []].flat() as Attributes[];
  return text(provider, "region");
}

const portsOf = ({ traffic }: PrivateEndpoint): PortRange[] =>
  traffic.length === 0
    ? [{ protocol: "tcp", from: 443, to: 443 }]
    : traffic.map((one) => ("from" in one ? one : { protocol: ANY, from: 0, to: 0 }));

function exitSpansZones(document: TerraformDocument): boolean {
  const subnets = resourcesOf(document, "aws_subnet");
  return [...resourcesOf(document, "aws_networkfirewall_firewall").values()].every((firewall) => {
    const used = references(firewall["subnet_mapping"], "aws_subnet");
    return new Set(used.map((name) => text(subnets.get(name), "availability_zone"))).size > 1;
  });
}
