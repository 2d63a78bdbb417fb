/** What is logged, where it is kept and who may write it, as the plan wants it. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { regionOf } from "./data/regions";
import { arnOf, IN_VPC, idOf } from "./planned";
import { RETENTION_DAYS } from "./render/logging";
import { awsName, logGroupName } from "./render/naming";
import { ACCOUNT, PARTITION } from "./render/network";

const FIREWALL_LOGS = { firewall_alert: "ALERT", firewall_flow: "FLOW", firewall_tls: "TLS" } as const;
const DELIVERY = "aws_cloudwatch_log_resource_policy.enclave";
const KEY = "aws_kms_key.enclave_logs";
const ROLE = "aws_iam_role.enclave_flow";

const groupOf = (name: string): string => `aws_cloudwatch_log_group.enclave_${name}`;

export function plannedLogs(plan: NetworkPlan): Statement[] {
  const firewall = Object.keys(FIREWALL_LOGS).filter(
    (name) => name !== "firewall_tls" || plan.inspection === "request",
  );
  const delivered = ["dns", ...(plan.departures.length === 0 ? [] : firewall)];
  const key = plan.settings.aws.kmsKeyArn;
  const retention = `concat([for days in [${RETENTION_DAYS.join(", ")}] : days if days >= var.log_retention_days], [0])[0]`;
  return [
    ["local.enclave_log_retention_days", { value: expr(retention) }],
    ...(key === undefined ? [plannedKey(plan)] : []),
    ...["flow", ...delivered].map((name): Statement => {
      const kept = {
        retention_in_days: expr("local.enclave_log_retention_days"),
        skip_destroy: expr("var.deletion_protection"),
      };
      return [groupOf(name), { name: logGroupName(plan, name), kms_key_id: key ?? arnOf(KEY), ...kept }];
    }),
    plannedDelivery(plan, delivered),
    ...plannedFlowLog(plan),
    ...plannedQueryLog(plan),
    ...(plan.departures.length === 0 ? [] : [plannedFirewallLog(firewall)]),
  ];
}

const document = (...statements: readonly Attributes[]): Attributes => ({
  Version: "2012-10-17",
  Statement: statements,
});
const allow = (values: Attributes): Attributes => ({ Effect: "Allow", ...values });
const OWN_ACCOUNT = { Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } } };

/** The account's to manage, and CloudWatch's for the enclave's own log groups. */
function plannedKey(plan: NetworkPlan): Statement {
  const region = regionOf(plan);
  const groups = `arn:${PARTITION}:logs:${region}:${ACCOUNT}:log-group:${logGroupName(plan, "*")}`;
  const account = {
    Sid: "Account",
    Principal: { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const logs = {
    Sid: "Logs",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } },
  };
  return [
    KEY,
    { enable_key_rotation: true, deletion_window_in_days: 30, policy: document(allow(account), allow(logs)) },
  ];
}

const WRITES = ["logs:CreateLogStream", "logs:PutLogEvents"];

const plannedDelivery = (plan: NetworkPlan, delivered: readonly string[]): Statement => {
  const statement = {
    Sid: "Delivery",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: WRITES,
    Resource: delivered.map((name) => `${arnOf(groupOf(name))}:log-stream:*`),
    ...OWN_ACCOUNT,
  };
  return [DELIVERY, { policy_name: awsName(plan, "logs"), policy_document: document(allow(statement)) }];
};

/** Every packet's verdict, each minute, by a role that writes to its own group alone. */
function plannedFlowLog(plan: NetworkPlan): Statement[] {
  const name = awsName(plan, regionOf(plan), "flow-logs");
  const group = arnOf(groupOf("flow"));
  const assume = {
    Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    Action: "sts:AssumeRole",
    ...OWN_ACCOUNT,
  };
  const write = { Action: [...WRITES, "logs:DescribeLogStreams"], Resource: [group, `${group}:*`] };
  const flowLog = {
    ...IN_VPC,
    traffic_type: "ALL",
    log_destination_type: "cloud-watch-logs",
    log_destination: group,
    iam_role_arn: arnOf(ROLE),
    max_aggregation_interval: 60,
    depends_on: ["aws_iam_role_policy.enclave_flow"],
  };
  return [
    [ROLE, { name, assume_role_policy: document(allow(assume)) }],
    [
      "aws_iam_role_policy.enclave_flow",
      {
        name,
        role: idOf(ROLE),
        policy: document(allow(write), allow({ Action: "logs:DescribeLogGroups", Resource: "*" })),
      },
    ],
    ["aws_flow_log.enclave", flowLog],
  ];
}

const plannedQueryLog = (plan: NetworkPlan): Statement[] => [
  [
    "aws_route53_resolver_query_log_config.enclave",
    { name: awsName(plan, "dns"), destination_arn: arnOf(groupOf("dns")), depends_on: [DELIVERY] },
  ],
  [
    "aws_route53_resolver_query_log_config_association.enclave",
    {
      resolver_query_log_config_id: idOf("aws_route53_resolver_query_log_config.enclave"),
      resource_id: IN_VPC.vpc_id,
    },
  ],
];

const plannedFirewallLog = (logs: readonly string[]): Statement => [
  "aws_networkfirewall_logging_configuration.enclave",
  {
    firewall_arn: arnOf("aws_networkfirewall_firewall.enclave"),
    logging_configuration: {
      log_destination_config: Object.entries(FIREWALL_LOGS)
        .filter(([name]) => logs.includes(name))
        .map(([name, type]) => ({
          log_type: type,
          log_destination_type: "CloudWatchLogs",
          log_destination: { logGroup: expr(`${groupOf(name)}.name`) },
        })),
    },
    depends_on: [DELIVERY],
  },
];
