/** Flows and numbers of a plan that Google does not take. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, warning } from "../../../src/diagnostics/make";
import { formatTraffic } from "../../../src/model/connections";
import { type Cidr, cidr, contains, formatCidr } from "../../../src/net/cidr";
import type { NetworkPlan, Way } from "../../../src/plan/network-plan";
import { pathOf } from "../../shared/questions";
import { attachedEndpoints } from "../data/services";
import { LAST_ENDPOINT_ORDINAL as maximum } from "../render/sites";

export function* reviewLimits(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const way of plan.ways) if (way.from.kind === "internet") yield* reviewTraffic(way);
  yield* reviewSources(plan);
  yield* reviewAddresses(plan);
}

/** The internet comes through proxies, which carry TCP only. */
function* reviewTraffic(way: Way): Iterable<Diagnostic> {
  for (const each of way.traffic.filter(({ protocol }) => protocol !== "tcp")) {
    const traffic = formatTraffic(each);
    const summary = `${traffic} from the internet is not supported on google`;
    const detail =
      "On google the internet reaches a zone through proxy load balancers, which carry TCP. " +
      `${traffic} would need a balancer that passes packets through to machines.`;
    const more = { facts: { traffic } };
    yield error("google-internet-tcp", pathOf(way, "flows"), summary, detail, more);
  }
}

/** https://docs.cloud.google.com/iap/docs/using-tcp-forwarding */
const IDENTITY_PROXY = cidr("35.235.240.0/20");

/** One word for each flow, for all its ports; proxies know the client's address, the network does not. */
function* reviewSources({ ways }: NetworkPlan): Iterable<Diagnostic> {
  const flows = new Map<string, readonly Cidr[]>();
  for (const way of ways)
    if (way.from.kind === "internet" && way.from.sources.length > 0)
      flows.set(pathOf(way, "flows"), way.from.sources);
  for (const [path, blocks] of flows) {
    const sources = blocks.map(formatCidr);
    if (blocks.some((block) => contains(IDENTITY_PROXY, block))) {
      const summary = "Identity-Aware Proxy reaches no machine of an enclave";
      const detail =
        "A flow from the internet admits Google's load balancers alone, and nobody logs in to a machine from " +
        "outside in this version. Remove the range from the sources, or the flow.";
      yield error("google-identity-proxy", path, summary, detail, { facts: { sources } });
      continue;
    }
    const summary = "on google the load balancer narrows the sources, not the network";
    const detail =
      "Only Google's proxies reach the zone. A Cloud Armor policy at the balancer, which is not " +
      `rendered, has to admit ${sources.join(", ")} alone.`;
    yield warning("google-sources-at-balancer", path, summary, detail, { facts: { sources } });
  }
}

/** Addresses follow from the numbers in the lock file, which are not reused by themselves. */
function* reviewAddresses(plan: NetworkPlan): Iterable<Diagnostic> {
  const detail =
    `Endpoints are numbered as they come, and the block has addresses for ${maximum}. ` +
    "One run with --reclaim gives freed numbers out again.";
  for (const { name, path, ordinal } of attachedEndpoints(plan)) {
    const more = { facts: { number: ordinal, maximum } };
    const summary = `no address is left for "${name}"`;
    if (ordinal > maximum) yield error("google-endpoint-addresses", path, summary, detail, more);
  }
}
