/**
 * Network ACLs: the second layer, on the subnet, stateless, by address. They hold what a group cannot say (a
 * private source is not the internet), and they cut off a quarantined zone with its tracked connections. Their
 * entries stand inside them, so that one added by hand is seen by the next plan and taken back.
 */
import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { type Entry, type EntryTraffic, quarantineEntry } from "./acl-entries";
import { type Acl, aclsOf } from "./acls";
import { subnetsOf } from "./addresses";
import { inVpc } from "./naming";
import { placesOf } from "./network";

export function renderBackstop(rendering: Rendering): void {
  const { plan } = rendering;
  const acls = aclsOf(plan);
  for (const { id: name, zone } of placesOf(plan)) {
    const own = acls.filter(({ place }) => place.id === name);
    const config = { ...inVpc(rendering, zone ?? name, zone), subnetIds: subnetsOf(plan, name).map(id) };
    const sides = own.map((acl) => [acl.egress ? "egress" : "ingress", entriesOf(rendering, acl)]);
    addResource(rendering, NetworkAcl, name, config, Object.fromEntries(sides));
  }
}

/** The order of creation is not that of the numbers: no step opens anything, because groups hold it exactly. */
function entriesOf({ printer }: Rendering, { place: { zone }, entries }: Acl): object[] {
  const all = zone === undefined ? entries : [quarantineEntry(zone), ...entries];
  const entryOf = ({ number, action, peer, traffic }: Entry) => ({
    rule_no: number,
    action,
    cidr_block: typeof peer.block === "string" ? peer.block : printer.cidr(peer.block),
    // An entry in JSON needs every key.
    ipv6_cidr_block: null,
    ...protocolOf(traffic),
  });
  return [...all].sort((a, b) => a.number - b.number).map(entryOf);
}

function protocolOf(traffic: EntryTraffic) {
  const none = { from_port: 0, to_port: 0, icmp_type: null, icmp_code: null };
  if ("from" in traffic)
    return { ...none, protocol: traffic.protocol, from_port: traffic.from, to_port: traffic.to };
  if (traffic.protocol === "any") return { ...none, protocol: "-1" };
  // Type 3 is destination unreachable; -1 stands for every type or code.
  return { ...none, protocol: "icmp", icmp_type: traffic.protocol === "icmp" ? -1 : 3, icmp_code: -1 };
}
