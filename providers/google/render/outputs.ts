/** The outputs of the contract on Google. */
import { expr, id } from "../../shared/expressions";
import { addOutputs, ENDPOINT_PARTS } from "../../shared/outputs";
import { hasEgress } from "../../shared/questions";
import type { Rendering } from "../../shared/resources";
import { hostsOf } from "../data/services";
import { LOG_BUCKET, NETWORK, subnetworkOf } from "./addresses";
import { endpointIds } from "./endpoints";
import { logFilters } from "./logging";
import { addressOf, proxyAddress } from "./sites";
import { PROXY_PORT } from "./ways";

export function renderOutputs(rendering: Rendering): void {
  const { plan } = rendering;
  const proxy = hasEgress(plan) ? `http://${proxyAddress(rendering)}:${PROXY_PORT}` : expr("null");
  addOutputs(rendering, {
    network: ["The VPC.", NETWORK],
    zones: [
      "Each zone: address blocks and subnetworks. There are no groups: " +
        "what lies in a zone's subnetworks is of the zone.",
      (zone) => ({
        subnet_ids: zone.subnets.map((_, index) => id(subnetworkOf(zone.id, index + 1))),
        group_ids: [],
      }),
    ],
    endpoints: [
      ENDPOINT_PARTS,
      (endpoint) => ({
        ids: endpointIds(plan, endpoint),
        dns_names: hostsOf(plan, endpoint),
        addresses: [addressOf(rendering, endpoint)],
      }),
    ],
    egress: [
      "The way out: the proxy that clients have to name, by HTTPS_PROXY and HTTP_PROXY, and what they " +
        "reach without it, for NO_PROXY. " +
        "Its public addresses are Google's to choose.",
      { proxy_url: proxy, no_proxy: hasEgress(plan) ? directHosts(rendering) : [], public_ips: [] },
    ],
    logs: Object.fromEntries(Object.keys(logFilters(plan)).map((kind) => [kind, id(LOG_BUCKET)])),
  });
}

/** The proxy refuses them: metadata, the enclave itself and its endpoints. Names with a dot hold all below. */
const directHosts = ({ plan, printer }: Rendering): string[] => [
  "metadata.google.internal",
  "169.254.169.254",
  printer.cidr(plan.range),
  ...new Set(
    plan.endpoints.flatMap((endpoint) => hostsOf(plan, endpoint).map((host) => host.replace(/^\*/, ""))),
  ),
];
