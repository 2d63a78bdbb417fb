/** Azure: packets by security groups and routes, names by the firewall's collections and the DNS policy. */
import type { PrivateEndpoint } from "../../model/enclave";
import type { Host, Reader } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import { edgesIn, placesIn } from "./edges";
import { rightsIn } from "./endpoints";
import { exitsIn } from "./firewall";
import { endpointsFor, hostsIn, outsideOf } from "./hosts";
import { logsIn } from "./logs";
import { namesIn } from "./names";
import { readNetwork } from "./network";
import { pathBetween, walkOf } from "./packets";
import { portsOf } from "./services";
import { surfaceIn } from "./surface";

export function readAzure(document: TerraformDocument): Reader {
  const network = readNetwork(document);
  const walk = walkOf(network);
  const hosts = hostsIn(network);
  const found = (endpoint: PrivateEndpoint): Host[] => endpointsFor(hosts, endpoint);
  return {
    hosts: () => hosts,
    outside: (own, told) => outsideOf(network, own, told),
    path: (from, to) => pathBetween(walk, from, to),
    ...exitsIn(document),
    ...namesIn(document, found),
    ...placesIn(document),
    endpointsFor: found,
    separates: true,
    portsOf,
    ...rightsIn(document, found),
    ...edgesIn(document, network),
    ...logsIn(document),
    ...surfaceIn(document, network),
  };
}
