/** What every document has whatever its spec says: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/aws/invariants";
import { add, expectNoticed, type Mutation, remove, rewrite, set } from "../../support/mutations";
import { EXAMPLE, render } from "./rendered";

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "a peering",
    add("aws_vpc_peering_connection", "x", {}),
    ["aws_vpc_peering_connection is a kind of resource that no enclave has"],
  ],
  [
    "an IPv6 gateway",
    add("aws_egress_only_internet_gateway", "x", {}),
    ["aws_egress_only_internet_gateway is a kind of resource that no enclave has"],
  ],
  [
    "a data source",
    (_, document) => void Object.assign(document, { data: { aws_region: { x: {} } } }),
    ["a data source would need credentials while planning"],
  ],
  [
    "no default group",
    remove("aws_default_security_group", "enclave"),
    ["aws_default_security_group is left as AWS makes it"],
  ],
  [
    "another VPC's default table",
    set("aws_default_route_table", "enclave", { default_route_table_id: "rtb-1" }),
    ["aws_default_route_table is left as AWS makes it"],
  ],
  [
    "a rule of the default group",
    set("aws_default_security_group", "enclave", { ingress: [{}] }),
    ["aws_default_security_group has an ingress"],
  ],
  [
    "a rule of the default ACL",
    set("aws_default_network_acl", "enclave", { egress: [{}] }),
    ["aws_default_network_acl has an egress"],
  ],
  [
    "a route of the main table",
    set("aws_default_route_table", "enclave", { route: [{}] }),
    ["aws_default_route_table has an route"],
  ],
  [
    "no endpoint policy",
    set("aws_vpc_endpoint", "enclave_s3", { policy: undefined }),
    ["endpoint enclave_s3 has no policy that keeps other accounts out"],
  ],
  [
    "strangers in an endpoint policy",
    set("aws_vpc_endpoint", "enclave_s3", {
      policy: JSON.stringify({
        Statement: [{ Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::rag-corpus/*"] }],
      }),
    }),
    ["endpoint enclave_s3 has no policy that keeps other accounts out"],
  ],
  [
    "every action in an endpoint policy",
    set("aws_vpc_endpoint", "enclave_s3", {
      policy: JSON.stringify({
        Statement: [
          { Action: ["*"], Resource: ["*"], Condition: { StringEquals: { "aws:PrincipalAccount": "x" } } },
        ],
      }),
    }),
    ['endpoint enclave_s3 lets zone "redaction" * on *, which nothing gives it'],
  ],
  [
    "another's group at an endpoint",
    set("aws_vpc_endpoint", "enclave_s3", { security_group_ids: ["${aws_security_group.enclave_logs.id}"] }),
    ["endpoint enclave_s3 has not one security group of its own"],
  ],
  [
    "an endpoint among workloads",
    set("aws_vpc_endpoint", "enclave_s3", { subnet_ids: ["${aws_subnet.ingress_1.id}"] }),
    ["endpoint enclave_s3 lies outside its subnets"],
  ],
  [
    "a second group at an endpoint",
    set("aws_vpc_endpoint", "enclave_s3", { security_group_ids: ["a", "b"] }),
    ["endpoint enclave_s3 has not one security group of its own"],
  ],
  [
    "names not blocked",
    set("aws_route53_resolver_firewall_domain_list", "enclave_all", { domains: [] }),
    ["names that nobody needs resolve"],
  ],
  [
    "a block too early",
    set("aws_route53_resolver_firewall_rule", "enclave_all", { priority: 1 }),
    ["needed names are blocked before they are allowed"],
  ],
  [
    "a whole top-level domain",
    set("aws_route53_resolver_firewall_domain_list", "enclave_needed", { domains: ["*.com."] }),
    ['"*.com." lets a whole domain of the internet resolve'],
  ],
  [
    "a DNS firewall that fails open",
    set("aws_route53_resolver_firewall_config", "enclave", { firewall_fail_open: "ENABLED" }),
    ["the DNS firewall fails open"],
  ],
  [
    "no DNS firewall",
    remove("aws_route53_resolver_firewall_rule_group_association", "enclave"),
    ["the DNS firewall is not on the VPC"],
  ],
  [
    "a DNS firewall elsewhere",
    set("aws_route53_resolver_firewall_rule_group_association", "enclave", { vpc_id: "vpc-1" }),
    ["the DNS firewall is not on the VPC"],
  ],
  [
    "another DNS firewall",
    set("aws_route53_resolver_firewall_rule_group_association", "enclave", {
      firewall_rule_group_id: "rslvr-frg-1",
    }),
    ["the DNS firewall is not on the VPC"],
  ],
  [
    "a flow log elsewhere",
    set("aws_flow_log", "enclave", { vpc_id: "vpc-1" }),
    ["flows of the VPC are not all logged"],
  ],
  [
    "a query log elsewhere",
    set("aws_route53_resolver_query_log_config_association", "enclave", { resource_id: "vpc-1" }),
    ["DNS queries are not logged"],
  ],
  [
    "half a firewall log",
    rewrite(
      "aws_networkfirewall_logging_configuration",
      "enclave",
      ["logging_configuration"],
      '"ALERT"',
      '"TLS"',
    ),
    ["what the firewall decides is not logged"],
  ],
  [
    "a log for a day",
    set("aws_cloudwatch_log_group", "enclave_flow", { retention_in_days: 1 }),
    ["log group enclave_flow is not encrypted and kept as asked"],
  ],
  [
    "half a flow log",
    set("aws_flow_log", "enclave", { traffic_type: "REJECT" }),
    ["flows of the VPC are not all logged"],
  ],
  [
    "no query log",
    remove("aws_route53_resolver_query_log_config_association", "enclave"),
    ["DNS queries are not logged"],
  ],
  [
    "no firewall log",
    remove("aws_networkfirewall_logging_configuration", "enclave"),
    ["what the firewall decides is not logged"],
  ],
  [
    "a plain log",
    set("aws_cloudwatch_log_group", "enclave_dns", { kms_key_id: undefined }),
    ["log group enclave_dns is not encrypted and kept as asked"],
  ],
  [
    "a log for ever",
    set("aws_cloudwatch_log_group", "enclave_flow", { retention_in_days: undefined }),
    ["log group enclave_flow is not encrypted and kept as asked"],
  ],
];

/** What the example has not: gateway endpoints, a range wider than a VPC takes, one network interface for each slot, no egress. */
const OTHER = {
  name: "other",
  region: "us-east-1",
  cidr: "10.32.0.0/15",
  zones: {
    front: { exposure: "public", hosts: 20, interfaces: [{ name: "gate", host: 10 }] },
    store: { exposure: "isolated", cidr: "10.33.0.0/24" },
  },
  flows: [{ from: "internet", to: "front", ports: ["443/tcp"], why: "a test" }],
  privateEndpoints: {
    one: { service: "object-storage", from: ["front"], access: "read" },
    two: { service: "object-storage", from: ["store"], access: "write" },
    search: { service: "vector-search", from: ["store"] },
    reports: { service: "logs", from: ["store"] },
    partner: {
      service: "custom",
      from: ["store"],
      ports: ["443/tcp"],
      dnsName: "partner.example.com",
      target: { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } },
    },
  },
};

const OF_OTHER: readonly Mutation[] = [
  [
    "an endpoint through which the record can be deleted",
    rewrite("aws_vpc_endpoint", "enclave_logs", ["policy"], "logs:Delete*", "logs:Describe*"),
    ["endpoint enclave_logs lets the enclave's own logs be changed"],
  ],
  [
    "a way to the internet taken away",
    remove("aws_route", "front_2_internet"),
    ["subnet front_2 has routes to nothing where internet is planned"],
  ],
  [
    "a gateway's policy",
    set("aws_vpc_endpoint", "enclave_s3_front", { policy: "" }),
    ["endpoint enclave_s3_front has no policy that keeps other accounts out"],
  ],
  [
    "a service of AWS in the place of a custom one",
    set("aws_vpc_endpoint", "enclave_custom_partner", { service_name: "com.amazonaws.us-east-1.sts" }),
    ["endpoint enclave_custom_partner has no policy that keeps other accounts out"],
  ],
  [
    "a search endpoint with another's group",
    set("aws_opensearchserverless_vpc_endpoint", "enclave_aoss", {
      security_group_ids: ["${aws_security_group.store.id}"],
    }),
    ["endpoint enclave_aoss has not one security group of its own"],
  ],
  [
    "an interface without group",
    set("aws_network_interface", "front_gate_2", { security_groups: [] }),
    ["network interface front_gate_2 has not its zone's group alone"],
  ],
];

describe("the example", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));
describe("an enclave without egress", () => expectNoticed(render(OTHER), brokenInvariants, OF_OTHER));
