/** Routes, subnets and public addresses: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/aws/invariants";
import { add, expectNoticed, type Mutation, remove, set } from "../../support/mutations";
import { EXAMPLE, render } from "./rendered";

const internet = { gateway_id: "${aws_internet_gateway.enclave.id}", destination_cidr_block: "0.0.0.0/0" };
const table = (name: string) => ({ route_table_id: `\${aws_route_table.${name}.id}` });

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "a lost table association",
    remove("aws_route_table_association", "vector_db_1"),
    ["subnet vector_db_1 has not its own route table"],
  ],
  [
    "another zone's table",
    set("aws_route_table_association", "vector_db_1", table("ingress_1")),
    ["subnet vector_db_1 has not its own route table"],
  ],
  [
    "a gateway's own table",
    add("aws_route_table_association", "x", {
      gateway_id: "${aws_internet_gateway.enclave.id}",
      ...table("ingress_1"),
    }),
    ["association x leads a gateway's packets somewhere"],
  ],
  [
    "public addresses",
    set("aws_subnet", "vector_db_1", { map_public_ip_on_launch: true }),
    ["subnet vector_db_1 gives out public addresses"],
  ],
  [
    "IPv6",
    set("aws_subnet", "vector_db_1", { ipv6_cidr_block: "x" }),
    ["subnet vector_db_1 has IPv6, which nothing inspects"],
  ],
  [
    "a way out of an isolated zone",
    add("aws_route", "x", { ...table("vector_db_1"), ...internet }),
    ["subnet vector_db_1 has routes to internet where none is planned"],
  ],
  [
    "a peer's route",
    add("aws_route", "x", { ...table("redaction_2"), vpc_peering_connection_id: "pcx-1" }),
    ["subnet redaction_2 has routes to other where none is planned"],
  ],
  [
    "egress past the firewall",
    set("aws_route", "inference_1_firewall", { vpc_endpoint_id: undefined, ...internet }),
    ["subnet inference_1 has routes to internet where firewall is planned"],
  ],
  [
    "no way out",
    remove("aws_route", "inference_1_firewall"),
    ["subnet inference_1 has routes to nothing where firewall is planned"],
  ],
  [
    "the other availability zone's firewall",
    set("aws_route", "inference_1_firewall", {
      vpc_endpoint_id: "${local.enclave_firewall_endpoints[aws_subnet.enclave_firewall_2.availability_zone]}",
    }),
    ["inference_1_firewall leaves its availability zone"],
  ],
  ["a table of nothing", add("aws_route_table", "x", {}), ["route table x belongs to nothing"]],
  [
    "a route of the main table, beside it",
    add("aws_route", "x", { ...internet, route_table_id: "${aws_vpc.enclave.main_route_table_id}" }),
    ["route table ? belongs to nothing"],
  ],
  [
    "a way out of the endpoints",
    add("aws_route", "x", { ...table("enclave_endpoints_1"), ...internet }),
    ["x leads out of the endpoint subnets"],
  ],
  [
    "NAT passed by",
    set("aws_route", "enclave_firewall_1_nat", { nat_gateway_id: undefined, ...internet }),
    ["route table enclave_firewall_1 does not lead to nat alone"],
  ],
  [
    "no return route",
    remove("aws_route", "enclave_nat_1_inference"),
    ["replies from enclave_nat_1 go to nobody where 10.20.16.0/22 is planned"],
  ],
  [
    "a narrower return route",
    set("aws_route", "enclave_nat_1_inference", { destination_cidr_block: "10.20.16.0/23" }),
    ["replies from enclave_nat_1 go to 10.20.16.0/23 where 10.20.16.0/22 is planned"],
  ],
  ["a public address to spare", add("aws_eip", "x", {}), ["public address x belongs to no NAT gateway"]],
  [
    "NAT in a zone",
    set("aws_nat_gateway", "enclave_nat_1", { subnet_id: "${aws_subnet.inference_1.id}" }),
    ["NAT gateway enclave_nat_1 stands outside its subnet"],
  ],
  [
    "an interface with two groups",
    set("aws_network_interface", "vector_db_pgvector_1", { security_groups: ["a", "b"] }),
    ["network interface vector_db_pgvector_1 has not its zone's group alone"],
  ],
  [
    "IPv6 of the VPC",
    set("aws_vpc", "enclave", { assign_generated_ipv6_cidr_block: true }),
    ["the VPC has IPv6, which nothing inspects"],
  ],
  [
    "another zone's group at an interface",
    set("aws_network_interface", "vector_db_pgvector_1", {
      security_groups: ["${aws_security_group.ingress.id}"],
    }),
    ["network interface vector_db_pgvector_1 has not its zone's group alone"],
  ],
];

describe("the example", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));
