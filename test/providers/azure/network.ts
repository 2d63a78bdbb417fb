/** The network of an Azure document as it is under one quarantine, as tests look at it. */
import { readFirewall } from "../../../src/verifier/azure/firewall";
import { rulesOf, type SecurityRule } from "../../../src/verifier/azure/groups";
import { inputsFor, instancesIn } from "../../../src/verifier/azure/instances";
import { readNetwork as readAll } from "../../../src/verifier/azure/network";
import { block } from "../../../src/verifier/replay/blocks";
import type { Attributes, TerraformDocument } from "../../../src/verifier/terraform/document";

export type { SecurityRule };
export type Net = ReturnType<typeof readNetwork>;

export function readNetwork(document: TerraformDocument, cut: readonly string[]) {
  const network = readAll(document, readFirewall(document));
  const subnets = network.subnets.map(({ rules, routes, ...subnet }) => ({
    ...subnet,
    rules: rules?.map((rule) => rule.at(cut)),
    routes: routes.map((route) => route.at(cut)),
  }));
  const exits = network.exits.flatMap(({ sources, protocols }) =>
    protocols.map(({ port }) => ({
      port,
      sources: sources.at(cut).map((source) => (source === "*" ? block("0.0.0.0/0") : source)),
    })),
  );
  const instances = instancesIn(document, inputsFor(document));
  const names = [...new Set(instances.map(({ name }) => name))];
  const members = new Map(
    names.map((name) => [
      name,
      [...new Set(instances.flatMap((each) => (each.name === name ? each.groups : [])))],
    ]),
  );
  return { network, cut, ranges: network.ranges, members, subnets, exits };
}

export const readRules = (group: Attributes | undefined, cut: readonly string[]): SecurityRule[] =>
  rulesOf(group ?? {}).map((rule) => rule.at(cut));
