/** Google: what is recorded, where, for how long and under whose key. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Logs } from "../replay/reader";
import {
  type Attributes,
  blocks,
  everyResource,
  mentions,
  nested,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
} from "../terraform/document";
import { inNetwork } from "./network";

const BUCKET = "google_logging_project_bucket_config";
const SINK = "google_logging_project_sink";
const SUBNET = "google_compute_subnetwork";
const POLICY = "google_compute_network_firewall_policy_with_rules";
const CLASSIC = "google_compute_firewall";

export function logsIn(document: TerraformDocument): Logs {
  const every = (type: string): [string, Attributes][] => [...resourcesOf(document, type)];
  const buckets = every(BUCKET);
  const kept = keptBy(document);
  return {
    unloggedFlows: () =>
      every(SUBNET).flatMap(([name, subnet]) => {
        const whole = nested(subnet, "log_config")?.["flow_sampling"] === 1 && kept.includes("vpc_flows");
        return unless(
          whole || !inNetwork(subnet, "enclave"),
          `${SUBNET}.${name}`,
          "its flows leave no record",
        );
      }),
    unloggedQueries: () => [
      ...unless(
        every("google_dns_policy").some(
          ([, policy]) =>
            policy["enable_logging"] === true &&
            mentions(policy["networks"], "google_compute_network.enclave.id"),
        ),
        "google_dns_policy",
        "queries leave no record",
      ),
      ...unless(kept.includes("dns_quer"), SINK, "queries are not kept"),
    ],
    unloggedExits: () =>
      resourcesOf(document, "google_network_services_gateway").size === 0
        ? []
        : unless(
            kept.includes('resource.type="networkservices.googleapis.com/Gateway"'),
            SINK,
            "the proxy's decisions are not kept",
          ),
    unloggedDenials: () => [
      ...silentDenials(document),
      ...unless(kept.includes("firewall"), SINK, "denials are not kept"),
    ],
    otherRetention: () =>
      buckets.flatMap(([name, bucket]) =>
        unless(
          mentions(bucket["retention_days"], "var.log_retention_days"),
          `${BUCKET}.${name}`,
          "it is not kept as long as the variable says",
        ),
      ),
    withoutOwnKey: () =>
      buckets.flatMap(([name, bucket]) =>
        unless(bucket["cmek_settings"] !== undefined, `${BUCKET}.${name}`, "it lies under Google's own key"),
      ),
    flowLogsUnderOther: (key) =>
      buckets.flatMap(([name, bucket]) =>
        unless(mentions(bucket["cmek_settings"], key), `${BUCKET}.${name}`, `it is not under ${key}`),
      ),
    openStores: () => openStores(document),
  };
}

/** Filters of the sinks that lead to one of the enclave's own buckets. */
const keptBy = (document: TerraformDocument): string =>
  [...resourcesOf(document, SINK).values()]
    .filter((sink) => references(sink["destination"], BUCKET).length > 0)
    .map((sink) => text(sink, "filter"))
    .join(" OR ");

const silentDenials = (document: TerraformDocument): Fault[] => [
  ...[...resourcesOf(document, POLICY)].flatMap(([name, policy]) =>
    blocks(policy, "rule").flatMap((rule) =>
      unless(
        rule["action"] !== "deny" || rule["enable_logging"] === true,
        `${POLICY}.${name}`,
        `${text(rule, "rule_name")} leaves no record`,
      ),
    ),
  ),
  ...[...resourcesOf(document, CLASSIC)].flatMap(([name, rule]) =>
    unless(
      rule["deny"] === undefined || rule["log_config"] !== undefined,
      `${CLASSIC}.${name}`,
      "what it denies leaves no record",
    ),
  ),
];

const openStores = (document: TerraformDocument): Fault[] =>
  everyResource(document).flatMap(([address, body]) =>
    /_iam_/.test(address) && /"all(Authenticated)?Users"/.test(JSON.stringify(body))
      ? faults([address], "it is open to everybody")
      : [],
  );
