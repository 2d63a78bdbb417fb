/**
 * Network ACLs: the second layer, on the subnet, stateless, by address. They hold what a security group
 * cannot say (a private source is not the internet), and they cut a quarantined zone off at once, tracked
 * connections included. Each entry is a resource of its own.
 */
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { id, quarantined, when } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { type Entry, type EntryTraffic, QUARANTINE } from "./acl-entries";
import { fit } from "./acl-fitting";
import { type Acl, aclsOf, entryName } from "./acls";
import { subnetsOf } from "./addresses";
import { inVpc } from "./naming";

export function renderBackstop(rendering: Rendering): void {
  for (const acl of aclsOf(rendering.plan)) {
    addResource(rendering, NetworkAcl, acl.id, {
      ...inVpc(rendering, acl.zone?.name ?? acl.id, acl.zone?.name),
      subnetIds: subnetsOf(rendering.plan, acl.id).map(id),
    });
    for (const egress of [false, true]) renderEntries(rendering, acl, egress);
  }
}

function renderEntries(rendering: Rendering, acl: Acl, egress: boolean): void {
  const add = (name: string, { number, action, peer, traffic }: Entry, more = {}): void =>
    void addResource(rendering, NetworkAclRule, name, {
      networkAclId: id(`aws_network_acl.${acl.id}`),
      egress,
      ruleNumber: number,
      ruleAction: action,
      cidrBlock: typeof peer === "string" ? peer : rendering.printer.cidr(peer.block),
      ...protocolOf(traffic),
      ...more,
    });
  for (const entry of fit(egress ? acl.egress : acl.ingress).entries)
    add(entryName(acl, entry, egress), entry);
  if (acl.zone === undefined) return;
  // A group that loses a rule keeps the connections it tracks; the subnet does not.
  const count = when(quarantined(acl.zone.name));
  add(`${acl.id}_quarantine_${egress ? "out" : "in"}`, QUARANTINE, { count });
}

function protocolOf(traffic: EntryTraffic) {
  if ("from" in traffic) return { protocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
  if (traffic.protocol === "any") return { protocol: "-1", fromPort: 0, toPort: 0 };
  // Type 3 is destination unreachable; -1 stands for every type or code.
  return { protocol: "icmp", icmpType: traffic.protocol === "icmp" ? -1 : 3, icmpCode: -1 };
}
