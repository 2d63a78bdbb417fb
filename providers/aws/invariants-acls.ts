/** Network ACLs hold up nothing that the plan lets through: each way is counted from the plan, and looked for in the document. */
import { formatTraffic } from "../../src/model/connections";
import type { Traffic } from "../../src/model/enclave";
import { type Cidr, contains, parseCidr } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, resourcesOf, text } from "../shared/document";
import { zoneNamed } from "../shared/zones";
import { numbersOf } from "./planned";
import { endpointGroups } from "./render/endpoint-groups";

const ENDPOINTS = "enclave_endpoints";

/** By Terraform names: `from` and `to` are zones or the endpoint subnets. */
interface Way {
  readonly from: string;
  readonly to: string;
  readonly traffic: Traffic;
}

export function heldUp(document: TerraformDocument, plan: NetworkPlan): string[] {
  const admitting = admittingEntries(document);
  const subnets = new Map<string, readonly Cidr[]>();
  for (const name of [...plan.zones.map(({ id }) => id), ENDPOINTS])
    subnets.set(name, subnetsOf(document, plan, name));
  const passes = (acl: string, direction: string, peer: string, wanted: Traffic): boolean => {
    const entries = (admitting.get(`${acl} ${direction}`) ?? []).filter((entry) =>
      admitsTraffic(entry.body, wanted),
    );
    const wantedBlocks = subnets.get(peer) ?? [];
    // A subnet without a block that can be read is none that anything passes to.
    return (
      wantedBlocks.length === plan.slots &&
      wantedBlocks.every((subnet) => entries.some(({ block }) => contains(block, subnet)))
    );
  };
  const sentences = waysOf(plan).flatMap(({ from, to, traffic }) => {
    const words = `${formatTraffic(traffic)} from ${from} to ${to}`;
    const request = passes(from, "out", to, traffic) && passes(to, "in", from, traffic);
    const replies = passes(to, "out", from, repliesTo(traffic)) && passes(from, "in", to, repliesTo(traffic));
    return [
      ...(request ? [] : [`a network ACL holds up ${words}`]),
      ...(replies ? [] : [`a network ACL holds up replies to ${words}`]),
    ];
  });
  return [...new Set(sentences)];
}

function waysOf(plan: NetworkPlan): Way[] {
  const flows = plan.permits.flatMap(({ from, to, traffic }): Way[] =>
    from.kind === "zone" && to.kind === "zone"
      ? [{ from: zoneNamed(plan.zones, from.zone).id, to: zoneNamed(plan.zones, to.zone).id, traffic }]
      : [],
  );
  const uses = endpointGroups(plan).groups.flatMap(({ kind, consumers, ports }) =>
    kind === "gateway"
      ? []
      : consumers.flatMap((zone) =>
          ports.map((traffic): Way => ({ from: zoneNamed(plan.zones, zone).id, to: ENDPOINTS, traffic })),
        ),
  );
  return [...flows, ...uses];
}

/** To the ports that clients take; what has no ports is answered in kind. */
const repliesTo = (traffic: Traffic): Traffic =>
  traffic.protocol === "tcp" || traffic.protocol === "udp"
    ? { protocol: traffic.protocol, from: 1024, to: 65535 }
    : traffic;

function subnetsOf(document: TerraformDocument, plan: NetworkPlan, name: string): Cidr[] {
  const rendered = resourcesOf(document, "aws_subnet");
  return numbersOf(plan).flatMap((number) => blocksIn(text(rendered.get(`${name}_${number}`), "cidr_block")));
}

interface Admitting {
  readonly block: Cidr;
  readonly body: Attributes;
}

/** By ACL and direction. The internet's come after denials of what is not the internet. */
function admittingEntries(document: TerraformDocument): ReadonlyMap<string, readonly Admitting[]> {
  const found = new Map<string, Admitting[]>();
  for (const body of resourcesOf(document, "aws_network_acl_rule").values()) {
    const acl = /^\$\{aws_network_acl\.(\w+)\.id\}$/.exec(text(body, "network_acl_id"))?.[1];
    const key = `${acl} ${text(body, "egress") === "true" ? "out" : "in"}`;
    const range = text(body, "cidr_block");
    if (text(body, "rule_action") !== "allow" || range === "0.0.0.0/0") continue;
    found.set(key, [...(found.get(key) ?? []), ...blocksIn(range).map((block) => ({ block, body }))]);
  }
  return found;
}

function admitsTraffic(body: Attributes, traffic: Traffic): boolean {
  const protocol = text(body, "protocol");
  if (protocol === "-1") return true;
  if (protocol !== traffic.protocol) return false;
  if (traffic.protocol === "icmp") return text(body, "icmp_type") === "-1";
  return (
    !("from" in traffic) ||
    (Number(text(body, "from_port")) <= traffic.from && traffic.to <= Number(text(body, "to_port")))
  );
}

function blocksIn(range: string): Cidr[] {
  const parsed = parseCidr(range);
  return parsed.ok ? [parsed.cidr] : [];
}
