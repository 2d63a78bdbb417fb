/** Renders network ACLs: one per zone and per piece of infrastructure, with each entry a resource of its own. */
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclRule, type NetworkAclRuleConfig } from "@cdktf/provider-aws/lib/network-acl-rule";
import { addResource, expr, quarantined, type Rendering, when } from "../../shared/rendering";
import { type Acl, entryName } from "./acl-entries";
import { aclsOf } from "./acls";
import type { PlacedSubnets } from "./handles";
import { tags } from "./naming";
import { BANDS, type Entry, fit } from "./subnet-rules";

/** `subnets` by ACL id: zone ids and `enclave_endpoints`, `enclave_firewall`, `enclave_nat`. */
export function renderNetworkAcls(rendering: Rendering, subnets: readonly PlacedSubnets[]): void {
  const byId = new Map(subnets.map((placed) => [placed.id, placed]));
  for (const acl of aclsOf(rendering.plan)) {
    const placed = byId.get(acl.id);
    if (placed === undefined) throw new Error(`internal: no subnets for network ACL ${acl.id}`);
    addResource(rendering, NetworkAcl, acl.id, {
      vpcId: expr("aws_vpc.enclave.id"),
      subnetIds: placed.subnets.map((subnet) => expr(`${subnet}.id`)),
      tags: tags(rendering, acl.zone?.name ?? acl.id, acl.zone?.name),
    });
    for (const entry of fit(acl.ingress).entries) renderEntry(rendering, acl, entry, false);
    for (const entry of fit(acl.egress).entries) renderEntry(rendering, acl, entry, true);
    if (acl.zone !== undefined) renderQuarantine(rendering, acl, acl.zone.name);
  }
}

function renderEntry(rendering: Rendering, acl: Acl, entry: Entry, egress: boolean): void {
  addResource(rendering, NetworkAclRule, entryName(acl, entry, egress), {
    networkAclId: expr(`aws_network_acl.${acl.id}.id`),
    egress,
    ruleNumber: entry.number,
    ruleAction: entry.action,
    cidrBlock: entry.peer.kind === "block" ? rendering.printer.cidr(entry.peer.block) : entry.peer.cidr,
    ...protocolOf(entry),
  });
}

function protocolOf(
  entry: Entry,
): Pick<NetworkAclRuleConfig, "protocol" | "fromPort" | "toPort" | "icmpType" | "icmpCode"> {
  if (entry.ports !== undefined)
    return { protocol: entry.protocol, fromPort: entry.ports.from, toPort: entry.ports.to };
  // Type 3 is destination unreachable; -1 stands for every type or code.
  if (entry.protocol === "icmp")
    return { protocol: "icmp", icmpType: entry.icmpErrorsOnly ? 3 : -1, icmpCode: -1 };
  return { protocol: "-1", fromPort: 0, toPort: 0 };
}

/** A group that loses a rule keeps the connections it tracks; the subnet does not. */
function renderQuarantine(rendering: Rendering, acl: Acl, zone: string): void {
  for (const egress of [false, true]) {
    addResource(rendering, NetworkAclRule, `${acl.id}_quarantine_${egress ? "out" : "in"}`, {
      count: when(quarantined(zone)),
      networkAclId: expr(`aws_network_acl.${acl.id}.id`),
      egress,
      ruleNumber: BANDS.quarantine,
      ruleAction: "deny",
      protocol: "-1",
      fromPort: 0,
      toPort: 0,
      cidrBlock: "0.0.0.0/0",
    });
  }
}
