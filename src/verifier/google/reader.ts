/** Google: packets by rules and routes of the enclave's network, names by the proxy and by private DNS zones. */
import type { PrivateEndpoint } from "../../model/enclave";
import type { Host, Reader } from "../replay/reader";
import { resourcesOf, type TerraformDocument } from "../terraform/document";
import { edgesIn, placesIn } from "./edges";
import { rightsIn } from "./endpoints";
import { exitsIn } from "./firewall";
import { endpointsFor, hostsIn, outsideOf } from "./hosts";
import { logsIn } from "./logs";
import { namesIn } from "./names";
import { leadsOut, type Net, readNetwork } from "./network";
import { finderOf, pathBetween, type Walk } from "./packets";
import { portsOf } from "./services";
import { surfaceIn } from "./surface";

export function readGoogle(document: TerraformDocument): Reader {
  const { told, ...exits } = exitsIn(document);
  const net = readNetwork(document, told);
  const hosts = hostsIn(document, net);
  const walk = walkOf(document, net, hosts);
  const found = (endpoint: PrivateEndpoint): Host[] => endpointsFor(document, hosts, endpoint);
  return {
    hosts: () => hosts,
    outside: (own, told) => outsideOf(net, own, told),
    path: (from, to) => pathBetween(walk, from, to),
    ...exits,
    ...namesIn(document, found),
    ...placesIn(document),
    endpointsFor: found,
    separates: false,
    portsOf,
    ...rightsIn(document),
    ...edgesIn(document),
    ...logsIn(document),
    ...surfaceIn(document),
  };
}

/** Each address is asked once for each quarantine. */
function walkOf(document: TerraformDocument, net: Net, hosts: readonly Host[]): Walk {
  const find = finderOf(net);
  const proxy = hosts.find(({ kind }) => kind === "proxy");
  const body = [...resourcesOf(document, "google_network_services_gateway").values()][0];
  const works = body !== undefined && leadsOut(document, body);
  const known = new Map<string, boolean>();
  const reaches = (from: Host, cut: readonly string[]): boolean => {
    if (proxy === undefined || !works) return false;
    const port = proxy.ports?.[0]?.from ?? 0;
    return pathBetween(walk, from, proxy).under(cut).judge({ protocol: "tcp", port }).whole.passes;
  };
  const walk: Walk = {
    net,
    find,
    reachesProxy: (from, cut) => {
      const key = `${from.address} ${cut.join()}`;
      const found = known.get(key) ?? reaches(from, cut);
      known.set(key, found);
      return found;
    },
  };
  return walk;
}
