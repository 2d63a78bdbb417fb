/** Slips of AWS that no packet meets: edges, defaults, addresses, logs, variables and outputs. */
import { add, expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { example, gateways } from "./specs";

const GROUP = "aws_cloudwatch_log_group";
const DEFAULTS = "what the cloud makes by itself admits nothing";
const ADDRESSES = "a zone has the addresses that the lock gives it, slot by slot";
const IPV6 = "there is no IPv6";
const PUBLIC = "only the way out has public addresses";
const LOOSE = "an interface is held by its zone's filter and forwards for nobody";
const TYPE = "every resource is of a type that enclaves are made of";
const FLOWS = "every connection in every zone is recorded";
const QUERIES = "every query for a name is recorded";
const EXITS = "what is decided on the way out is recorded";
const KEPT = "logs are kept as long as the variable says";
const OUTSIDE = "logs are open to nobody outside";
const STAND = "endpoints stand in their own subnets, with a filter of their own";
const BEGINS = "the variables begin with what the spec says";

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
    add("aws_route", "x", {
      route_table_id: "${aws_route_table.ingress_1.id}",
      destination_ipv6_cidr_block: "::/0",
      gateway_id: "${aws_internet_gateway.enclave.id}",
    }),
    IPV6,
    "aws_route.x",
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
    set("aws_vpc_endpoint", "enclave_s3", { subnet_ids: ["${aws_subnet.ingress_1.id}"] }),
    STAND,
    "aws_vpc_endpoint.enclave_s3",
  ],
  [
    "a second group at an endpoint",
    set("aws_vpc_endpoint", "enclave_s3", {
      security_group_ids: ["${aws_security_group.enclave_s3.id}", "${aws_security_group.ingress.id}"],
    }),
    STAND,
    "aws_vpc_endpoint.enclave_s3",
  ],
  [
    "an endpoint in one availability zone",
    set("aws_vpc_endpoint", "enclave_s3", { subnet_ids: ["${aws_subnet.enclave_endpoints_1.id}"] }),
    STAND,
    "aws_vpc_endpoint.enclave_s3",
  ],
  [
    "protection that is off",
    set("aws_networkfirewall_firewall", "enclave", { delete_protection: false }),
    "deletion protection guards the way out",
    "aws_networkfirewall_firewall.enclave",
  ],
  [
    "protection of names that is off",
    set("aws_route53_resolver_firewall_rule_group_association", "enclave", {
      mutation_protection: "DISABLED",
    }),
    "deletion protection guards the way out",
    "aws_route53_resolver_firewall_rule_group_association.enclave",
  ],
];

const LOGS: readonly Slip[] = [
  ["no flow log", remove("aws_flow_log", "enclave"), FLOWS, "aws_flow_log"],
  ["half a flow log", set("aws_flow_log", "enclave", { traffic_type: "REJECT" }), FLOWS, "aws_flow_log"],
  ["a flow log elsewhere", set("aws_flow_log", "enclave", { vpc_id: "vpc-1" }), FLOWS, "aws_flow_log"],
  [
    "a flow log that is kept elsewhere",
    set("aws_flow_log", "enclave", { log_destination: "arn:aws:logs:us-east-1:444455556666:log-group:x" }),
    FLOWS,
    "aws_flow_log.enclave",
  ],
  [
    "a role that may not write",
    rewrite("aws_iam_role_policy", "enclave_flow", "policy", "logs:PutLogEvents", "logs:GetLogEvents"),
    FLOWS,
    "aws_flow_log.enclave",
  ],
  [
    "no query log",
    remove("aws_route53_resolver_query_log_config_association", "enclave"),
    QUERIES,
    "aws_route53_resolver_query_log_config_association",
  ],
  [
    "a query log elsewhere",
    set("aws_route53_resolver_query_log_config_association", "enclave", { resource_id: "vpc-1" }),
    QUERIES,
    "aws_route53_resolver_query_log_config_association",
  ],
  [
    "no firewall log",
    remove("aws_networkfirewall_logging_configuration", "enclave"),
    EXITS,
    "aws_networkfirewall_logging_configuration",
  ],
  [
    "half a firewall log",
    rewrite(
      "aws_networkfirewall_logging_configuration",
      "enclave",
      "logging_configuration",
      '"ALERT"',
      '"TLS"',
    ),
    EXITS,
    "aws_networkfirewall_logging_configuration",
  ],
  [
    "drops without a record",
    rewrite(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      "firewall_policy",
      ',"aws:alert_established_app_layer_to_server"',
      "",
    ),
    "every denial is recorded",
    "aws_networkfirewall_firewall_policy.enclave",
  ],
  ["a log for a day", set(GROUP, "enclave_flow", { retention_in_days: 1 }), KEPT, `${GROUP}.enclave_flow`],
  [
    "a log that nothing bounds",
    set(GROUP, "enclave_flow", { retention_in_days: undefined }),
    KEPT,
    `${GROUP}.enclave_flow`,
  ],
  [
    "a period that is too short",
    put(["locals", "enclave_log_retention_days"], "${min(var.log_retention_days, 30)}"),
    KEPT,
    `${GROUP}.enclave_dns`,
  ],
  [
    "a log under AWS's own key",
    set(GROUP, "enclave_dns", { kms_key_id: undefined }),
    "logs lie under a key of the enclave's own",
    `${GROUP}.enclave_dns`,
  ],
  [
    "a key for everybody",
    rewrite("aws_kms_key", "enclave_logs", "policy", /arn:[^,]*:root/, "*"),
    OUTSIDE,
    "aws_kms_key.enclave_logs",
  ],
  [
    "a key for logs of others",
    rewrite("aws_kms_key", "enclave_logs", "policy", "/aws/vendedlogs/enclave/private-rag/*", "*"),
    OUTSIDE,
    "aws_kms_key.enclave_logs",
  ],
  [
    "a key that is never renewed",
    set("aws_kms_key", "enclave_logs", { enable_key_rotation: false }),
    "logs lie under a key of the enclave's own",
    "aws_kms_key.enclave_logs",
  ],
  [
    "deliveries for other accounts",
    rewrite(
      "aws_cloudwatch_log_resource_policy",
      "enclave",
      "policy_document",
      "aws:SourceAccount",
      "aws:UserAgent",
    ),
    OUTSIDE,
    "aws_cloudwatch_log_resource_policy.enclave",
  ],
  [
    "a role for other services",
    rewrite("aws_iam_role", "enclave_flow", "assume_role_policy", "vpc-flow-logs", "ec2"),
    OUTSIDE,
    "aws_iam_role.enclave_flow",
  ],
  [
    "a role that may do more",
    rewrite("aws_iam_role_policy", "enclave_flow", "policy", "logs:PutLogEvents", "logs:*"),
    OUTSIDE,
    "aws_iam_role_policy.enclave_flow",
  ],
  [
    "logs that go with the enclave",
    set(GROUP, "enclave_flow", { skip_destroy: false }),
    "deletion protection guards the logs",
    `${GROUP}.enclave_flow`,
  ],
];

const SURFACE: readonly Slip[] = [
  [
    "a zone in quarantine from the start",
    put(["variable", "quarantine", "default"], ["ingress"]),
    BEGINS,
    "variable.quarantine",
  ],
  [
    "a shorter retention from the start",
    put(["variable", "log_retention_days", "default"], 30),
    BEGINS,
    "variable.log_retention_days",
  ],
  [
    "no protection from the start",
    put(["variable", "deletion_protection", "default"], false),
    BEGINS,
    "variable.deletion_protection",
  ],
  ["tags that are lost", put(["variable", "tags", "default"], {}), BEGINS, "variable.tags"],
  [
    "an availability zone less",
    put(["variable", "availability_zones", "default"], ["us-east-1a"]),
    "there are as many availability zones as the spec asks for, all different",
    "variable.availability_zones",
  ],
  [
    "another zone's group in an output",
    put(["output", "zones", "value", "vector-db", "group_ids"], ["${aws_security_group.ingress.id}"]),
    "the output of a zone has addresses, subnets and groups",
    "output.zones",
  ],
  [
    "another zone's subnets in an output",
    put(["output", "zones", "value", "vector-db", "subnet_ids"], ["${aws_subnet.ingress_1.id}"]),
    "the output of a zone has addresses, subnets and groups",
    "output.zones",
  ],
  [
    "another name in an output",
    put(["output", "private_endpoints", "value", "logs", "dns_names"], ["logs.example.com"]),
    "the output of an endpoint has ids, names and addresses",
    "output.private_endpoints",
  ],
  [
    "another endpoint in an output",
    put(["output", "private_endpoints", "value", "logs", "ids"], ["${aws_vpc_endpoint.enclave_s3.id}"]),
    "the output of an endpoint has ids, names and addresses",
    "output.private_endpoints",
  ],
  [
    "a reason that is lost",
    rewrite(
      "aws_vpc_security_group_ingress_rule",
      "internet_to_ingress_443_tcp",
      "description",
      "public API",
      "",
    ),
    "everything that permits says why",
    "aws_vpc_security_group_ingress_rule.internet_to_ingress_443_tcp",
  ],
  [
    "tags of the user that are lost",
    set("aws_subnet", "ingress_1", { tags: '${{ enclave = "private-rag" }}' }),
    "what takes tags carries the enclave's name and the user's tags",
    "aws_subnet.ingress_1",
  ],
];

const OF_GATEWAYS: readonly Slip[] = [
  [
    "a way in that is lost",
    remove("aws_route", "front_2_internet"),
    "the internet reaches a zone on the ports that are declared",
    "aws_route_table.front_2",
  ],
  [
    "a search endpoint with another's group",
    set("aws_opensearchserverless_vpc_endpoint", "enclave_aoss", {
      security_group_ids: ["${aws_security_group.store.id}"],
    }),
    STAND,
    "aws_opensearchserverless_vpc_endpoint.enclave_aoss",
  ],
  [
    "an interface without a group",
    set("aws_network_interface", "front_gate_2", { security_groups: [] }),
    LOOSE,
    "aws_network_interface.front_gate_2",
  ],
  [
    "a VPC without the second half of its range",
    remove("aws_vpc_ipv4_cidr_block_association", "enclave_part_1"),
    "everything lies in the enclave's range, each thing apart from all others",
    "aws_subnet.store_1",
  ],
];

describe("edges and defaults of the example", () => expectNoticed("aws", example(), FRAME));
describe("logs of the example", () => expectNoticed("aws", example(), LOGS));
describe("variables and outputs of the example", () => expectNoticed("aws", example(), SURFACE));
describe("gateways and a wide range", () => expectNoticed("aws", gateways(), OF_GATEWAYS));
