/**
 * Network ACLs: the second layer, on the subnet, stateless, by address. They hold what a security group cannot say (a private
 * source is not the internet), and they cut a quarantined zone off at once, tracked connections included. Each entry is a resource
 * of its own.
 */
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { NetworkAclRule, type NetworkAclRuleConfig } from "@cdktf/provider-aws/lib/network-acl-rule";
import { addResource, id, quarantined, type Rendering, when } from "../../shared/rendering";
import { type Entry, QUARANTINE } from "./acl-entries";
import { fit } from "./acl-fitting";
import { type Acl, aclsOf, entryName } from "./acls";
import { subnetsOf, VPC_ID } from "./addresses";
import { tags } from "./naming";

export function renderBackstop(rendering: Rendering): void {
  for (const acl of aclsOf(rendering.plan)) {
    addResource(rendering, NetworkAcl, acl.id, {
      vpcId: VPC_ID,
      subnetIds: subnetsOf(rendering.plan, acl.id).map(id),
      tags: tags(rendering, acl.zone?.name ?? acl.id, acl.zone?.name),
    });
    for (const egress of [false, true]) renderEntries(rendering, acl, egress);
  }
}

function renderEntries(rendering: Rendering, acl: Acl, egress: boolean): void {
  for (const entry of fit(egress ? acl.egress : acl.ingress).entries)
    addResource(
      rendering,
      NetworkAclRule,
      entryName(acl, entry, egress),
      configOf(rendering, acl, entry, egress),
    );
  if (acl.zone === undefined) return;
  // A group that loses a rule keeps the connections it tracks; the subnet does not.
  addResource(rendering, NetworkAclRule, `${acl.id}_quarantine_${egress ? "out" : "in"}`, {
    ...configOf(rendering, acl, QUARANTINE, egress),
    count: when(quarantined(acl.zone.name)),
  });
}

const configOf = (
  { printer }: Rendering,
  acl: Acl,
  { number, action, peer, ...entry }: Entry,
  egress: boolean,
): NetworkAclRuleConfig => ({
  networkAclId: id(`aws_network_acl.${acl.id}`),
  egress,
  ruleNumber: number,
  ruleAction: action,
  cidrBlock: peer.kind === "block" ? printer.cidr(peer.block) : peer.cidr,
  ...portsOf(entry),
});

function portsOf({
  traffic,
  icmpErrorsOnly,
}: Pick<Entry, "traffic" | "icmpErrorsOnly">): Pick<
  NetworkAclRuleConfig,
  "protocol" | "fromPort" | "toPort" | "icmpType" | "icmpCode"
> {
  if (traffic.protocol === "any") return { protocol: "-1", fromPort: 0, toPort: 0 };
  // Type 3 is destination unreachable; -1 stands for every type or code.
  if (traffic.protocol === "icmp")
    return { protocol: "icmp", icmpType: icmpErrorsOnly ? 3 : -1, icmpCode: -1 };
  return { protocol: traffic.protocol, fromPort: traffic.from, toPort: traffic.to };
}
