/** Google: what is recorded, where, for how long and under whose key. */

import type { Logs } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import {
  type Attributes,
  everyResource,
  mentions,
  nested,
  referredTo,
  resourcesOf,
  text,
} from "../terraform/document";
import { inNetwork } from "./packets";

export function logsOf(document: TerraformDocument): Logs {
  const every = (type: string): [string, Attributes][] => [...resourcesOf(document, `google_${type}`)];
  const buckets = every("logging_project_bucket_config");
  /** Filters of the sinks that lead to one of the enclave's own buckets. */
  const kept = every("logging_project_sink")
    .filter(([, sink]) => referredTo(sink["destination"], "google_logging_project_bucket_config").length > 0)
    .map(([, sink]) => text(sink, "filter"))
    .join(" OR ");
  const rules = every("compute_network_firewall_policy_with_rules").flatMap(
    ([, policy]) => policy["rule"] as Attributes[],
  );
  return {
    unloggedFlows: () =>
      every("compute_subnetwork").flatMap(([name, subnet]) => {
        const whole = nested(subnet, "log_config")?.["flow_sampling"] === 1 && kept.includes("vpc_flows");
        return whole || !inNetwork(subnet, "enclave") ? [] : [name];
      }),
    queriesLogged: () =>
      every("dns_policy").some(
        ([, policy]) =>
          policy["enable_logging"] === true &&
          mentions(policy["networks"], "google_compute_network.enclave.id"),
      ) && kept.includes("dns_quer"),
    exitsLogged: () => kept.includes('resource.type="networkservices.googleapis.com/Gateway"'),
    unloggedDenials: () => [
      ...rules.flatMap((rule) =>
        rule["action"] === "deny" && rule["enable_logging"] !== true ? [text(rule, "rule_name")] : [],
      ),
      ...every("compute_firewall").flatMap(([name, rule]) =>
        rule["deny"] !== undefined && rule["log_config"] === undefined ? [name] : [],
      ),
      ...(kept.includes("firewall") ? [] : ["the firewall's log is not kept"]),
    ],
    storesOfOtherRetention: () =>
      buckets.flatMap(([name, bucket]) =>
        mentions(bucket["retention_days"], "var.log_retention_days") ? [] : [name],
      ),
    storesWithoutOwnKey: () =>
      buckets.flatMap(([name, bucket]) => (bucket["cmek_settings"] === undefined ? [name] : [])),
    flowLogsUnder: (key) =>
      buckets.length > 0 && buckets.every(([, bucket]) => mentions(bucket["cmek_settings"], key)),
    openStores: () =>
      everyResource(document).flatMap(([address, body]) =>
        /_iam_/.test(address) && /"all(Authenticated)?Users"/.test(JSON.stringify(body)) ? [address] : [],
      ),
    decrypts: () =>
      every("network_security_gateway_security_policy").some(
        ([, policy]) => policy["tls_inspection_policy"] !== undefined,
      ) &&
      every("network_security_gateway_security_policy_rule").some(
        ([, rule]) => rule["tls_inspection_enabled"] === true,
      ),
  };
}
