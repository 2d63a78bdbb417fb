/** Slips in routes of AWS, and where sources are given, protocols have no ports or every one is meant. */
import { add, copy, expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { everything, example, portless } from "./specs";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const ENTRY = "aws_network_acl_rule";
const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const BESIDE = "a flow opens its own ports and protocols, and nothing else";
const UNDECLARED = "zones without a flow between them open nothing to each other";
const LED = "a zone that does not leave has no way to the internet but that by which it serves it";
const INSPECTED = "a zone leaves by the inspected path and no other";
const STRAY = "routes lead along the way out, and nowhere else";
const group = (name: string): string => `\${aws_security_group.${name}.id}`;
const table = (name: string) => ({ route_table_id: `\${aws_route_table.${name}.id}` });
const internet = { gateway_id: "${aws_internet_gateway.enclave.id}", destination_cidr_block: "0.0.0.0/0" };

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

describe("routes of the example", () => expectNoticed("aws", example(), ROUTES));
describe("sources, ranges and any", () => expectNoticed("aws", everything(), OF_EVERYTHING));
describe("protocols without ports", () => expectNoticed("aws", portless(), OF_PORTLESS));
