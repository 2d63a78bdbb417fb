/** Security groups with their rules, and network ACLs with their entries, as the plan wants them. */
import { formatTraffic } from "../../src/model/connections";
import type { Traffic } from "../../src/model/enclave";
import { formatCidr } from "../../src/net/cidr";
import type { NetworkPlan, Permit } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr, quarantined, quoted } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { zoneNamed } from "../shared/zones";
import { ANYWHERE, IN_VPC, idOf, numbersOf, type Planned } from "./planned";
import { entryName } from "./render/acl-entries";
import { aclsOf } from "./render/acls";
import { type EndpointGroup, endpointGroups } from "./render/endpoint-groups";
import { NOWHERE, voidAddresses } from "./render/flow-rules";
import { awsName } from "./render/naming";
import { BANDS, type Entry, fit } from "./render/subnet-rules";

export const plannedRules = (planned: Planned): Statement[] => [
  ...plannedGroups(planned.plan),
  ...planned.plan.permits.flatMap((permit) => permitRules(planned.plan, permit)),
  ...endpointGroups(planned.plan).groups.flatMap((group) => endpointRules(planned.plan, group)),
  ...exitRules(planned.plan),
  ...plannedAcls(planned),
];

const voidOf = (id: string): string => `enclave_void_${id}`;

/** One for each zone and each endpoint with network interfaces, and its void twin: none that something else could carry. */
function plannedGroups(plan: NetworkPlan): Statement[] {
  const endpoints = endpointGroups(plan).groups.filter(({ kind }) => kind !== "gateway");
  return [...plan.zones, ...endpoints]
    .flatMap(({ id }) => [id, voidOf(id)])
    .map((id) => [`aws_security_group.${id}`, { ...IN_VPC, name: awsName(plan, id) }]);
}

type Direction = "ingress" | "egress";
type PeerKind = "referenced_security_group_id" | "cidr_ipv4" | "prefix_list_id";

interface Peer {
  readonly kind: PeerKind;
  readonly connected: string;
  /** In its place while one of the zones is cut off. */
  readonly cutOff: string;
}

const groupPeer = (id: string): Peer => ({
  kind: "referenced_security_group_id",
  connected: `aws_security_group.${id}.id`,
  cutOff: `aws_security_group.${voidOf(id)}.id`,
});

const listPeer = (connected: string, list: string): Peer => ({
  kind: "prefix_list_id",
  connected,
  cutOff: `aws_ec2_managed_prefix_list.${list}.id`,
});

const rangePeer = (range: string, cutOff: string): Peer => ({
  kind: "cidr_ipv4",
  connected: quoted(range),
  cutOff: quoted(cutOff),
});

function rule(
  direction: Direction,
  name: string,
  group: string,
  peer: Peer,
  zones: readonly string[],
  traffic: Traffic,
): Statement {
  const { kind, connected, cutOff } = peer;
  return [
    `aws_vpc_security_group_${direction}_rule.${name}`,
    {
      security_group_id: idOf(`aws_security_group.${group}`),
      [kind]: expr(`${quarantined(...zones)} ? ${cutOff} : ${connected}`),
      ...portsOf(traffic),
    },
  ];
}

function portsOf(traffic: Traffic): Attributes {
  if (traffic.protocol === "any") return { ip_protocol: "-1" };
  if (traffic.protocol === "icmp") return { ip_protocol: "icmp", from_port: -1, to_port: -1 };
  return { ip_protocol: traffic.protocol, from_port: traffic.from, to_port: traffic.to };
}

/** At both ends between zones; from the internet at the zone's, once for each range of it. */
function permitRules(plan: NetworkPlan, { id, from, to, traffic }: Permit): Statement[] {
  if (to.kind !== "zone" || from.kind === "external") return [];
  const target = zoneNamed(plan.zones, to.zone).id;
  if (from.kind === "zone") {
    const source = zoneNamed(plan.zones, from.zone).id;
    const zones = [from.zone, to.zone];
    return [
      rule("egress", id, source, groupPeer(target), zones, traffic),
      rule("ingress", id, target, groupPeer(source), zones, traffic),
    ];
  }
  if (from.sources.length === 0)
    return [rule("ingress", id, target, rangePeer(ANYWHERE, NOWHERE), [to.zone], traffic)];
  const nowhere = voidAddresses([...new Set(from.sources.map(formatCidr))]);
  return [...nowhere].map(([range, cutOff]) =>
    rule(
      "ingress",
      `${id}_${range.replaceAll(/[./]/g, "_")}`,
      target,
      rangePeer(range, cutOff),
      [to.zone],
      traffic,
    ),
  );
}

const terraformName = (traffic: Traffic): string => formatTraffic(traffic).replaceAll(/[/-]/g, "_");

/** A gateway has no group of its own: its zones name the list of its addresses. */
const endpointRules = (plan: NetworkPlan, { id, kind, consumers, ports }: EndpointGroup): Statement[] =>
  consumers.flatMap((zone) =>
    ports.flatMap((traffic) => {
      const own = zoneNamed(plan.zones, zone).id;
      const name = `${own}_to_${id}_${terraformName(traffic)}`;
      if (kind === "gateway")
        return [
          rule(
            "egress",
            name,
            own,
            listPeer(`aws_vpc_endpoint.${id}.prefix_list_id`, "enclave_void"),
            [zone],
            traffic,
          ),
        ];
      return [
        rule("egress", name, own, groupPeer(id), [zone], traffic),
        rule("ingress", name, id, groupPeer(own), [zone], traffic),
      ];
    }),
  );

const exitRules = (plan: NetworkPlan): Statement[] =>
  plan.departures.map(({ zone, port }) => {
    const own = zoneNamed(plan.zones, zone).id;
    const internet = listPeer("aws_ec2_managed_prefix_list.enclave_internet.id", "enclave_void_internet");
    return rule("egress", `${own}_to_internet_${port}_tcp`, own, internet, [zone], {
      protocol: "tcp",
      from: port,
      to: port,
    });
  });

const plannedAcls = ({ plan, printer }: Planned): Statement[] =>
  aclsOf(plan).flatMap((acl) => {
    const subnets = numbersOf(plan).map((number) => idOf(`aws_subnet.${acl.id}_${number}`));
    const placed = { network_acl_id: idOf(`aws_network_acl.${acl.id}`) };
    const entries = ([false, true] as const).flatMap((egress) =>
      fit(egress ? acl.egress : acl.ingress).entries.map((entry): Statement => {
        const { number, action, peer } = entry;
        const block = peer.kind === "block" ? printer.cidr(peer.block) : peer.cidr;
        const values = {
          ...placed,
          egress,
          rule_number: number,
          rule_action: action,
          cidr_block: block,
          ...protocolOf(entry),
        };
        return [`aws_network_acl_rule.${entryName(acl, entry, egress)}`, values];
      }),
    );
    const { zone } = acl;
    return [
      [`aws_network_acl.${acl.id}`, { ...IN_VPC, subnet_ids: subnets }],
      ...entries,
      ...(zone === undefined ? [] : plannedDenies(zone.id, zone.name, placed)),
    ];
  });

/** Every code of an error that says a destination cannot be reached (type 3), or every type. */
function protocolOf({ protocol, ports, icmpErrorsOnly }: Entry): Attributes {
  if (ports !== undefined) return { protocol, from_port: ports.from, to_port: ports.to };
  return protocol === "icmp"
    ? { protocol, icmp_type: icmpErrorsOnly ? 3 : -1, icmp_code: -1 }
    : { protocol, from_port: 0, to_port: 0 };
}

/** Before everything else, while the zone is cut off. */
const plannedDenies = (id: string, zone: string, placed: Attributes): Statement[] =>
  ([false, true] as const).map((egress) => [
    `aws_network_acl_rule.${id}_quarantine_${egress ? "out" : "in"}`,
    {
      ...placed,
      count: expr(`${quarantined(zone)} ? 1 : 0`),
      egress,
      rule_number: BANDS.quarantine,
      rule_action: "deny",
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      cidr_block: ANYWHERE,
    },
  ]);
