/**
 * Google: packets by rules and routes of the enclave's network, names by the proxy and by private DNS zones.
 */
import { distinctSets } from "../replay/blocks";
import type { Reader } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import { edgesIn } from "./edges";
import { endpointsIn } from "./endpoints";
import { exitRulesIn, exitsIn } from "./exits";
import { hostsIn, outsideOf } from "./hosts";
import { logsIn } from "./logs";
import { namesIn } from "./names";
import { readNetwork } from "./network";
import { pathBetween, walkOf, weakQuarantine } from "./packets";
import { placesIn } from "./places";
import { surfaceIn } from "./surface";
import { valuesIn, withValues } from "./values";

export function readGoogle(document: TerraformDocument): Reader {
  const wrong = valuesIn(document);
  const net = readNetwork(document);
  const exitRules = exitRulesIn(document);
  const told = distinctSets([
    ...net.rules.all.flatMap(({ own, peers }) => [own, peers]),
    ...exitRules.flatMap(({ source }) => source.variants().map((range) => [range])),
  ]);
  const hosts = hostsIn(document, told);
  const endpoints = endpointsIn(document, hosts);
  const exits = exitsIn(document, exitRules);
  const proxy = hosts.find(({ kind }) => kind === "proxy");
  const walk = walkOf(net, exits.inspectionFaults().length === 0 ? proxy : undefined);
  const reader: Reader = {
    entersBy: "balancers",
    hosts: () => hosts,
    outside: (own, more) => outsideOf(own, [...told, ...more]),
    path: (from, to) => pathBetween(walk, from, to),
    weakQuarantine: (zone) => weakQuarantine(walk, hosts, zone),
    ...exits,
    ...endpoints,
    ...namesIn(document, endpoints),
    ...placesIn(document),
    ...edgesIn(document, net),
    ...logsIn(document),
    ...surfaceIn(document, endpoints),
  };
  return withValues(reader, wrong);
}
