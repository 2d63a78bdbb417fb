/**
 * Quotas of AWS, counted on the plan before anything is rendered. Above what an account has by default is a warning, above what
 * AWS grants at most an error. Read on 2026-11-21:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/quotas.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
import type { Printer } from "../../src/addresses/address";
import type { Diagnostic, SpecPath } from "../../src/diagnostics/diagnostic";
import { error } from "../../src/diagnostics/make";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Quota } from "../quota";
import { departuresOf, leavingZones } from "../zones";
import { reviewAcls } from "./acl-limits";
import { resolvableDomains } from "./dns";
import { MOST_RULES } from "./egress";
import { endpointGroups } from "./endpoint-groups";
import { POLICY_CHARACTERS, policyOf } from "./endpoint-policies";
import { firewallRules } from "./firewall-rules";
import { internetBlocks } from "./internet-list";
import { judged } from "./quota";
import { reviewSettings } from "./settings";
import { vpcBlocks, WIDEST_PREFIX } from "./vpc-range";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  return [
    ...reviewSettings(plan),
    ...judged(quotasOf(plan, printer)),
    ...plan.zones.flatMap((zone) => reviewSubnetSize(zone.because[0]?.path ?? "", printer.cidr(zone.subnets[0] ?? zone.block))),
    ...reviewAcls(plan),
    ...reviewEndpointRights(plan),
  ];
}

function quotasOf(plan: NetworkPlan, printer: Printer): Quota[] {
  const { secondary } = vpcBlocks(plan, printer);
  const groups = endpointGroups(plan).groups;
  const interfaces = groups.filter((group) => group.kind !== "gateway").length;
  const exits = leavingZones(plan).length;
  const sites = [interfaces > 0, exits > 0, exits > 0].filter(Boolean).length;
  const subnets = (plan.zones.length + sites) * plan.slots;
  const rules = firewallRules(plan);
  const domains = resolvableDomains(plan).length;
  return [
    ...groupRules(plan, internetBlocks(plan, printer).length),
    { what: "address blocks of the VPC", count: secondary.length + 1, normal: 5, most: 5, path: "cidr" },
    { what: "subnets of the VPC", count: subnets, normal: 200, most: 1000, path: "zones" },
    { what: "route tables of the VPC", count: subnets + 1, normal: 200, most: 1000, path: "zones" },
    { what: "network ACLs of the VPC", count: plan.zones.length + sites + 1, normal: 200, most: 1000, path: "zones" },
    { what: "security groups of the region", count: 2 * (plan.zones.length + interfaces) + 1, normal: 2500, most: 10000, path: "zones" },
    {
      what: "interface endpoints of the VPC",
      count: interfaces + (exits > 0 ? plan.slots : 0),
      normal: 50,
      most: 1000,
      path: "privateEndpoints",
    },
    { what: "gateway endpoints of the region", count: groups.length - interfaces, normal: 20, most: 255, path: "privateEndpoints" },
    ...groups
      .filter((group) => group.kind === "interface" || group.kind === "gateway")
      .map((group) => ({
        what: `characters of the policy of endpoint ${group.aws.name}`,
        count: policyOf(plan, group).text.length,
        normal: POLICY_CHARACTERS,
        most: POLICY_CHARACTERS,
        path: "privateEndpoints",
      })),
    { what: "routes of a NAT gateway's subnet", count: exits + 2, normal: 50, most: 1000, path: "egress" },
    { what: "rules of the egress firewall", count: rules.length, normal: MOST_RULES, most: MOST_RULES, path: "egress" },
    { what: "bytes of the egress firewall's rules", count: rules.join("\n").length, normal: 2_000_000, most: 2_000_000, path: "egress" },
    { what: "names that resolve", count: domains, normal: 1000, most: 1000, path: "dns" },
  ];
}

/**
 * Rules of each zone's group in each direction; a network interface carries one group, so the whole thousand is its own. A rule
 * to the internet counts as many as its prefix list has entries.
 */
function groupRules(plan: NetworkPlan, internetEntries: number): Quota[] {
  const groups = endpointGroups(plan).groups;
  return plan.zones.flatMap((zone) => {
    const into = plan.permits.filter((permit) => permit.to.kind === "zone" && permit.to.zone === zone.name);
    const ingress = into.reduce((sum, permit) => sum + (permit.from.kind === "internet" ? Math.max(1, permit.from.sources.length) : 1), 0);
    const outOf = plan.permits.filter((permit) => permit.from.kind === "zone" && permit.from.zone === zone.name).length;
    const endpoints = groups.filter((group) => group.consumers.includes(zone.name)).reduce((sum, group) => sum + group.ports.length, 0);
    const exits = new Set(departuresOf(plan, zone).map((departure) => departure.port)).size;
    const path = zone.because[0]?.path ?? "zones";
    return [
      { what: `inbound rules of zone "${zone.name}"`, count: ingress, normal: 60, most: 1000, path },
      { what: `outbound rules of zone "${zone.name}"`, count: outOf + endpoints + exits * internetEntries, normal: 60, most: 1000, path },
    ];
  });
}

function reviewSubnetSize(path: SpecPath, subnet: string): Diagnostic[] {
  const prefix = Number(subnet.split("/")[1]);
  if (prefix >= WIDEST_PREFIX) return [];
  const detail = `Each availability zone would get ${subnet}; a subnet of AWS is a /${WIDEST_PREFIX} at most.`;
  return [
    error("aws-subnet-too-large", path, `a subnet of /${prefix} is larger than AWS takes`, detail, {
      facts: { prefix, widest: WIDEST_PREFIX },
      fix: `prefix: ${WIDEST_PREFIX}`,
    }),
  ];
}

function reviewEndpointRights(plan: NetworkPlan): Diagnostic[] {
  return endpointGroups(plan).conflicts.map((group) => {
    const names = group.uses.map((use) => use.endpoint.name);
    const last = group.uses.at(-1)?.endpoint;
    const detail = `AWS holds one endpoint for ${group.aws.name} in a VPC, and its policy cannot tell zones apart: ${names.map((name) => `"${name}"`).join(", ")} would each get the rights of all.`;
    return error(
      "aws-endpoint-rights-differ",
      last?.because[0]?.path ?? "privateEndpoints",
      `"${last?.name}" cannot have rights of its own on AWS`,
      detail,
      {
        facts: { service: group.aws.name, endpoints: names },
        fix: "give these endpoints the same access and resources, or the same zones in from",
      },
    );
  });
}
