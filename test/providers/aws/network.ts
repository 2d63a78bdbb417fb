/** Parts of AWS documents as tests look at them: resources by type, and the network as it is under one quarantine. */
import { type GroupRule, readRule } from "../../../src/verifier/aws/groups";
import { readNetwork as readAll } from "../../../src/verifier/aws/network";
import {
  type Attributes,
  resourcesOf,
  type TerraformDocument,
} from "../../../src/verifier/terraform/document";

export const bodies = (document: TerraformDocument, type: string): [string, Attributes][] => [
  ...resourcesOf(document, type),
];

export type Net = ReturnType<typeof readNetwork>;

export function readNetwork(document: TerraformDocument, cut: readonly string[]) {
  const network = readAll(document);
  const subnets = [...network.subnets.values()].map(
    ({ acl, gateways, ...subnet }) =>
      [subnet.name, { ...subnet, acl: acl.at(cut), gateways: gateways.at(cut) }] as const,
  );
  return { network, cut, blocks: network.blocks, subnets: new Map(subnets) };
}

/** Rules by the group that has them. */
export function readRules(
  document: TerraformDocument,
  type: string,
  cut: readonly string[],
): ReadonlyMap<string, readonly GroupRule[]> {
  const rules = bodies(document, type).map(([name, body]) => readRule(type, name, body).at(cut));
  return new Map(rules.map(({ group }) => [group, rules.filter((rule) => rule.group === group)]));
}
