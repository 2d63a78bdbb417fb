/**
 * Every flow, decision of the firewall, query and request is logged. A sink routes them into a bucket of the
 * enclave's own, kept for at least the days asked for.
 * https://docs.cloud.google.com/logging/docs/buckets
 */
import { LoggingProjectBucketConfig } from "@cdktf/provider-google/lib/logging-project-bucket-config";
import { LoggingProjectExclusion } from "@cdktf/provider-google/lib/logging-project-exclusion";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { after, expr, exprNumber, id, ref } from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { LOG_BUCKET, LOG_SINK, POLICY } from "./addresses";
import { googleName, named } from "./naming";

/** A deleted bucket is still found for seven days, so that no plan would differ. */
const NOT_DYING = {
  condition: expr('self.lifecycle_state != "DELETE_REQUESTED"'),
  errorMessage:
    "Somebody deleted the log bucket. gcloud logging buckets undelete brings it back within seven days.",
};

export function renderLogging(rendering: Rendering): void {
  const { plan } = rendering;
  const { kmsKey: key, project } = plan.settings.google;
  addResource(rendering, LoggingProjectBucketConfig, "enclave", {
    // By an attribute where the spec names none: nothing needs credentials while planning.
    project: project ?? ref(POLICY, "project"),
    location: regionOf(plan),
    // The name of a deleted bucket is taken for seven days, so each apply after a destroy has a new one.
    bucketId: `${googleName(plan, "enclave")}-${ref(POLICY, "network_firewall_policy_id")}`,
    description: `Logs of enclave ${plan.name}`,
    retentionDays: exprNumber("var.log_retention_days"),
    locked: plan.logsAreLocked,
    enableAnalytics: false,
    ...(key === undefined ? {} : { cmekSettings: { kmsKeyName: key } }),
    // Logs outlive a policy that is made again.
    lifecycle: { ignoreChanges: ["bucket_id"], postcondition: [NOT_DYING] },
  });
  const filter = Object.values(logFilters(plan))
    .map((each) => `(${each})`)
    .join(" OR ");
  addResource(rendering, LoggingProjectSink, "enclave", {
    ...named(rendering, "enclave", `Flow, firewall, DNS and proxy logs of enclave ${plan.name}`),
    destination: `logging.googleapis.com/${id(LOG_BUCKET)}`,
    filter,
    uniqueWriterIdentity: true,
  });
  // Else the project's own bucket `_Default` would keep, and charge for, a second copy.
  addResource(rendering, LoggingProjectExclusion, "enclave", {
    ...named(rendering, "enclave", `Kept in the bucket of enclave ${plan.name} alone`),
    filter,
    ...after(LOG_SINK),
  });
}

/**
 * By kind of log; names of networks are unique in the project.
 * https://docs.cloud.google.com/vpc/docs/about-flow-logs-records
 * https://docs.cloud.google.com/firewall/docs/firewall-rules-logging
 * https://docs.cloud.google.com/dns/docs/monitoring
 * https://docs.cloud.google.com/secure-web-proxy/docs/configure-logs
 */
export function logFilters(plan: NetworkPlan): Record<string, string> {
  const proxy = googleName(plan, "enclave_egress");
  const networks = hasEgress(plan) ? [googleName(plan), proxy] : [googleName(plan)];
  const isOwn = (field: string): string => networks.map((name) => `${field}="${name}"`).join(" OR ");
  return {
    flow:
      `log_id("compute.googleapis.com/vpc_flows") AND (${isOwn("jsonPayload.src_vpc.vpc_name")} OR ` +
      `${isOwn("jsonPayload.dest_vpc.vpc_name")})`,
    firewall: `log_id("compute.googleapis.com/firewall") AND (${isOwn("jsonPayload.vpc.vpc_name")})`,
    dns: `log_id("dns.googleapis.com/dns_queries") AND (${isOwn("jsonPayload.sourceNetwork")})`,
    ...(hasEgress(plan) && {
      proxy:
        'resource.type="networkservices.googleapis.com/Gateway" AND ' +
        `resource.labels.gateway_name="${proxy}"`,
    }),
  };
}
