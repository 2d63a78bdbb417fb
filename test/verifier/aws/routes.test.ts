/** Slips in routes of AWS, and where sources are given, protocols have no ports or every one is meant. */
import {
  add,
  addTo,
  copy,
  expectNoticed,
  remove,
  removeFrom,
  rewrite,
  type Slip,
  set,
  setIn,
} from "../slips";
import { everything, example, portless } from "./specs";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const ACL = "aws_network_acl";
const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const BESIDE = "a flow opens its own ports and protocols, and nothing else";
const UNDECLARED = "zones without a flow between them open nothing to each other";
const LED = "a zone that does not leave has no way to the internet but that by which it serves it";
const INSPECTED = "a zone leaves by the inspected path and no other";
const STRAY = "routes lead along the way out, and nowhere else";
const group = (name: string): string => `\${aws_security_group.${name}.id}`;
const TABLE = "aws_route_table";
const internet = { gateway_id: "${aws_internet_gateway.enclave.id}", cidr_block: "0.0.0.0/0" };

const ROUTES: readonly Slip[] = [
  [
    "a lost table association",
    remove("aws_route_table_association", "vector_db_1"),
    "a filter applies to every subnet before anything can run there",
    "aws_subnet.vector_db_1",
  ],
  [
    "another zone's table",
    set("aws_route_table_association", "vector_db_1", { route_table_id: "${aws_route_table.ingress_1.id}" }),
    LED,
    "aws_subnet.vector_db_1",
  ],
  [
    "a gateway's own table",
    add("aws_route_table_association", "x", {
      gateway_id: "${aws_internet_gateway.enclave.id}",
      route_table_id: "${aws_route_table.ingress_1.id}",
    }),
    "nothing leads around endpoints and inspection",
    "aws_route_table_association.x",
  ],
  [
    "a way out of an isolated zone",
    addTo(TABLE, "vector_db_1", "route", internet),
    LED,
    "aws_subnet.vector_db_1",
  ],
  [
    "a way out of an isolated zone to a part of the internet",
    addTo(TABLE, "vector_db_1", "route", { ...internet, cidr_block: "8.8.8.0/24" }),
    LED,
    "aws_subnet.vector_db_1",
  ],
  [
    "a peer's route",
    addTo(TABLE, "redaction_2", "route", { cidr_block: "0.0.0.0/0", vpc_peering_connection_id: "pcx-1" }),
    LED,
    "aws_subnet.redaction_2",
  ],
  [
    "a route to a private range outside",
    addTo(TABLE, "redaction_2", "route", { cidr_block: "172.16.0.0/12", transit_gateway_id: "tgw-1" }),
    STRAY,
    "aws_route_table.redaction_2",
  ],
  [
    "a route to a list of ranges",
    addTo(TABLE, "redaction_2", "route", {
      destination_prefix_list_id: "pl-1",
      gateway_id: "${aws_internet_gateway.enclave.id}",
    }),
    STRAY,
    "aws_route_table.redaction_2",
  ],
  [
    "a route that an expression makes",
    set(TABLE, "redaction_2", { route: "${var.quarantine}" }),
    "rules are such as the cloud takes, and none undoes another",
    "aws_route_table.redaction_2",
  ],
  [
    "routes beside the table's own",
    set(TABLE, "redaction_2", { route: undefined }),
    "rules are such as the cloud takes, and none undoes another",
    "aws_route_table.redaction_2",
  ],
  [
    "a route of its own",
    add("aws_route", "x", { ...internet, route_table_id: "${aws_route_table.redaction_2.id}" }),
    "every resource is of a type that enclaves are made of",
    "aws_route",
  ],
  [
    "a way out past the firewall",
    setIn(TABLE, "inference_1", "route", {}, { vpc_endpoint_id: null, ...internet }),
    INSPECTED,
    "aws_subnet.inference_1",
  ],
  ["no way out", set(TABLE, "inference_1", { route: [] }), INSPECTED, "aws_subnet.inference_1"],
  [
    "the other availability zone's firewall",
    setIn(
      TABLE,
      "inference_1",
      "route",
      {},
      {
        vpc_endpoint_id:
          "${local.enclave_firewall_endpoints[aws_subnet.enclave_firewall_2.availability_zone]}",
      },
    ),
    "a zone leaves by the ports that it declares",
    "aws_route_table.inference_1",
  ],
  [
    "a way out of the endpoint subnets",
    addTo(TABLE, "enclave_endpoints_1", "route", internet),
    STRAY,
    "aws_route_table.enclave_endpoints_1",
  ],
  [
    "NAT passed by",
    setIn(TABLE, "enclave_firewall_1", "route", {}, { nat_gateway_id: null, ...internet }),
    STRAY,
    "aws_route_table.enclave_firewall_1",
  ],
  [
    "no return route",
    removeFrom(TABLE, "enclave_nat_1", "route", { cidr_block: "10.20.16.0/22" }),
    "a zone leaves by the ports that it declares",
    "aws_route_table.enclave_nat_1",
  ],
  [
    "a narrower return route",
    setIn(TABLE, "enclave_nat_1", "route", { cidr_block: "10.20.16.0/22" }, { cidr_block: "10.20.16.0/23" }),
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
  [
    "errors alone in an ACL",
    setIn(ACL, "b", "ingress", { icmp_type: -1 }, { icmp_type: 3 }),
    FLOW,
    "aws_network_acl.b",
  ],
  ["no answer to a ping", removeFrom(ACL, "b", "egress", { icmp_type: -1 }), FLOW, "aws_network_acl.b"],
  [
    "one protocol of any in an ACL",
    setIn(ACL, "c", "ingress", { protocol: "-1", action: "allow" }, { protocol: "tcp", to_port: 65535 }),
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
