/** AWS: what is recorded, where, for how long and under whose key, and who may write or read it. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Logs } from "../replay/reader";
import {
  type Attributes,
  blocks,
  nested,
  references,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
  texts,
} from "../terraform/document";
import { type Statement, statementsIn } from "./policies";
import { type Content, parseRule, type Rule } from "./suricata";

const GROUP = "aws_cloudwatch_log_group";
const FLOW_LOG = "aws_flow_log";
const QUERY_LOG = "aws_route53_resolver_query_log_config";
const FIREWALL_LOG = "aws_networkfirewall_logging_configuration";
const POLICY = "aws_networkfirewall_firewall_policy";
const RULES = "aws_networkfirewall_rule_group";
const KEY = "aws_kms_key";
const VPC = "${aws_vpc.enclave.id}";

/**
 * Periods that CloudWatch takes:
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
const PERIODS =
  "1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
/** The shortest period that is long enough; 0 keeps for ever. */
const RETENTION = `\${concat([for days in [${PERIODS}] : days if days >= var.log_retention_days], [0])[0]}`;

export function logsIn(document: TerraformDocument): Logs {
  const groups = resourcesOf(document, GROUP);
  return {
    unloggedFlows: () => flowFaults(document),
    unloggedQueries: () => queryFaults(document),
    unloggedExits: () => exitFaults(document),
    unloggedDenials: () => [...flowFaults(document), ...dropFaults(document)],
    otherRetention: () =>
      [...groups].flatMap(([name, group]) => {
        const local = /^\$\{local\.(\w+)\}$/.exec(text(group, "retention_in_days"))?.[1];
        const kept = local === undefined ? group["retention_in_days"] : table(document, "locals")[local];
        return unless(kept === RETENTION, `${GROUP}.${name}`, "it is not kept as long as the variable says");
      }),
    withoutOwnKey: () =>
      [...groups].flatMap(([name, group]) => keyFaults(document, `${GROUP}.${name}`, group)),
    flowLogsUnderOther: (key) =>
      [...groups].flatMap(([name, group]) =>
        unless(text(group, "kms_key_id") === key, `${GROUP}.${name}`, `it is not under ${key}`),
      ),
    openStores: () => openStores(document),
  };
}

/** A key of the document is renewed every year; of one that the spec gives nothing is known here. */
function keyFaults(document: TerraformDocument, resource: string, group: Attributes): Fault[] {
  const [own] = references(group["kms_key_id"], KEY);
  if (own === undefined)
    return unless(text(group, "kms_key_id") !== "", resource, "it lies under AWS's own key");
  const key = resourcesOf(document, KEY).get(own);
  return unless(key?.["enable_key_rotation"] === true, `${KEY}.${own}`, "it is never renewed");
}

const groupOf = (document: TerraformDocument, value: unknown): Attributes | undefined => {
  const [name = ""] = references(value, GROUP);
  return resourcesOf(document, GROUP).get(name);
};

/** All of the VPC's packets, in a group of the document, by a role that may write to it. */
/** Behind the firewall and address translation, only the packet's own addresses tell who it was. */
const FLOW_FIELDS =
  "srcaddr dstaddr srcport dstport protocol action pkt-srcaddr pkt-dstaddr flow-direction".split(" ");

function flowFaults(document: TerraformDocument): Fault[] {
  const logs = [...resourcesOf(document, FLOW_LOG)].filter(
    ([, log]) =>
      text(log, "traffic_type") === "ALL" &&
      text(log, "vpc_id") === VPC &&
      text(log, "log_destination_type") === "cloud-watch-logs",
  );
  const kept = logs.find(([, log]) => groupOf(document, log["log_destination"]) !== undefined);
  if (kept === undefined)
    return [
      {
        resource: logs[0] ? `${FLOW_LOG}.${logs[0][0]}` : FLOW_LOG,
        detail: "no record of the VPC's flows is kept",
      },
    ];
  const [name, log] = kept;
  const [role = ""] = references(log["iam_role_arn"], "aws_iam_role");
  const may = [...resourcesOf(document, "aws_iam_role_policy").values()].some(
    (policy) =>
      references(policy["role"], "aws_iam_role").includes(role) &&
      text(policy, "policy").includes("logs:PutLogEvents"),
  );
  const fields = text(log, "log_format");
  const lost = FLOW_FIELDS.filter((field) => !fields.includes(`$\${${field}}`));
  return [
    ...unless(may, `${FLOW_LOG}.${name}`, "its role may not write"),
    ...unless(lost.length === 0, `${FLOW_LOG}.${name}`, `its records lack ${lost.join(", ")}`),
  ];
}

function queryFaults(document: TerraformDocument): Fault[] {
  const associations = [...resourcesOf(document, `${QUERY_LOG}_association`).values()].filter(
    (each) => text(each, "resource_id") === VPC,
  );
  const configs = associations.flatMap((each) => references(each["resolver_query_log_config_id"], QUERY_LOG));
  const kept = configs.some(
    (name) =>
      groupOf(document, resourcesOf(document, QUERY_LOG).get(name)?.["destination_arn"]) !== undefined,
  );
  return unless(
    kept,
    configs.length === 0 ? `${QUERY_LOG}_association` : QUERY_LOG,
    "queries leave no record",
  );
}

/** ALERT holds what is dropped and, by rules of that kind, what passes; FLOW every connection. */
function exitFaults(document: TerraformDocument): Fault[] {
  if (resourcesOf(document, "aws_networkfirewall_firewall").size === 0) return [];
  const inspected = resourcesOf(document, "aws_networkfirewall_tls_inspection_configuration").size > 0;
  return [
    ...["ALERT", "FLOW", ...(inspected ? ["TLS"] : [])].flatMap((kind) =>
      unless(destinations(document).has(kind), FIREWALL_LOG, `${kind} of the firewall leaves no record`),
    ),
    ...silentPasses(document),
  ];
}

/**
 * A pass leaves no record of its own: a rule with the same header has to alert before it. So does one for each host
 * that a drop spares, after which nothing decides. Errors of the path come back unasked.
 */
const silentPasses = (document: TerraformDocument): Fault[] =>
  [...resourcesOf(document, RULES)].flatMap(([name, body]) => {
    const lines = text(nested(nested(body, "rule_group"), "rules_source"), "rules_string").split("\n");
    const rules = lines.map(parseRule);
    return rules.flatMap((rule, at) => {
      const alerts = rules.slice(0, at).filter(({ action }) => action === "alert");
      const isSilent = rule.action === "pass" && rule.protocol !== "icmp" && !alerts.some(isLike(rule));
      const unrecorded = rule.action === "drop" && !rule.contents.every(isRecorded(rule, alerts));
      return unless(
        !isSilent && !unrecorded,
        `${RULES}.${name}`,
        `no record of what passes by${rule.header}`,
      );
    });
  });

const isLike =
  ({ header }: Rule) =>
  (other: Rule): boolean =>
    other.header === header;

const isRecorded =
  ({ source, ports }: Rule, alerts: readonly Rule[]) =>
  (spared: Content): boolean =>
    spared.buffer !== "http.host" ||
    alerts.some(
      (alert) =>
        alert.source.sets.join() === source.sets.join() &&
        String(alert.ports) === String(ports) &&
        !alert.conditions.includes("noalert") &&
        JSON.stringify(alert.contents) === JSON.stringify([{ ...spared, not: false }]),
    );

const destinations = (document: TerraformDocument): ReadonlySet<string> =>
  new Set(
    [...resourcesOf(document, FIREWALL_LOG).values()]
      .filter((each) => text(each, "firewall_arn") === "${aws_networkfirewall_firewall.enclave.arn}")
      .flatMap((each) => blocks(nested(each, "logging_configuration"), "log_destination_config"))
      .filter(
        (config) =>
          text(config, "log_destination_type") === "CloudWatchLogs" &&
          groupOf(document, config["log_destination"]) !== undefined,
      )
      .map((config) => text(config, "log_type")),
  );

/** A rule that drops writes a record; a default action does so only together with the one that alerts. */
function dropFaults(document: TerraformDocument): Fault[] {
  return [...resourcesOf(document, POLICY)].flatMap(([name, body]) => {
    const actions = texts(nested(body, "firewall_policy"), "stateful_default_actions");
    return [
      ...unless(
        actions.length === 0 || actions.includes("aws:alert_established_app_layer_to_server"),
        `${POLICY}.${name}`,
        "what it drops leaves no record",
      ),
      ...unless(destinations(document).has("ALERT"), FIREWALL_LOG, "ALERT of the firewall leaves no record"),
    ];
  });
}

/** Anybody, another service than the log's own, or one that acts for other accounts. */
function openStores(document: TerraformDocument): Fault[] {
  const policies: readonly (readonly [type: string, argument: string])[] = [
    ["aws_cloudwatch_log_resource_policy", "policy_document"],
    [KEY, "policy"],
    ["aws_iam_role", "assume_role_policy"],
  ];
  const writers = [...resourcesOf(document, "aws_iam_role_policy")].flatMap(([name, body]) =>
    unless(
      statementsIn(text(body, "policy")).every(writesOnly),
      `aws_iam_role_policy.${name}`,
      "it may do more than write its own log",
    ),
  );
  const open = policies.flatMap(([type, argument]) =>
    [...resourcesOf(document, type)].flatMap(([name, body]) =>
      statementsIn(text(body, argument)).flatMap((statement) =>
        statement.Effect === "Deny" || isOwn(JSON.stringify(statement.Principal), statement)
          ? []
          : faults([`${type}.${name}`], "somebody outside is let in"),
      ),
    ),
  );
  return [...open, ...writers];
}

const WRITES = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"];
const OWN_GROUP = /^\$\{aws_cloudwatch_log_group\.\w+\.arn\}(:\*)?$/;

const writesOnly = ({ Action, Resource }: Statement): boolean =>
  Action.join() === "logs:DescribeLogGroups" ||
  (Action.every((action) => WRITES.includes(action)) && Resource.every((arn) => OWN_GROUP.test(arn)));

/**
 * The account itself, CloudWatch for the enclave's own groups, or a service that delivers for the account.
 */
function isOwn(principal: string | undefined, { Condition }: { readonly Condition?: unknown }): boolean {
  const condition = JSON.stringify(Condition ?? {});
  if (principal === '{"AWS":"arn:${local.enclave_partition}:iam::${local.enclave_account}:root"}')
    return true;
  if (/^\{"Service":"logs\.[a-z0-9-]+\.amazonaws\.com"\}$/.test(principal ?? ""))
    return /"kms:EncryptionContext:aws:logs:arn":"arn:[^"]*\$\{local\.enclave_account\}:log-group:\/aws\/vendedlogs\/enclave\/[^/"*]+\/\*"/.test(
      condition,
    );
  return (
    /^\{"Service":"(delivery\.logs|vpc-flow-logs)\.amazonaws\.com"\}$/.test(principal ?? "") &&
    condition.includes('"aws:SourceAccount":"${local.enclave_account}"')
  );
}
