/** The network of an Azure document as it is under one quarantine, as tests look at it. */
import { readNetwork as readAll, rulesOf, type SecurityRule } from "../../../src/verifier/azure/network";
import type { Attributes, TerraformDocument } from "../../../src/verifier/terraform/document";

export type { SecurityRule };
export type Net = ReturnType<typeof readNetwork>;

export function readNetwork(document: TerraformDocument, cut: readonly string[]) {
  const network = readAll(document);
  const subnets = network.subnets.map(({ rules, routes, ...subnet }) => ({
    ...subnet,
    rules: rules?.map((rule) => rule.at(cut)),
    routes: routes.map((route) => route.at(cut)),
  }));
  const exits = network.exits.map((exit) => exit.at(cut));
  return { network, cut, range: network.range, members: network.members, subnets, exits };
}

export const readRules = (group: Attributes | undefined, cut: readonly string[]): SecurityRule[] =>
  rulesOf("", group ?? {}).map((rule) => rule.at(cut));
