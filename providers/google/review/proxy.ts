/**
 * The proxy resolves names itself, and its network is peered with the enclave's. Machines are safe, because no rule
 * admits the proxies' range; endpoints with an address in a subnetwork are no targets of rules, and the proxy's rules
 * know names and ports of the destination, not its address.
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 * https://docs.cloud.google.com/vpc/docs/about-accessing-regional-google-apis-endpoints
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { leavingZones } from "../../shared/questions";
import { isBundled } from "../data/services";

export function* reviewProxy(plan: NetworkPlan): Iterable<Diagnostic> {
  const zones = leavingZones(plan).map(({ name }) => name);
  // The address of all Google APIs is not reached from a peered network:
  // https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints
  const endpoints = plan.endpoints.filter((each) => !isBundled(plan, each)).map(({ name }) => name);
  if (zones.length === 0 || endpoints.length === 0) return;
  const detail =
    `Whoever owns a name of egress could let it resolve to an address of ${endpoints.join(", ")}. Then ` +
    `${zones.join(", ")} would reach it through the proxy, on the ports of that name. The firewall policy and the ` +
    "proxy have no rule against it, so prefer exact names of owners that you trust.";
  const summary = "on google it is assumed that no name of egress resolves to an address of the enclave";
  yield info("google-proxy-reach", "egress", summary, detail, { facts: { zones, endpoints } });
}
