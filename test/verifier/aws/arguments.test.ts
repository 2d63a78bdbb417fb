/** Slips in single arguments of AWS: other networks, references, kinds of destinations, codes, variables. */
import { type Change, expectNoticed, removeFrom, rewrite, type Slip, set, setIn } from "../slips";
import { everything, example } from "./specs";

const ACL = "aws_network_acl";
const INSPECTION = "aws_networkfirewall_tls_inspection_configuration";
const RECORD = "aws_route53_record";
const RULE = "aws_route53_resolver_firewall_rule";

const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const OUT = "a zone gets to the names and ports that it declares";
const SOUND = "rules are such as the cloud takes, and none undoes another";
const ALONE = "the enclave is joined to no network that is not its own";
const REFERS = "every reference leads to something in the document, and says nothing beside";
const HELD = "the variables take what the spec knows, and nothing else";
const READ = "every part of the document can be read";
const LEAD = "names of private endpoints lead to them, and to nothing public";
const RECORDED = "what is decided on the way out is recorded";

const variable =
  (name: string, change: (body: Record<string, unknown>) => void): Change =>
  (draft) => {
    change((draft["variable"] as Record<string, Record<string, unknown>>)[name] ?? {});
  };

const ELSEWHERE = { vpc_id: "vpc-0123456789abcdef0" };
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";

const OF_EXAMPLE: readonly Slip[] = [
  ["a subnet elsewhere", set("aws_subnet", "redaction_1", ELSEWHERE), ALONE, "aws_subnet.redaction_1"],
  ["an ACL elsewhere", set("aws_network_acl", "redaction", ELSEWHERE), ALONE, "aws_network_acl.redaction"],
  [
    "a reference to nothing",
    set("aws_eip", "enclave_nat_1", { address: "${aws_eip.enclave_nat_3.id}" }),
    REFERS,
    "aws_eip.enclave_nat_1",
  ],
  [
    "a reference with something behind it",
    rewrite(
      "aws_route_table_association",
      "redaction_1",
      "route_table_id",
      "redaction_1.id}",
      "redaction_1.id}x",
    ),
    REFERS,
    "aws_route_table_association.redaction_1",
  ],
  [
    "errors of ICMP that do not come back",
    removeFrom(ACL, "redaction", "ingress", { rule_no: 10 }),
    FLOW,
    `${ACL}.redaction`,
  ],
  [
    "errors of ICMP of one code alone",
    setIn(ACL, "redaction", "ingress", { rule_no: 10 }, { icmp_code: 4 }),
    FLOW,
    `${ACL}.redaction`,
  ],
  [
    "private ranges that the way out takes for the internet",
    removeFrom(ACL, "enclave_nat", "egress", { cidr_block: "10.0.0.0/8" }),
    SOUND,
    "aws_network_acl.enclave_nat",
  ],
  [
    "private ranges denied for one protocol",
    setIn(ACL, "enclave_nat", "ingress", { cidr_block: "100.64.0.0/10" }, { protocol: "6" }),
    SOUND,
    "aws_network_acl.enclave_nat",
  ],
  [
    "an entry that neither allows nor denies",
    setIn(ACL, "enclave_nat", "egress", { cidr_block: "10.0.0.0/8" }, { action: "reject" }),
    READ,
    `${ACL}.enclave_nat`,
  ],
  [
    "a NAT gateway that leads to no internet",
    set("aws_nat_gateway", "enclave_nat_1", { connectivity_type: "private" }),
    "a zone leaves by the ports that it declares",
    "aws_route_table.enclave_firewall_1",
  ],
  [
    "aliases that do not resolve",
    set(RULE, "enclave_needed", { firewall_domain_redirection_action: "INSPECT_REDIRECTION_DOMAIN" }),
    READ,
    `${RULE}.enclave_needed`,
  ],
  [
    "blocked names that get an answer",
    set(RULE, "enclave_all", { block_response: "NODATA" }),
    READ,
    `${RULE}.enclave_all`,
  ],
  ["no private names", set("aws_vpc", "enclave", { enable_dns_hostnames: false }), LEAD, "aws_vpc.enclave"],
  [
    "an endpoint of another kind",
    set("aws_vpc_endpoint", "enclave_logs", { vpc_endpoint_type: "GatewayLoadBalancer" }),
    "endpoints stand in their own subnets, with a filter of their own",
    "aws_vpc_endpoint.enclave_logs",
  ],
  [
    "flow logs of another kind",
    set("aws_flow_log", "enclave", { log_destination_type: "s3" }),
    "every connection in every zone is recorded",
    "aws_flow_log",
  ],
  [
    "logs of another firewall",
    set("aws_networkfirewall_logging_configuration", "enclave", { firewall_arn: "arn:aws:x" }),
    RECORDED,
    "aws_networkfirewall_logging_configuration",
  ],
  [
    "drops of one kind that leave no record",
    rewrite(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      "firewall_policy",
      "aws:alert_established_app_layer_to_server",
      "aws:alert_strict",
    ),
    "every denial is recorded",
    "aws_networkfirewall_firewall_policy.enclave",
  ],
  [
    "any zone's name for the quarantine",
    variable("quarantine", (body) => delete body["validation"]),
    HELD,
    "variable.quarantine",
  ],
  [
    "a quarantine of nobody knows whom",
    variable("quarantine", (body) => Object.assign(body, { nullable: true })),
    HELD,
    "variable.quarantine",
  ],
  [
    "a retention that is no number",
    variable("log_retention_days", (body) => Object.assign(body, { type: "string" })),
    HELD,
    "variable.log_retention_days",
  ],
  [
    "resources of any endpoint by variable",
    variable("private_endpoint_resource_ids", (body) => {
      (body["validation"] as unknown[]).shift();
    }),
    HELD,
    "variable.private_endpoint_resource_ids",
  ],
];

const authority = (found: string | RegExp, by: string): Change =>
  rewrite(INSPECTION, "enclave", "tls_inspection_configuration", found, by);

const OF_EVERYTHING: readonly Slip[] = [
  [
    "another certificate authority",
    authority(/certificate\/[^"]+/, "certificate/x"),
    SETTINGS,
    `${INSPECTION}.enclave`,
  ],
  [
    "certificates that are revoked",
    authority('"revoked_status_action":"DROP"', '"revoked_status_action":"PASS"'),
    "the way out is the enclave's own, and stands in its own place",
    `${INSPECTION}.enclave`,
  ],
  [
    "decryption of a part of the internet",
    authority("0.0.0.0/0", "0.0.0.0/1"),
    OUT,
    "aws_networkfirewall_rule_group.enclave",
  ],
  ["decryption from some ports", authority("65535", "1023"), OUT, "aws_networkfirewall_rule_group.enclave"],
  [
    "a name that leads to another's address",
    rewrite(RECORD, "enclave_custom_partner__x_svc_example_com", "alias", "hosted_zone_id", "id"),
    LEAD,
    "aws_vpc_endpoint.enclave_custom_partner",
  ],
  [
    "a record of another type",
    set(RECORD, "enclave_custom_partner__x_svc_example_com", { type: "AAAA" }),
    LEAD,
    "aws_vpc_endpoint.enclave_custom_partner",
  ],
  [
    "a zone for names of another network",
    set("aws_route53_zone", "enclave_custom_partner__x_svc_example_com", { vpc: [ELSEWHERE] }),
    LEAD,
    "aws_vpc_endpoint.enclave_custom_partner",
  ],
  [
    "decrypted requests that leave no record",
    rewrite(
      "aws_networkfirewall_logging_configuration",
      "enclave",
      "logging_configuration",
      '"TLS"',
      '"FLOW"',
    ),
    RECORDED,
    "aws_networkfirewall_logging_configuration",
  ],
  [
    "addresses of another endpoint",
    (draft) => {
      const { private_endpoints } = draft["output"] as Record<string, { value: Record<string, object> }>;
      Object.assign(private_endpoints?.value["partner"] ?? {}, { addresses: [] });
    },
    "outputs name what stands in the document",
    "output.private_endpoints",
  ],
];

describe("arguments of the example", () => expectNoticed("aws", example(), OF_EXAMPLE));
describe("inspection of requests and a third party", () => expectNoticed("aws", everything(), OF_EVERYTHING));
