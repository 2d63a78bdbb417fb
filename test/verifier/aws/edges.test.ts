/** Slips of AWS that no packet meets: edges, defaults, addresses. */
import { add, addTo, expectNoticed, remove, type Slip, set } from "../slips";
import { example } from "./specs";

const DEFAULTS = "what the cloud makes by itself admits nothing";
const ADDRESSES = "a zone has the addresses that the lock gives it, slot by slot";
const IPV6 = "there is no IPv6";
const PUBLIC = "only the way out has public addresses";
const LOOSE = "an interface is held by its zone's filter and forwards for nobody";
const TYPE = "every resource is of a type that enclaves are made of";
const STAND = "endpoints stand in their own subnets, with a filter of their own";
type Tree = Record<string, unknown>;

const put = (path: readonly string[], value: unknown) => (draft: Tree) => {
  let at = draft;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Tree;
  }
  at[path.at(-1) ?? ""] = value;
};

const FRAME: readonly Slip[] = [
  ["a peering", add("aws_vpc_peering_connection", "x", {}), TYPE, "aws_vpc_peering_connection"],
  [
    "an IPv6 gateway",
    add("aws_egress_only_internet_gateway", "x", {}),
    TYPE,
    "aws_egress_only_internet_gateway",
  ],
  [
    "a load balancer",
    add("aws_lb", "x", {}),
    "nothing is published that the spec does not publish",
    "aws_lb",
  ],
  [
    "a data source",
    put(["data", "aws_region", "x"], {}),
    "a plan reads nothing: there are no data sources",
    "data.aws_region",
  ],
  ["a module", put(["module", "x"], { source: "./x" }), "there are no modules and no imports", "module"],
  [
    "another region",
    put(["provider", "aws"], [{ region: "eu-west-1" }]),
    "the region and the settings are those that the spec gives for the cloud",
    "provider.aws",
  ],
  [
    "credentials",
    put(["provider", "aws"], [{ region: "us-east-1", access_key: "x" }]),
    "no credentials stand in the document",
    "provider.aws",
  ],
  [
    "a version without an upper bound",
    put(["terraform", "required_providers", "aws", "version"], ">= 5.0.0"),
    "versions have a lower bound and an upper one",
    "terraform",
  ],
  [
    "no default group",
    remove("aws_default_security_group", "enclave"),
    DEFAULTS,
    "aws_default_security_group",
  ],
  [
    "another VPC's main table",
    set("aws_default_route_table", "enclave", { default_route_table_id: "rtb-1" }),
    DEFAULTS,
    "aws_default_route_table",
  ],
  [
    "a rule of the default group",
    set("aws_default_security_group", "enclave", { ingress: [{}] }),
    DEFAULTS,
    "aws_default_security_group",
  ],
  [
    "rules of the default group that stay",
    set("aws_default_security_group", "enclave", { egress: undefined }),
    DEFAULTS,
    "aws_default_security_group",
  ],
  [
    "a rule of the default ACL",
    set("aws_default_network_acl", "enclave", { egress: [{}] }),
    DEFAULTS,
    "aws_default_network_acl",
  ],
  [
    "a route of the main table",
    set("aws_default_route_table", "enclave", { route: [{}] }),
    DEFAULTS,
    "aws_default_route_table",
  ],
  [
    "public addresses",
    set("aws_subnet", "vector_db_1", { map_public_ip_on_launch: true }),
    PUBLIC,
    "aws_subnet.vector_db_1",
  ],
  [
    "public addresses by default",
    set("aws_subnet", "vector_db_1", { map_public_ip_on_launch: undefined }),
    PUBLIC,
    "aws_subnet.vector_db_1",
  ],
  [
    "addresses of an outpost",
    set("aws_subnet", "vector_db_1", { map_customer_owned_ip_on_launch: true }),
    PUBLIC,
    "aws_subnet.vector_db_1",
  ],
  ["a public address to spare", add("aws_eip", "x", {}), PUBLIC, "aws_eip.x"],
  [
    "IPv6 of a subnet",
    set("aws_subnet", "vector_db_1", { ipv6_cidr_block: "x" }),
    IPV6,
    "aws_subnet.vector_db_1",
  ],
  [
    "IPv6 of the VPC",
    set("aws_vpc", "enclave", { assign_generated_ipv6_cidr_block: true }),
    IPV6,
    "aws_vpc.enclave",
  ],
  [
    "IPv6 in a rule",
    set("aws_vpc_security_group_ingress_rule", "internet_to_ingress_443_tcp", { cidr_ipv6: "::/0" }),
    IPV6,
    "aws_vpc_security_group_ingress_rule.internet_to_ingress_443_tcp",
  ],
  [
    "IPv6 in a route",
    addTo("aws_route_table", "ingress_1", "route", {
      cidr_block: null,
      ipv6_cidr_block: "::/0",
      gateway_id: "${aws_internet_gateway.enclave.id}",
    }),
    IPV6,
    "aws_route_table.ingress_1",
  ],
  [
    "another block",
    set("aws_subnet", "redaction_2", { cidr_block: "10.20.5.128/25" }),
    ADDRESSES,
    "aws_subnet.redaction_1",
  ],
  [
    "a block of another's",
    set("aws_subnet", "redaction_2", { cidr_block: "10.20.0.0/25" }),
    "everything lies in the enclave's range, each thing apart from all others",
    "aws_subnet.redaction_2",
  ],
  [
    "a subnet outside the sites",
    set("aws_subnet", "enclave_nat_1", { cidr_block: "10.20.128.0/28" }),
    "infrastructure lies where the lock places it, and in no zone",
    "aws_subnet.enclave_nat_1",
  ],
  [
    "one availability zone for two slots",
    set("aws_subnet", "redaction_2", { availability_zone: "${var.availability_zones[0]}" }),
    "each slot of a zone stands in an availability zone of its own",
    "aws_subnet.redaction_1",
  ],
  [
    "another address of an interface",
    set("aws_network_interface", "vector_db_pgvector_1", { private_ips: ["10.20.64.11"] }),
    "interfaces have the fixed addresses that the spec gives them",
    "aws_subnet.vector_db_1",
  ],
  [
    "an interface with two groups",
    set("aws_network_interface", "vector_db_pgvector_1", {
      security_groups: ["${aws_security_group.vector_db.id}", "${aws_security_group.ingress.id}"],
    }),
    LOOSE,
    "aws_network_interface.vector_db_pgvector_1",
  ],
  [
    "another zone's group at an interface",
    set("aws_network_interface", "vector_db_pgvector_1", {
      security_groups: ["${aws_security_group.ingress.id}"],
    }),
    LOOSE,
    "aws_network_interface.vector_db_pgvector_1",
  ],
  [
    "an interface that forwards for others",
    set("aws_network_interface", "vector_db_pgvector_1", { source_dest_check: false }),
    LOOSE,
    "aws_network_interface.vector_db_pgvector_1",
  ],
  [
    "an endpoint among workloads",
    set("aws_vpc_endpoint", "enclave_secretsmanager", { subnet_ids: ["${aws_subnet.ingress_1.id}"] }),
    STAND,
    "aws_vpc_endpoint.enclave_secretsmanager",
  ],
  [
    "a second group at an endpoint",
    set("aws_vpc_endpoint", "enclave_secretsmanager", {
      security_group_ids: [
        "${aws_security_group.enclave_secretsmanager.id}",
        "${aws_security_group.ingress.id}",
      ],
    }),
    STAND,
    "aws_vpc_endpoint.enclave_secretsmanager",
  ],
  [
    "an endpoint in one availability zone",
    set("aws_vpc_endpoint", "enclave_secretsmanager", {
      subnet_ids: ["${aws_subnet.enclave_endpoints_1.id}"],
    }),
    STAND,
    "aws_vpc_endpoint.enclave_secretsmanager",
  ],
  [
    "protection that is off",
    set("aws_networkfirewall_firewall", "enclave", { delete_protection: false }),
    "the cloud's own protection of the way out follows deletion_protection",
    "aws_networkfirewall_firewall.enclave",
  ],
  [
    "protection of names that is off",
    set("aws_route53_resolver_firewall_rule_group_association", "enclave", {
      mutation_protection: "DISABLED",
    }),
    "the cloud's own protection of the way out follows deletion_protection",
    "aws_route53_resolver_firewall_rule_group_association.enclave",
  ],
];

describe("edges and defaults of the example", () => expectNoticed("aws", example(), FRAME));
