/** Azure: packets by security groups and routes, names by the firewall's collections and the DNS policy. */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import type { Reader } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import { edgesIn } from "./edges";
import { rightsIn } from "./endpoints";
import { exitsIn, readFirewall } from "./firewall";
import { endpointsFor, hostsIn, outsideOf } from "./hosts";
import { type Instance, inputsFor, instancesIn } from "./instances";
import { logsIn } from "./logs";
import { namesIn } from "./names";
import { readNetwork } from "./network";
import { outputsIn } from "./outputs";
import { pathBetween, walkOf } from "./packets";
import { placesIn, regionOf } from "./places";
import { surfaceIn } from "./surface";
import { portsOf } from "./targets";
import { readPolicy } from "./template";

export function readAzure(document: TerraformDocument): Reader {
  const inputs = inputsFor(document);
  const region = regionOf(document);
  const firewall = readFirewall(document);
  const network = readNetwork(document, firewall);
  const walk = walkOf(network);
  const policy = readPolicy(document, inputs, region);
  const instances = instancesIn(document, inputs);
  const hosts = hostsIn(network, instances);
  const found = (endpoint: PrivateEndpoint): Instance[] =>
    instances.filter(({ groups }) => groups.includes(idOf(endpoint.name)));
  return {
    entersBy: "packets",
    hosts: () => hosts,
    outside: (own, told) => outsideOf(network, own, told),
    path: (from, to) => pathBetween(walk, from, to),
    ...exitsIn(document, firewall),
    ...namesIn(document, policy, region, found),
    ...placesIn(document, network),
    endpointsFor: (endpoint) => endpointsFor(hosts, endpoint),
    separates: true,
    portsOf,
    ...rightsIn(document, inputs, instances, found),
    ...edgesIn(document, network),
    ...logsIn(document, policy, region),
    ...surfaceIn(document, network, policy),
    ...outputsIn(document, inputs, region, found),
  };
}
