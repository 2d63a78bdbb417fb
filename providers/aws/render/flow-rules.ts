/**
 * Security groups: stateful, on every network interface, exact. A zone is one group and rules name groups, not addresses. Each
 * permit is opened at both ends. AWS refuses two equal rules in one group and cannot change what kind of peer a rule names, so
 * a rule that is cut off names the void twin of its own peer: still different from its neighbours, and changed in place.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleRequest.html
 */
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, formatIp } from "../../../src/net/cidr";
import type { Permit } from "../../../src/plan/network-plan";
import { addResource, expr, quoted, type Rendering, unlessQuarantined } from "../../shared/rendering";
import type { Group, Groups } from "./handles";
import { awsName, description, tags } from "./naming";

export function renderGroups(rendering: Rendering): Groups {
  return Object.fromEntries(
    rendering.plan.zones.map((zone) => [
      zone.name,
      renderGroup(rendering, zone.id, `Zone ${zone.name}`, zone.name),
    ]),
  );
}

/** A group and its void twin; `id` is the group's Terraform name, and whole in its twin's: a zone may be called as a service is. */
export function renderGroup(rendering: Rendering, id: string, text: string, zone?: string): Group {
  const voidId = `enclave_void_${id}`;
  const vpcId = expr("aws_vpc.enclave.id");
  return {
    group: addResource(rendering, SecurityGroup, id, {
      vpcId,
      name: awsName(rendering.plan, id),
      description: `${text} of enclave ${rendering.plan.name}`,
      tags: tags(rendering, id, zone),
    }),
    void: addResource(rendering, SecurityGroup, voidId, {
      vpcId,
      name: awsName(rendering.plan, voidId),
      description: `Nobody: stands for ${text.toLowerCase()} in rules that are cut off`,
      tags: tags(rendering, voidId),
    }),
  };
}

/** Ports as a security group rule takes them; `-1` means all and takes no ports. */
export function ruleTraffic(traffic: Traffic): {
  readonly ipProtocol: string;
  readonly fromPort?: number;
  readonly toPort?: number;
} {
  if (traffic.protocol === "any") return { ipProtocol: "-1" };
  if (traffic.protocol === "icmp") return { ipProtocol: "icmp", fromPort: -1, toPort: -1 };
  return { ipProtocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
}

export function renderFlowRules(rendering: Rendering, groups: Groups): void {
  for (const permit of rendering.plan.permits) {
    if (permit.to.kind !== "zone") throw new Error(`internal: permit ${permit.id} ends outside the zones`);
    const to = groupOf(groups, permit.to.zone);
    if (permit.from.kind === "internet")
      renderFromInternet(
        rendering,
        permit,
        to,
        [...new Set(permit.from.sources.map(formatCidr))],
        permit.to.zone,
      );
    else if (permit.from.kind === "zone")
      renderBetween(rendering, permit, groupOf(groups, permit.from.zone), to, [
        permit.from.zone,
        permit.to.zone,
      ]);
    else throw new Error(`internal: permit ${permit.id} begins at a network that is not rendered`);
  }
}

function renderBetween(
  rendering: Rendering,
  permit: Permit,
  from: Group,
  to: Group,
  zones: readonly string[],
): void {
  const common = {
    ...ruleTraffic(permit.traffic),
    description: description(permit.because),
    tags: tags(rendering, permit.id),
  };
  addResource(rendering, VpcSecurityGroupEgressRule, permit.id, {
    ...common,
    securityGroupId: expr(`${from.group}.id`),
    referencedSecurityGroupId: unlessQuarantined(zones, `${to.group}.id`, `${to.void}.id`),
  });
  addResource(rendering, VpcSecurityGroupIngressRule, permit.id, {
    ...common,
    securityGroupId: expr(`${to.group}.id`),
    referencedSecurityGroupId: unlessQuarantined(zones, `${from.group}.id`, `${from.void}.id`),
  });
}

/** The network ACL in front denies private sources first, which a group cannot say. */
function renderFromInternet(
  rendering: Rendering,
  permit: Permit,
  to: Group,
  sources: readonly string[],
  zone: string,
): void {
  if (sources.length === 0) {
    renderOpening(rendering, permit, to, { name: permit.id, range: "0.0.0.0/0", nowhere: NOWHERE, zone });
    return;
  }
  const voids = voidAddresses(sources);
  for (const range of sources) {
    const name = `${permit.id}_${range.replaceAll(/[./]/g, "_")}`;
    renderOpening(rendering, permit, to, { name, range, nowhere: voids.get(range) ?? NOWHERE, zone });
  }
}

interface Opening {
  readonly name: string;
  readonly range: string;
  /** Takes the range's place in quarantine. */
  readonly nowhere: string;
  readonly zone: string;
}

function renderOpening(
  rendering: Rendering,
  permit: Permit,
  to: Group,
  { name, range, nowhere, zone }: Opening,
): void {
  addResource(rendering, VpcSecurityGroupIngressRule, name, {
    ...ruleTraffic(permit.traffic),
    securityGroupId: expr(`${to.group}.id`),
    cidrIpv4: unlessQuarantined([zone], quoted(range), quoted(nowhere)),
    description: description(permit.because),
    tags: tags(rendering, permit.id, zone),
  });
}

/** Loopback addresses never come over a network. */
export const NOWHERE = "127.0.0.1/32";
const LOOPBACKS = 2 ** 24 - 2;

/**
 * A different loopback address for each range of one flow, because equal rules are refused; made of the range itself, so that it
 * stays when others come or go. Two that come to one are told apart in the order of their text.
 */
export function voidAddresses(ranges: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<number>();
  const entries = [...ranges].sort().map((range): [string, string] => {
    let host = [...range].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % LOOPBACKS, 7);
    while (taken.has(host)) host = (host + 1) % LOOPBACKS;
    taken.add(host);
    return [range, `${formatIp(LOOPBACK + 1 + host)}/32`];
  });
  return new Map(entries);
}

const LOOPBACK = 127 * 2 ** 24;

export function groupOf(groups: Groups, zone: string): Group {
  const group = groups[zone];
  if (group === undefined) throw new Error(`internal: zone "${zone}" has no group`);
  return group;
}
