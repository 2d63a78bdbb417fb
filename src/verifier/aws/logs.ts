/** AWS: what is recorded, where, for how long and under whose key. */

import type { Logs } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import { mentions, nested, referredTo, resourcesOf, table, text } from "../terraform/document";

export function logsOf(document: TerraformDocument): Logs {
  const flows = [...resourcesOf(document, "aws_flow_log").values()].filter(
    (log) => log["traffic_type"] === "ALL" && referredTo(log["vpc_id"], "aws_vpc").length > 0,
  );
  const groups = [...resourcesOf(document, "aws_cloudwatch_log_group")];
  const local = (value: unknown): unknown => {
    const [, name] = /^\$\{local\.(\w+)\}$/.exec(String(value)) ?? [];
    return name === undefined ? value : table(document, "locals")[name];
  };
  const kinds = [...resourcesOf(document, "aws_networkfirewall_logging_configuration").values()]
    .map((each) => JSON.stringify(each))
    .join();
  const policy = nested(
    resourcesOf(document, "aws_networkfirewall_firewall_policy").get("enclave"),
    "firewall_policy",
  );
  const alerts = mentions(policy?.["stateful_default_actions"], "aws:alert_");
  return {
    unloggedFlows: () => (flows.length > 0 ? [] : [...resourcesOf(document, "aws_subnet").keys()]),
    queriesLogged: () => resourcesOf(document, "aws_route53_resolver_query_log_config_association").size > 0,
    exitsLogged: () => kinds.includes('"ALERT"') && kinds.includes('"FLOW"'),
    unloggedDenials: () => [
      ...(flows.length > 0 ? [] : ["what groups and ACLs refuse"]),
      ...(alerts && kinds.includes('"ALERT"') ? [] : ["what the firewall drops"]),
    ],
    storesOfOtherRetention: () =>
      groups.flatMap(([name, group]) =>
        mentions(local(group["retention_in_days"]), "var.log_retention_days") ? [] : [name],
      ),
    storesWithoutOwnKey: () =>
      groups.flatMap(([name, group]) => (text(group, "kms_key_id") === "" ? [name] : [])),
    flowLogsUnder: (key) =>
      flows.length > 0 &&
      flows.every((log) =>
        referredTo(log["log_destination"], "aws_cloudwatch_log_group").every((name) =>
          mentions(groups.find(([each]) => each === name)?.[1]["kms_key_id"], key),
        ),
      ),
    openStores: () =>
      [
        ...resourcesOf(document, "aws_cloudwatch_log_resource_policy"),
        ...resourcesOf(document, "aws_kms_key"),
      ].flatMap(([name, body]) =>
        /"Principal":"\*"|"AWS":\[?"\*"/.test(`${text(body, "policy_document")}${text(body, "policy")}`)
          ? [name]
          : [],
      ),
    decrypts: () =>
      mentions(
        policy?.["tls_inspection_configuration_arn"],
        "aws_networkfirewall_tls_inspection_configuration.",
      ) && resourcesOf(document, "aws_networkfirewall_tls_inspection_configuration").size > 0,
  };
}
