/**
 * What is logged: every flow of the VPC, every query to its resolver, every connection that the firewall judged. Encrypted, kept
 * for at least the days asked for. Groups lie under /aws/vendedlogs/, which keeps them out of the size limit of resource policies.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { NetworkfirewallLoggingConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-logging-configuration";
import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association";
import { Token } from "cdktf";
import {
  type Address,
  addLocal,
  addResource,
  dependable,
  expr,
  type Rendering,
} from "../../shared/rendering";
import { regionOf } from "../data/regions";
import type { EgressPath } from "./egress";
import { awsName, logGroupName, tags } from "./naming";
import { ACCOUNT, PARTITION } from "./network";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const LONGEST_RETENTION = Math.max(...RETENTION_DAYS);

/** How long logs are kept that have to be kept for at least so many days; undefined: for ever. */
export const keptDays = (least: number): number | undefined => RETENTION_DAYS.find((days) => days >= least);

/** Log group addresses by what they hold; the output `logs` shows them. */
export type LogGroups = Readonly<Record<string, Address>>;

export function renderLogging(rendering: Rendering, egress: EgressPath | undefined): LogGroups {
  const key = rendering.plan.settings.aws.kmsKeyArn ?? expr(`${renderKey(rendering)}.arn`);
  // 0 keeps for ever, which is the next larger period after the longest.
  addLocal(
    rendering,
    "enclave_log_retention_days",
    expr(
      `concat([for days in [${RETENTION_DAYS.join(", ")}] : days if days >= var.log_retention_days], [0])[0]`,
    ),
  );
  const group = (name: string): Address =>
    addResource(rendering, CloudwatchLogGroup, `enclave_${name}`, {
      name: logGroupName(rendering.plan, name),
      retentionInDays: Token.asNumber(expr("local.enclave_log_retention_days")),
      kmsKeyId: key,
      // The provider's word for a log that stays when its enclave is destroyed; AWS itself protects none in what provider 5 knows.
      skipDestroy: Token.asAny(expr("var.deletion_protection")),
      tags: tags(rendering, `${name}-logs`),
    });
  const groups: LogGroups = {
    flow: group("flow"),
    dns: group("dns"),
    ...(egress === undefined ? {} : firewallGroups(rendering, group)),
  };
  const delivery = renderDelivery(rendering, groups);
  renderFlowLog(rendering, groups);
  renderQueryLog(rendering, groups, delivery);
  if (egress !== undefined) renderFirewallLog(rendering, groups, egress, delivery);
  return groups;
}

const FIREWALL_LOGS = { firewall_alert: "ALERT", firewall_flow: "FLOW", firewall_tls: "TLS" } as const;

function firewallGroups({ plan }: Rendering, group: (name: string) => Address): Record<string, Address> {
  const names = Object.keys(FIREWALL_LOGS).filter(
    (name) => name !== "firewall_tls" || plan.inspection === "request",
  );
  return Object.fromEntries(names.map((name) => [name, group(name)]));
}

const policyDocument = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

function renderKey(rendering: Rendering): Address {
  const region = regionOf(rendering.plan);
  return addResource(rendering, KmsKey, "enclave_logs", {
    description: `Logs of enclave ${rendering.plan.name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument(
      {
        Sid: "Account",
        Effect: "Allow",
        Principal: { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "Logs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": `arn:${PARTITION}:logs:${region}:${ACCOUNT}:log-group:${logGroupName(rendering.plan, "*")}`,
          },
        },
      },
    ),
    tags: tags(rendering, "logs"),
  });
}

/** Resolver and Network Firewall write through the log delivery service, and only on behalf of this account. */
function renderDelivery(rendering: Rendering, groups: LogGroups): Address {
  return addResource(rendering, CloudwatchLogResourcePolicy, "enclave", {
    policyName: awsName(rendering.plan, "logs"),
    policyDocument: policyDocument({
      Sid: "Delivery",
      Effect: "Allow",
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: Object.entries(groups).flatMap(([name, group]) =>
        name === "flow" ? [] : `${expr(`${group}.arn`)}:log-stream:*`,
      ),
      Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    }),
  });
}

function renderFlowLog(rendering: Rendering, groups: LogGroups): void {
  const name = awsName(rendering.plan, regionOf(rendering.plan), "flow-logs");
  const role = addResource(rendering, IamRole, "enclave_flow", {
    name,
    description: `Writes the flow logs of enclave ${rendering.plan.name}`,
    assumeRolePolicy: policyDocument({
      Effect: "Allow",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
    }),
    tags: tags(rendering, "flow-logs"),
  });
  const write = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
  const policy = addResource(rendering, IamRolePolicy, "enclave_flow", {
    name,
    role: expr(`${role}.id`),
    policy: policyDocument(
      {
        Effect: "Allow",
        Action: write,
        Resource: [expr(`${groups["flow"]}.arn`), `${expr(`${groups["flow"]}.arn`)}:*`],
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ),
  });
  addResource(rendering, FlowLog, "enclave", {
    vpcId: expr("aws_vpc.enclave.id"),
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: expr(`${groups["flow"]}.arn`),
    iamRoleArn: expr(`${role}.arn`),
    maxAggregationInterval: 60,
    tags: tags(rendering, "flow-logs"),
    dependsOn: [dependable(policy)],
  });
}

function renderQueryLog(rendering: Rendering, groups: LogGroups, delivery: Address): void {
  const config = addResource(rendering, Route53ResolverQueryLogConfig, "enclave", {
    name: awsName(rendering.plan, "dns"),
    destinationArn: expr(`${groups["dns"]}.arn`),
    tags: tags(rendering, "dns-logs"),
    dependsOn: [dependable(delivery)],
  });
  addResource(rendering, Route53ResolverQueryLogConfigAssociation, "enclave", {
    resolverQueryLogConfigId: expr(`${config}.id`),
    resourceId: expr("aws_vpc.enclave.id"),
  });
}

function renderFirewallLog(
  rendering: Rendering,
  groups: LogGroups,
  egress: EgressPath,
  delivery: Address,
): void {
  addResource(rendering, NetworkfirewallLoggingConfiguration, "enclave", {
    firewallArn: expr(`${egress.firewall}.arn`),
    loggingConfiguration: {
      logDestinationConfig: Object.entries(FIREWALL_LOGS).flatMap(([name, logType]) =>
        groups[name] === undefined
          ? []
          : [
              {
                logType,
                logDestinationType: "CloudWatchLogs",
                logDestination: { logGroup: expr(`${groups[name]}.name`) },
              },
            ],
      ),
    },
    dependsOn: [dependable(delivery)],
  });
}
