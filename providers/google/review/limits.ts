/** What Google cannot do with this plan, found before anything is rendered. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, warning } from "../../../src/diagnostics/make";
import { formatTraffic } from "../../../src/model/connections";
import { formatCidr } from "../../../src/net/cidr";
import type { NetworkPlan, Permit } from "../../../src/plan/network-plan";
import { endpointPath, pathOf } from "../../shared/paths";
import { attachedEndpoints } from "../data/services";
import { LONGEST_RETENTION_DAYS } from "../render/logging";
import { LAST_ENDPOINT_ORDINAL } from "../render/sites";
import { reviewNames } from "./name-collisions";
import { reviewPerimeter } from "./perimeter";
import { reviewQuotas } from "./quotas";
import { reviewSettings } from "./settings";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  return [
    ...reviewSettings(plan),
    ...plan.permits.flatMap(reviewPermit),
    ...reviewSources(plan),
    ...reviewRetention(plan),
    ...reviewAddresses(plan),
    ...reviewNames(plan),
    ...reviewQuotas(plan, printer),
    ...reviewPerimeter(plan),
  ];
}

/** The internet comes through proxies, which speak TCP and know the client's address, where the network does not. */
function reviewPermit(permit: Permit): Diagnostic[] {
  if (permit.from.kind !== "internet" || permit.traffic.protocol === "tcp") return [];
  const traffic = formatTraffic(permit.traffic);
  const detail = `On google the internet reaches a zone through proxy load balancers, which carry TCP; ${traffic} would need one that passes packets through to machines.`;
  return [
    error(
      "google-internet-tcp",
      pathOf(permit, "flows"),
      `${traffic} from the internet is not supported on google`,
      detail,
      { facts: { traffic }, fix: "ports: [443/tcp]" },
    ),
  ];
}

/** One warning for each flow, however many ports it opens. */
function reviewSources({ permits }: NetworkPlan): Diagnostic[] {
  const narrowed = permits.flatMap((permit) =>
    permit.from.kind === "internet" && permit.from.sources.length > 0
      ? [[pathOf(permit, "flows"), permit.from.sources] as const]
      : [],
  );
  return [...new Map(narrowed)].map(([path, cidrs]) => {
    const sources = cidrs.map(formatCidr);
    const detail = `The zone is reached by Google's proxies only. That they in turn take connections from ${sources.join(", ")} alone has to be said at the balancer, by a Cloud Armor policy; it is not rendered.`;
    return warning(
      "google-sources-at-balancer",
      path,
      "on google the sources are narrowed at the load balancer, not here",
      detail,
      { facts: { sources } },
    );
  });
}

function reviewRetention({ retentionDays }: NetworkPlan): Diagnostic[] {
  if (retentionDays <= LONGEST_RETENTION_DAYS) return [];
  const detail = `A log bucket of Google keeps its entries for ${LONGEST_RETENTION_DAYS} days at most, and never for ever.`;
  return [
    error(
      "google-retention",
      "logging.retentionDays",
      `logs cannot be kept for ${retentionDays} days on google`,
      detail,
      {
        facts: { asked: retentionDays, maximum: LONGEST_RETENTION_DAYS },
        fix: `retentionDays: ${LONGEST_RETENTION_DAYS}`,
      },
    ),
  ];
}

/** Addresses are given by the numbers in the lock file, which are never given twice. */
function reviewAddresses(plan: NetworkPlan): Diagnostic[] {
  return attachedEndpoints(plan)
    .filter((endpoint) => endpoint.ordinal > LAST_ENDPOINT_ORDINAL)
    .map((endpoint) => {
      const detail = `Endpoints are numbered as they come, and the block has addresses for ${LAST_ENDPOINT_ORDINAL}.`;
      const facts = { number: endpoint.ordinal, maximum: LAST_ENDPOINT_ORDINAL };
      return error(
        "google-endpoint-addresses",
        endpointPath(endpoint),
        `no address is left for "${endpoint.name}"`,
        detail,
        { facts, fix: "# run once with --reclaim, which gives freed numbers out again" },
      );
    });
}
