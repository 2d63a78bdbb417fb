/**
 * Network ACLs: the second layer, on the subnet, stateless, by address. They hold what a group cannot say (a
 * private source is not the internet), and they cut off a quarantined zone with its tracked connections.
 */
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclRule } from "@cdktf/provider-aws/lib/network-acl-rule";
import { id, quarantined, when } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { type Entry, type EntryTraffic, QUARANTINE } from "./acl-entries";
import { type Acl, aclsOf, entryName } from "./acls";
import { subnetsOf } from "./addresses";
import { inVpc } from "./naming";
import { placesOf } from "./network";

export function renderBackstop(rendering: Rendering): void {
  const { plan } = rendering;
  for (const { id: name, zone } of placesOf(plan))
    addResource(rendering, NetworkAcl, name, {
      ...inVpc(rendering, zone ?? name, zone),
      subnetIds: subnetsOf(plan, name).map(id),
    });
  for (const acl of aclsOf(plan)) renderEntries(rendering, acl);
}

function renderEntries(rendering: Rendering, acl: Acl): void {
  const { place, egress } = acl;
  const add = (name: string, { number, action, peer, traffic }: Entry, more = {}): void =>
    void addResource(rendering, NetworkAclRule, name, {
      networkAclId: id(`aws_network_acl.${place.id}`),
      egress,
      ruleNumber: number,
      ruleAction: action,
      cidrBlock: typeof peer.block === "string" ? peer.block : rendering.printer.cidr(peer.block),
      ...protocolOf(traffic),
      ...more,
    });
  for (const entry of acl.entries) add(entryName(acl, entry), entry);
  if (place.zone === undefined) return;
  // A group that loses a rule keeps the connections it tracks; the subnet does not.
  const count = when(quarantined(place.zone));
  add(`${place.id}_quarantine_${egress ? "out" : "in"}`, QUARANTINE, { count });
}

function protocolOf(traffic: EntryTraffic) {
  if ("from" in traffic) return { protocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
  if (traffic.protocol === "any") return { protocol: "-1", fromPort: 0, toPort: 0 };
  // Type 3 is destination unreachable; -1 stands for every type or code.
  return { protocol: "icmp", icmpType: traffic.protocol === "icmp" ? -1 : 3, icmpCode: -1 };
}
