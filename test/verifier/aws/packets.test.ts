/** Slips in groups, network ACLs and routes of AWS. */
import { add, copy, expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { everything, example, portless } from "./specs";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const ENTRY = "aws_network_acl_rule";
const QUERY = "redaction_to_vector_db_5432_tcp";
const OPENING = "internet_to_ingress_443_tcp";

const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const BESIDE = "a flow opens its own ports and protocols, and nothing else";
const UNDECLARED = "zones without a flow between them open nothing to each other";
const CUT = "a zone in quarantine opens nothing and receives nothing";
const PRIVATE = "private ranges outside the enclave are not the internet";
const EXITS = "a zone leaves by no other port or protocol";
const USES = "an endpoint is open to zones that use it, and on its ports alone";
const LED = "a zone that does not leave has no way to the internet but that by which it serves it";
const INSPECTED = "a zone leaves by the inspected path and no other";

const SOUND = "rules are such as the cloud takes, and none undoes another";
const STRAY = "routes lead along the way out, and nowhere else";

const group = (name: string): string => `\${aws_security_group.${name}.id}`;
const table = (name: string) => ({ route_table_id: `\${aws_route_table.${name}.id}` });
const internet = { gateway_id: "${aws_internet_gateway.enclave.id}", destination_cidr_block: "0.0.0.0/0" };

const GROUPS: readonly Slip[] = [
  ["a port too many at the receiver", set(INGRESS, QUERY, { to_port: 5433 }), BESIDE, `${INGRESS}.${QUERY}`],
  ["a port too many at the sender", set(EGRESS, QUERY, { to_port: 5433 }), BESIDE, `${EGRESS}.${QUERY}`],
  [
    "a port too few",
    set(INGRESS, QUERY, { from_port: 5433, to_port: 5433 }),
    FLOW,
    "aws_security_group.vector_db",
  ],
  ["every port", set(EGRESS, QUERY, { from_port: 0, to_port: 65535 }), BESIDE, `${EGRESS}.${QUERY}`],
  ["every protocol", set(INGRESS, QUERY, { ip_protocol: "-1" }), BESIDE, `${INGRESS}.${QUERY}`],
  ["another protocol", set(EGRESS, QUERY, { ip_protocol: "udp" }), FLOW, "aws_security_group.redaction"],
  [
    "a protocol that nobody declares, by its number",
    copy(INGRESS, QUERY, "x", { ip_protocol: "50", from_port: undefined, to_port: undefined }),
    BESIDE,
    `${INGRESS}.x`,
  ],
  ["a rule lost at the receiver", remove(INGRESS, QUERY), FLOW, "aws_security_group.vector_db"],
  ["a rule lost at the sender", remove(EGRESS, QUERY), FLOW, "aws_security_group.redaction"],
  [
    "another zone as the source",
    rewrite(
      INGRESS,
      QUERY,
      "referenced_security_group_id",
      ": aws_security_group.redaction",
      ": aws_security_group.ingress",
    ),
    UNDECLARED,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule in another zone's group",
    set(INGRESS, QUERY, { security_group_id: group("inference") }),
    UNDECLARED,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule more, to a zone that is not declared",
    copy(EGRESS, QUERY, "x", {
      security_group_id: group("ingress"),
      referenced_security_group_id: group("vector_db"),
    }),
    UNDECLARED,
    `${EGRESS}.x`,
  ],
  [
    "a zone open to itself",
    copy(INGRESS, QUERY, "x", { referenced_security_group_id: group("vector_db") }),
    "hosts of one zone reach each other only by a declared flow",
    `${INGRESS}.x`,
  ],
  [
    "addresses for a group",
    set(INGRESS, QUERY, { referenced_security_group_id: undefined, cidr_ipv4: "0.0.0.0/0" }),
    UNDECLARED,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "one address for a group",
    copy(INGRESS, QUERY, "x", { referenced_security_group_id: undefined, cidr_ipv4: "10.20.16.77/32" }),
    UNDECLARED,
    `${INGRESS}.x`,
  ],
  [
    "another port from the internet",
    copy(INGRESS, OPENING, "x", { from_port: 8443, to_port: 8443 }),
    "the internet reaches a zone on the declared ports alone",
    `${INGRESS}.x`,
  ],
  [
    "the internet at a private zone",
    copy(INGRESS, OPENING, "x", { security_group_id: group("redaction") }),
    "the internet reaches no zone that takes nothing from it",
    `${INGRESS}.x`,
  ],
  [
    "half of the internet",
    rewrite(INGRESS, OPENING, "cidr_ipv4", ': \\"0.0.0.0/0\\"', ': \\"0.0.0.0/1\\"'),
    "the internet reaches a zone on the ports that are declared",
    "aws_security_group.ingress",
  ],
  [
    "every address for the list of the internet",
    set(EGRESS, "inference_to_internet_443_tcp", { prefix_list_id: undefined, cidr_ipv4: "0.0.0.0/0" }),
    UNDECLARED,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "the enclave in the list of the internet",
    rewrite("aws_ec2_managed_prefix_list", "enclave_internet", "entry", "11.0.0.0/8", "10.0.0.0/8"),
    UNDECLARED,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "a part of the internet that is lost from the list",
    rewrite("aws_ec2_managed_prefix_list", "enclave_internet", "entry", "128.0.0.0/1", "128.0.0.0/2"),
    "a zone leaves by the ports that it declares",
    "aws_security_group.inference",
  ],
  [
    "another port to the internet",
    copy(EGRESS, "inference_to_internet_443_tcp", "x", { from_port: 22, to_port: 22 }),
    EXITS,
    `${EGRESS}.x`,
  ],
  [
    "an endpoint open to another zone",
    copy(INGRESS, "redaction_to_enclave_s3_443_tcp", "x", {
      referenced_security_group_id: group("inference"),
    }),
    USES,
    `${INGRESS}.x`,
  ],
  [
    "an endpoint open on another port",
    set(INGRESS, "redaction_to_enclave_s3_443_tcp", { to_port: 444 }),
    USES,
    `${INGRESS}.redaction_to_enclave_s3_443_tcp`,
  ],
  [
    "an endpoint that its consumer does not reach",
    remove(EGRESS, "redaction_to_enclave_s3_443_tcp"),
    "an endpoint is open to each of its consumers",
    "aws_security_group.redaction",
  ],
  [
    "another's group at an endpoint",
    set("aws_vpc_endpoint", "enclave_s3", { security_group_ids: [group("enclave_logs")] }),
    USES,
    `${INGRESS}.inference_to_enclave_logs_443_tcp`,
  ],
  [
    "an endpoint that opens connections",
    copy(EGRESS, QUERY, "x", {
      security_group_id: group("enclave_s3"),
      referenced_security_group_id: group("ingress"),
    }),
    "an endpoint opens nothing itself",
    `${EGRESS}.x`,
  ],
  [
    "a rule that no quarantine cuts",
    set(INGRESS, QUERY, { referenced_security_group_id: group("redaction") }),
    CUT,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule that the quarantine of its target does not cut",
    rewrite(
      INGRESS,
      QUERY,
      "referenced_security_group_id",
      ' || contains(var.quarantine, \\"vector-db\\")',
      "",
    ),
    CUT,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "somebody in place of nobody",
    rewrite(
      INGRESS,
      QUERY,
      "referenced_security_group_id",
      /aws_security_group\.enclave_void_\w+/,
      "aws_security_group.ingress",
    ),
    CUT,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule that the quarantine of a third zone cuts",
    rewrite(INGRESS, QUERY, "referenced_security_group_id", '"redaction', '"ingress'),
    "quarantine of a zone cuts no other zone, and opens none",
    "aws_security_group.vector_db",
  ],
  [
    "an opening that no quarantine cuts",
    set(INGRESS, OPENING, { cidr_ipv4: "0.0.0.0/0" }),
    CUT,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "rules inside a group",
    set("aws_security_group", "vector_db", { ingress: [{}] }),
    SOUND,
    "aws_security_group.vector_db",
  ],
];

const ACLS: readonly Slip[] = [
  [
    "a denial that is lost",
    remove(ENTRY, "ingress_in_from_not_internet_172_16_0_0_12"),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial that is shortened",
    set(ENTRY, "ingress_in_from_not_internet_172_16_0_0_12", { cidr_block: "172.16.0.0/13" }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial behind the permit",
    set(ENTRY, "ingress_in_from_not_internet_172_16_0_0_12", { rule_number: 32700 }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial that allows",
    set(ENTRY, "inference_out_to_not_internet_172_16_0_0_12", { rule_action: "allow" }),
    PRIVATE,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "no entry for a request",
    remove(ENTRY, "vector_db_in_from_redaction_5432_tcp"),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no entry for what is sent",
    remove(ENTRY, "redaction_out_to_vector_db_5432_tcp"),
    FLOW,
    "aws_network_acl.redaction",
  ],
  [
    "an entry that denies",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { rule_action: "deny" }),
    FLOW,
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "an entry of another port",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { from_port: 5433, to_port: 5433 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "an entry for one subnet",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { cidr_block: "10.20.4.0/25" }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no way back out",
    remove(ENTRY, "vector_db_out_to_redaction__replies_tcp"),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no way back in",
    remove(ENTRY, "redaction_in_from_vector_db__replies_tcp"),
    FLOW,
    "aws_network_acl.redaction",
  ],
  [
    "replies to half of the ports of clients",
    set(ENTRY, "vector_db_out_to_redaction__replies_tcp", { from_port: 32768 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no entry in front of endpoints",
    remove(ENTRY, "enclave_endpoints_in_from_redaction_443_tcp"),
    "an endpoint is open to each of its consumers",
    "aws_network_acl.enclave_endpoints",
  ],
  [
    "another zone in front of the NAT gateways",
    set(ENTRY, "enclave_nat_in_from_inference_443_tcp", { cidr_block: "10.20.64.0/22" }),
    "a zone leaves by the ports that it declares",
    `${ENTRY}.enclave_nat_in_from_not_internet_10_0_0_0_8`,
  ],
  [
    "no denial in quarantine",
    remove(ENTRY, "vector_db_quarantine_out"),
    "quarantine ends connections that are open when it begins",
    "aws_network_acl.vector_db",
  ],
  [
    "a denial in quarantine that never comes",
    set(ENTRY, "vector_db_quarantine_in", { count: 0 }),
    "quarantine ends connections that are open when it begins",
    "aws_network_acl.vector_db",
  ],
  [
    "a denial in quarantine of another zone",
    rewrite(ENTRY, "vector_db_quarantine_in", "count", "vector-db", "ingress"),
    "quarantine of a zone cuts no other zone, and opens none",
    `${ENTRY}.vector_db_quarantine_in`,
  ],
  [
    "a permit that comes and goes",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", {
      count: '${contains(var.quarantine, "redaction") ? 0 : 1}',
    }),
    "no permit comes or goes with the quarantine",
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "a number twice",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { rule_number: 10 }),
    SOUND,
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "a number too high",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { rule_number: 40000 }),
    SOUND,
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "a subnet without an ACL",
    set("aws_network_acl", "vector_db", { subnet_ids: ["${aws_subnet.vector_db_1.id}"] }),
    "a filter applies to every subnet before anything can run there",
    "aws_subnet.vector_db_2",
  ],
];

const ROUTES: readonly Slip[] = [
  [
    "a lost table association",
    remove("aws_route_table_association", "vector_db_1"),
    "a filter applies to every subnet before anything can run there",
    "aws_subnet.vector_db_1",
  ],
  [
    "another zone's table",
    set("aws_route_table_association", "vector_db_1", table("ingress_1")),
    LED,
    "aws_subnet.vector_db_1",
  ],
  [
    "a gateway's own table",
    add("aws_route_table_association", "x", {
      gateway_id: "${aws_internet_gateway.enclave.id}",
      ...table("ingress_1"),
    }),
    "nothing leads around endpoints and inspection",
    "aws_route_table_association.x",
  ],
  [
    "a way out of an isolated zone",
    add("aws_route", "x", { ...table("vector_db_1"), ...internet }),
    LED,
    "aws_subnet.vector_db_1",
  ],
  [
    "a way out of an isolated zone to a part of the internet",
    add("aws_route", "x", { ...table("vector_db_1"), ...internet, destination_cidr_block: "8.8.8.0/24" }),
    LED,
    "aws_subnet.vector_db_1",
  ],
  [
    "a peer's route",
    add("aws_route", "x", {
      ...table("redaction_2"),
      destination_cidr_block: "0.0.0.0/0",
      vpc_peering_connection_id: "pcx-1",
    }),
    LED,
    "aws_subnet.redaction_2",
  ],
  [
    "a route to a private range outside",
    add("aws_route", "x", {
      ...table("redaction_2"),
      destination_cidr_block: "172.16.0.0/12",
      transit_gateway_id: "tgw-1",
    }),
    STRAY,
    "aws_route.x",
  ],
  [
    "a way out past the firewall",
    set("aws_route", "inference_1_firewall", { vpc_endpoint_id: undefined, ...internet }),
    INSPECTED,
    "aws_subnet.inference_1",
  ],
  ["no way out", remove("aws_route", "inference_1_firewall"), INSPECTED, "aws_subnet.inference_1"],
  [
    "the other availability zone's firewall",
    set("aws_route", "inference_1_firewall", {
      vpc_endpoint_id: "${local.enclave_firewall_endpoints[aws_subnet.enclave_firewall_2.availability_zone]}",
    }),
    "a zone leaves by the ports that it declares",
    "aws_route_table.inference_1",
  ],
  [
    "a way out of the endpoint subnets",
    add("aws_route", "x", { ...table("enclave_endpoints_1"), ...internet }),
    STRAY,
    "aws_route.x",
  ],
  [
    "a route of the main table",
    add("aws_route", "x", { ...internet, route_table_id: "${aws_vpc.enclave.main_route_table_id}" }),
    STRAY,
    "aws_route.x",
  ],
  [
    "NAT passed by",
    set("aws_route", "enclave_firewall_1_nat", { nat_gateway_id: undefined, ...internet }),
    STRAY,
    "aws_route.enclave_firewall_1_nat",
  ],
  [
    "no return route",
    remove("aws_route", "enclave_nat_1_inference"),
    "a zone leaves by the ports that it declares",
    "aws_route_table.enclave_nat_1",
  ],
  [
    "a narrower return route",
    set("aws_route", "enclave_nat_1_inference", { destination_cidr_block: "10.20.16.0/23" }),
    "a zone leaves by the ports that it declares",
    "aws_route_table.enclave_nat_1",
  ],
];

const OF_EVERYTHING: readonly Slip[] = [
  [
    "a source that is not declared",
    rewrite(
      INGRESS,
      "internet_to_front_443_tcp_198_51_100_0_24",
      "cidr_ipv4",
      "198.51.100.0/24",
      "198.51.0.0/16",
    ),
    "a flow from some sources of the internet admits no others",
    `${INGRESS}.internet_to_front_443_tcp_198_51_100_0_24`,
  ],
  [
    "a source that is lost",
    remove(INGRESS, "internet_to_front_443_tcp_203_0_113_0_25"),
    "the internet reaches a zone on the ports that are declared",
    "aws_security_group.front",
  ],
  [
    "a range of ports shortened",
    set(INGRESS, "front_to_app_8000_8100_tcp", { to_port: 8099 }),
    FLOW,
    "aws_security_group.app",
  ],
  [
    "a range of ports begun too early",
    set(INGRESS, "front_to_app_8000_8100_tcp", { from_port: 7999 }),
    BESIDE,
    `${INGRESS}.front_to_app_8000_8100_tcp`,
  ],
  [
    "any that is tcp alone",
    set(INGRESS, "app_to_store_any", { ip_protocol: "tcp" }),
    FLOW,
    "aws_security_group.store",
  ],
];

const OF_PORTLESS: readonly Slip[] = [
  ["errors alone in an ACL", set(ENTRY, "b_in_from_a_icmp", { icmp_type: 3 }), FLOW, "aws_network_acl.b"],
  ["no answer to a ping", remove(ENTRY, "b_out_to_a__replies_icmp"), FLOW, "aws_network_acl.b"],
  [
    "one protocol of any in an ACL",
    set(ENTRY, "c_in_from_a_any", { protocol: "tcp", to_port: 65535 }),
    FLOW,
    "aws_network_acl.c",
  ],
  [
    "echo requests alone in a group",
    set(INGRESS, "a_to_b_icmp", { from_port: 8 }),
    FLOW,
    "aws_security_group.b",
  ],
  [
    "one type of ICMP that nobody declares",
    copy(INGRESS, "a_to_b_icmp", "x", {
      from_port: 13,
      to_port: -1,
      referenced_security_group_id: group("c"),
    }),
    UNDECLARED,
    `${INGRESS}.x`,
  ],
];

describe("groups of the example", () => expectNoticed("aws", example(), GROUPS));
describe("network ACLs of the example", () => expectNoticed("aws", example(), ACLS));
describe("routes of the example", () => expectNoticed("aws", example(), ROUTES));
describe("sources, ranges and any", () => expectNoticed("aws", everything(), OF_EVERYTHING));
describe("protocols without ports", () => expectNoticed("aws", portless(), OF_PORTLESS));
