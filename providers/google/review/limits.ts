/** Flows and numbers of a plan that Google does not take. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, warning } from "../../../src/diagnostics/make";
import { formatTraffic } from "../../../src/model/connections";
import { formatCidr } from "../../../src/net/cidr";
import type { NetworkPlan, Way } from "../../../src/plan/network-plan";
import { pathOf } from "../../shared/paths";
import { attachedEndpoints } from "../data/services";
import { LAST_ENDPOINT_ORDINAL } from "../render/sites";

export const reviewLimits = (plan: NetworkPlan): Diagnostic[] => [
  ...plan.ways.flatMap(reviewTraffic),
  ...reviewSources(plan),
  ...reviewAddresses(plan),
];

/** The internet comes through proxies, which carry TCP only. */
function reviewTraffic(way: Way): Diagnostic[] {
  if (way.from.kind !== "internet") return [];
  return way.traffic
    .filter(({ protocol }) => protocol !== "tcp")
    .map((each) => {
      const traffic = formatTraffic(each);
      const summary = `${traffic} from the internet is not supported on google`;
      const detail = `On google the internet reaches a zone through proxy load balancers, which carry TCP. ${traffic} would need a balancer that passes packets through to machines.`;
      const more = { facts: { traffic }, fix: "ports: [443/tcp]" };
      return error("google-internet-tcp", pathOf(way, "flows"), summary, detail, more);
    });
}

/** One warning for each flow, for all its ports; proxies know the client's address, the network does not. */
function reviewSources({ ways }: NetworkPlan): Diagnostic[] {
  const sources = new Map<string, readonly string[]>();
  for (const way of ways)
    if (way.from.kind === "internet" && way.from.sources.length > 0)
      sources.set(pathOf(way, "flows"), way.from.sources.map(formatCidr));
  return [...sources].map(([path, cidrs]) => {
    const summary = "on google the load balancer narrows the sources, not the network";
    const detail = `Only Google's proxies reach the zone. A Cloud Armor policy at the balancer, which is not rendered, has to admit ${cidrs.join(", ")} alone.`;
    return warning("google-sources-at-balancer", path, summary, detail, { facts: { sources: cidrs } });
  });
}

/** Addresses follow from the numbers in the lock file, which are not reused by themselves. */
function reviewAddresses(plan: NetworkPlan): Diagnostic[] {
  const maximum = LAST_ENDPOINT_ORDINAL;
  const detail = `Endpoints are numbered as they come, and the block has addresses for ${maximum}.`;
  const fix = "# run once with --reclaim, which gives freed numbers out again";
  return attachedEndpoints(plan)
    .filter(({ ordinal }) => ordinal > maximum)
    .map((endpoint) => {
      const more = { facts: { number: endpoint.ordinal, maximum }, fix };
      const summary = `no address is left for "${endpoint.name}"`;
      return error("google-endpoint-addresses", endpoint.path, summary, detail, more);
    });
}
