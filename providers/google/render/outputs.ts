/** The outputs of the contract, by the same names on every cloud. */
import { addZonesOutput } from "../../shared/outputs";
import { addOutput, expr, type Rendering } from "../../shared/rendering";
import { hostsOf } from "./dns";
import type { EgressPath } from "./egress";
import type { Network } from "./handles";
import type { Logs } from "./logging";
import type { Endpoints, RenderedEndpoint } from "./private-endpoints";
import { PUBLISHED_SERVICES } from "./publish";

interface Rendered {
  readonly network: Network;
  readonly endpoints: Endpoints;
  readonly egress: EgressPath | undefined;
  readonly logs: Logs;
}

export function renderOutputs(rendering: Rendering, { network, endpoints, egress, logs }: Rendered): void {
  addOutput(rendering, "network_id", "The VPC.", expr(`${network.network}.id`));
  addZonesOutput(
    rendering,
    "Each zone: address blocks and subnetworks. There are no groups: what lies in a zone's subnetworks is of the zone.",
    (zone) => ({ subnets: network.zones[zone.name] ?? [], groups: [] }),
  );
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses of what it is made of.",
    endpointsOutput(rendering, endpoints),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", PUBLISHED_SERVICES);
  addOutput(
    rendering,
    "egress",
    "The way out: the proxy that clients have to name, by HTTPS_PROXY and HTTP_PROXY. Its public addresses are Google's to choose.",
    { proxy_url: egress?.proxyUrl ?? expr("null"), public_ips: [] },
  );
  addOutput(
    rendering,
    "logs",
    "Where each kind of log is kept.",
    Object.fromEntries(Object.entries(logs).map(([name, bucket]) => [name, expr(`${bucket}.id`)])),
  );
}

function endpointsOutput(rendering: Rendering, endpoints: Endpoints): Record<string, unknown> {
  return Object.fromEntries(
    rendering.plan.endpoints.map((endpoint) => {
      const rendered = endpoints[endpoint.name];
      if (rendered === undefined) throw new Error(`internal: endpoint "${endpoint.name}" is not rendered`);
      return [
        endpoint.name,
        { ids: idsOf(rendered), dns_names: hostsOf(rendering.plan, endpoint), addresses: [rendered.address] },
      ];
    }),
  );
}

/** None for an endpoint that waits for its service attachment. */
const idsOf = ({ resource, exists }: RenderedEndpoint): string | string[] =>
  exists === undefined ? [expr(`${resource}.id`)] : expr(`${resource}[*].id`);
