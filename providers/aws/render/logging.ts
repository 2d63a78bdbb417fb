/**
 * Logs of every flow of the VPC, every query to its resolver, and every connection that the firewall judged:
 * encrypted, and kept for at least the days asked for.
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
import { RETENTION_DAYS } from "../../../src/clouds/aws";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import {
  type Address,
  after,
  expr,
  exprBoolean,
  exprNumber,
  id,
  literal,
  ref,
} from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addLocal, addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { ACCOUNT, FIREWALL, logGroupOf, PARTITION, VPC_ID } from "./addresses";
import { awsName, logGroupName, ownLogs, policyDocument, tags } from "./naming";

/** The types of log of Network Firewall. */
function firewallLogs(plan: NetworkPlan): string[] {
  if (!hasEgress(plan)) return [];
  return plan.inspection === "request" ? ["alert", "flow", "tls"] : ["alert", "flow"];
}

/** The kinds of log; each has a group. */
export const logsOf = (plan: NetworkPlan): string[] => {
  return ["flow", "dns", ...firewallLogs(plan).map((type) => `firewall_${type}`)];
};

const arnOf = (name: string): string => ref(logGroupOf(name), "arn");

export function renderLogging(rendering: Rendering): void {
  const { plan } = rendering;
  const kmsKeyId = plan.settings.aws.kmsKeyArn ?? ref(renderKey(rendering), "arn");
  // 0 keeps for ever, which is the next larger period after the longest.
  const longer = `for days in [${RETENTION_DAYS.join(", ")}] : days if days >= var.log_retention_days`;
  addLocal(rendering, "enclave_log_retention_days", expr(`concat([${longer}], [0])[0]`));
  for (const name of logsOf(plan))
    addResource(rendering, CloudwatchLogGroup, `enclave_${name}`, {
      name: logGroupName(plan, name),
      retentionInDays: exprNumber("local.enclave_log_retention_days"),
      kmsKeyId,
      // A log stays when its enclave is destroyed; of AWS's own protection provider 5 knows nothing.
      skipDestroy: exprBoolean("var.deletion_protection"),
      tags: tags(rendering, `${name}-logs`),
    });
  renderFlowLog(rendering);
  renderDeliveredLogs(rendering);
}

function renderKey(rendering: Rendering): Address {
  const region = regionOf(rendering.plan);
  const root = { AWS: `arn:${PARTITION}:iam::${ACCOUNT}:root` };
  const account = { Sid: "Account", Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" };
  const service = {
    Sid: "Logs",
    Effect: "Allow",
    Principal: { Service: `logs.${region}.amazonaws.com` },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": ownLogs(rendering.plan) } },
  };
  return addResource(rendering, KmsKey, "enclave_logs", {
    description: `Logs of enclave ${rendering.plan.name}`,
    enableKeyRotation: true,
    deletionWindowInDays: 30,
    policy: policyDocument(account, service),
    tags: tags(rendering, "logs"),
  });
}

/** Services of AWS act on behalf of this account only. */
const OWN_ACCOUNT = { StringEquals: { "aws:SourceAccount": ACCOUNT } };

/**
 * The default fields, and what tells who it was behind the firewall and address translation.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
const FLOW_FIELDS = (
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action " +
  "log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr flow-direction traffic-path " +
  "reject-reason"
).split(" ");

function renderFlowLog(rendering: Rendering): void {
  const { plan } = rendering;
  const name = awsName(plan, regionOf(plan), "flow-logs");
  const tagged = tags(rendering, "flow-logs");
  const Principal = { Service: "vpc-flow-logs.amazonaws.com" };
  const trust = { Effect: "Allow", Principal, Action: "sts:AssumeRole", Condition: OWN_ACCOUNT };
  const role = addResource(rendering, IamRole, "enclave_flow", {
    name,
    description: `Writes the flow logs of enclave ${plan.name}`,
    assumeRolePolicy: policyDocument(trust),
    tags: tagged,
  });
  const group = arnOf("flow");
  const Action = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
  const write = { Effect: "Allow", Action, Resource: [group, `${group}:*`] };
  const find = { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" };
  const rights = { name, role: id(role), policy: policyDocument(write, find) };
  const policy = addResource(rendering, IamRolePolicy, "enclave_flow", rights);
  addResource(rendering, FlowLog, "enclave", {
    vpcId: VPC_ID,
    trafficType: "ALL",
    logDestinationType: "cloud-watch-logs",
    logDestination: group,
    iamRoleArn: ref(role, "arn"),
    maxAggregationInterval: 60,
    logFormat: FLOW_FIELDS.map((field) => literal(`\${${field}}`)).join(" "),
    tags: tagged,
    ...after(policy),
  });
}

/** The resolver and Network Firewall write through the log delivery service. */
function renderDeliveredLogs(rendering: Rendering): void {
  const { plan } = rendering;
  const delivered = logsOf(plan).filter((name) => name !== "flow");
  const delivery = {
    Sid: "Delivery",
    Effect: "Allow",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: delivered.map((name) => `${arnOf(name)}:log-stream:*`),
    Condition: OWN_ACCOUNT,
  };
  const document = { policyName: awsName(plan, "logs"), policyDocument: policyDocument(delivery) };
  const policy = addResource(rendering, CloudwatchLogResourcePolicy, "enclave", document);
  const queries = addResource(rendering, Route53ResolverQueryLogConfig, "enclave", {
    name: awsName(plan, "dns"),
    destinationArn: arnOf("dns"),
    tags: tags(rendering, "dns-logs"),
    ...after(policy),
  });
  const ofVpc = { resolverQueryLogConfigId: id(queries), resourceId: VPC_ID };
  addResource(rendering, Route53ResolverQueryLogConfigAssociation, "enclave", ofVpc);
  const logDestinationConfig = firewallLogs(plan).map((type) => ({
    logType: type.toUpperCase(),
    logDestinationType: "CloudWatchLogs",
    logDestination: { logGroup: ref(logGroupOf(`firewall_${type}`), "name") },
  }));
  if (logDestinationConfig.length > 0)
    addResource(rendering, NetworkfirewallLoggingConfiguration, "enclave", {
      firewallArn: ref(FIREWALL, "arn"),
      loggingConfiguration: { logDestinationConfig },
      ...after(policy),
    });
}
