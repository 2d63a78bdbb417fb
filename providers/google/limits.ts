/**
 * What Google cannot do with this plan, and quotas, counted before anything is rendered. Read on 2026-11-21:
 * https://docs.cloud.google.com/firewall/quotas, https://docs.cloud.google.com/dns/quotas, https://docs.cloud.google.com/logging/quotas
 */
import type { Printer } from "../../src/addresses/address";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { error, warning } from "../../src/diagnostics/make";
import { formatTraffic } from "../../src/model/connections";
import { formatCidr } from "../../src/net/cidr";
import type { NetworkPlan, Permit } from "../../src/plan/network-plan";
import { allowedDomains, namedEndpoints } from "./dns";
import { policyRules } from "./firewall-policy";
import type { PolicyRule } from "./flow-rules";
import { LONGEST_RETENTION_DAYS } from "./logging";
import { attachedEndpoints } from "./managed-services";
import { reviewPerimeter } from "./perimeter";
import { reviewSettings } from "./settings";
import { LAST_ENDPOINT_ORDINAL } from "./sites";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  return [
    ...reviewSettings(plan),
    ...plan.permits.flatMap(reviewPermit),
    ...reviewRetention(plan),
    ...reviewAddresses(plan),
    ...reviewAttributes(plan, printer),
    ...reviewZones(plan),
    ...reviewPerimeter(plan),
  ];
}

const pathOf = (item: { readonly because: readonly { readonly path: string }[] }, otherwise: string): string =>
  item.because[0]?.path ?? otherwise;

/** The internet comes through proxies, which speak TCP and know the client's address, where the network does not. */
function reviewPermit(permit: Permit): Diagnostic[] {
  if (permit.from.kind !== "internet") return [];
  const path = pathOf(permit, "flows");
  const { traffic } = permit;
  if (traffic.protocol !== "tcp") {
    const detail = `On google the internet reaches a zone through proxy load balancers, which carry TCP; ${formatTraffic(traffic)} would need one that passes packets through to machines.`;
    return [
      error("google-internet-tcp", path, `${formatTraffic(traffic)} from the internet is not supported on google`, detail, {
        facts: { traffic: formatTraffic(traffic) },
        fix: "ports: [443/tcp]",
      }),
    ];
  }
  if (permit.from.sources.length === 0) return [];
  const sources = permit.from.sources.map(formatCidr);
  const detail = `The zone is reached by Google's proxies only. That they in turn take connections from ${sources.join(", ")} alone has to be said at the balancer, by a Cloud Armor policy; it is not rendered.`;
  return [
    warning("google-sources-at-balancer", path, "on google the sources are narrowed at the load balancer, not here", detail, {
      facts: { sources },
    }),
  ];
}

function reviewRetention({ retentionDays }: NetworkPlan): Diagnostic[] {
  if (retentionDays <= LONGEST_RETENTION_DAYS) return [];
  const detail = `A log bucket of Google keeps its entries for ${LONGEST_RETENTION_DAYS} days at most, and never for ever.`;
  return [
    error("google-retention", "logging.retentionDays", `logs cannot be kept for ${retentionDays} days on google`, detail, {
      facts: { asked: retentionDays, maximum: LONGEST_RETENTION_DAYS },
      fix: `retentionDays: ${LONGEST_RETENTION_DAYS}`,
    }),
  ];
}

/** Addresses are given by the numbers in the lock file, which are never given twice. */
function reviewAddresses(plan: NetworkPlan): Diagnostic[] {
  return attachedEndpoints(plan)
    .filter((endpoint) => endpoint.ordinal > LAST_ENDPOINT_ORDINAL)
    .map((endpoint) => {
      const detail = `Endpoints are numbered as they come, and the block has addresses for ${LAST_ENDPOINT_ORDINAL}.`;
      const facts = { number: endpoint.ordinal, maximum: LAST_ENDPOINT_ORDINAL };
      return error("google-endpoint-addresses", pathOf(endpoint, "privateEndpoints"), `no address is left for "${endpoint.name}"`, detail, {
        facts,
        fix: "run once with --reclaim, which gives freed numbers out again",
      });
    });
}

/** Google shows each project's own quota in its console and publishes none; this is where asking becomes wise. */
const MANY_ATTRIBUTES = 2000;

/** Ranges, protocols and ports of all rules: https://docs.cloud.google.com/firewall/quotas#per-firewall-policy-rule-attr-count */
export function attributesOf(rules: readonly PolicyRule[]): number {
  return rules.reduce((sum, { sources, destinations, traffic }) => {
    const protocols = new Set(traffic.map(({ protocol }) => protocol)).size;
    const ports = traffic.filter(({ protocol }) => protocol === "tcp" || protocol === "udp").length;
    return sum + sources.length + destinations.length + protocols + ports;
  }, 0);
}

function reviewAttributes(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  const rules = policyRules({ plan, printer });
  const count = attributesOf(rules);
  if (count <= MANY_ATTRIBUTES) return [];
  const detail =
    "The quota is the project's own: rule_attributes_per_global_network_firewall_policy of compute.googleapis.com in the console. Above it the apply fails.";
  return [
    warning("google-rule-attributes", "flows", `the firewall policy has ${rules.length} rules with ${count} attributes`, detail, {
      facts: { rules: rules.length, attributes: count, threshold: MANY_ATTRIBUTES },
    }),
  ];
}

/** Private zones of a project: https://docs.cloud.google.com/dns/quotas */
const MOST_ZONES = 10_000;

function reviewZones(plan: NetworkPlan): Diagnostic[] {
  const count = 3 + namedEndpoints(plan).length + allowedDomains(plan).length;
  if (count <= MOST_ZONES) return [];
  return [
    error("google-dns-zones", "dns.allow", `${count} DNS zones are needed, Google takes ${MOST_ZONES}`, "", {
      facts: { count, maximum: MOST_ZONES },
      fix: "allow a domain above these names",
    }),
  ];
}
