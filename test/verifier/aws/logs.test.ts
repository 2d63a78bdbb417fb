/** Slips in logs of AWS. */
import { expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { example } from "./specs";

const GROUP = "aws_cloudwatch_log_group";
const FLOWS = "every connection in every zone is recorded";
const QUERIES = "every query for a name is recorded";
const EXITS = "what is decided on the way out is recorded";
const KEPT = "logs are kept as long as the variable says";
const OUTSIDE = "logs are open to nobody outside";
type Tree = Record<string, unknown>;

const put = (path: readonly string[], value: unknown) => (draft: Tree) => {
  let at = draft;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Tree;
  }
  at[path.at(-1) ?? ""] = value;
};

const LOGS: readonly Slip[] = [
  ["no flow log", remove("aws_flow_log", "enclave"), FLOWS, "aws_flow_log"],
  [
    "records of a gateway's addresses alone",
    set("aws_flow_log", "enclave", { log_format: undefined }),
    FLOWS,
    "aws_flow_log.enclave",
  ],
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
    "the cloud's own protection of the logs follows deletion_protection",
    `${GROUP}.enclave_flow`,
  ],
];

describe("logs of the example", () => expectNoticed("aws", example(), LOGS));
