/** The outputs of the contract, by the same names on every cloud. */
import { addZonesOutput } from "../../shared/outputs";
import { addOutput, expr, id, type Rendering } from "../../shared/rendering";
import { hostsOf } from "./dns";
import { hasEgress } from "./egress-rules";
import type { EndpointIds } from "./endpoints";
import type { Logging } from "./logging";
import type { Network } from "./network";
import { addressOf, proxyAddress } from "./sites";
import { PROXY_PORT } from "./ways";

export function renderOutputs(
  rendering: Rendering,
  { network, zones }: Network,
  endpointIds: EndpointIds,
  { logs }: Logging,
): void {
  const { plan } = rendering;
  addOutput(rendering, "network_id", "The VPC.", id(network));
  addZonesOutput(
    rendering,
    "Each zone: address blocks and subnetworks. There are no groups: what lies in a zone's subnetworks is of the zone.",
    ({ name }) => ({ subnets: zones[name] ?? [], groups: [] }),
  );
  const endpoints = plan.endpoints.map((endpoint) => {
    const addresses = [addressOf(rendering, endpoint)];
    return [
      endpoint.name,
      { ids: endpointIds[endpoint.name], dns_names: hostsOf(plan, endpoint), addresses },
    ];
  });
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses of what it is made of.",
    Object.fromEntries(endpoints),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", {});
  addOutput(
    rendering,
    "egress",
    "The way out: the proxy that clients have to name, by HTTPS_PROXY and HTTP_PROXY. Its public addresses are Google's to choose.",
    {
      proxy_url: hasEgress(plan) ? `http://${proxyAddress(rendering)}:${PROXY_PORT}` : expr("null"),
      public_ips: [],
    },
  );
  addOutput(rendering, "logs", "Where each kind of log is kept.", logs);
}
