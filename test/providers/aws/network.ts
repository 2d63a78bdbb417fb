/** Parts of AWS documents as tests look at them: resources by type, and the network as it is under one quarantine. */
import { type End, type GroupRule, readRule } from "../../../src/verifier/aws/groups";
import { readNetwork as readAll } from "../../../src/verifier/aws/network";
import { pathBetween } from "../../../src/verifier/aws/packets";
import type { Packet } from "../../../src/verifier/replay/traffic";
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

interface Opening extends Packet {
  readonly from: End;
  readonly to: End;
}

const judged = ({ network, cut }: Net, { from, to, ...packet }: Opening) =>
  pathBetween(network, from, to).under(cut).judge(packet);

/** Whether a connection can be opened and its replies come back. */
export const passes = (net: Net, opening: Opening): boolean => judged(net, opening).whole.passes;

/** Groups alone, both ends: what they hold whatever the ACLs say. */
export function groupsAdmit(net: Net, opening: Opening): boolean {
  const { sends, receives } = judged(net, opening);
  return sends?.passes === true && receives?.passes === true;
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
