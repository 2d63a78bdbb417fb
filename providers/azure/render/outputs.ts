/** The outputs of the contract, by the same names on every cloud. */
import type { Endpoint } from "../../../src/plan/network-plan";
import { addZonesOutput } from "../../shared/outputs";
import { type Address, addOutput, expr, quoted, type Rendering } from "../../shared/rendering";
import { isManaged, MONITOR } from "../data/managed-services";
import type { EgressPath } from "./egress";
import { roleAssignments } from "./endpoint-policies";
import { hostsOf, targetsOf } from "./endpoint-targets";
import type { Guards, Network } from "./handles";
import type { Logs } from "./logging";
import type { Endpoints } from "./private-endpoints";
import { PUBLISHED_SERVICES } from "./publish";

interface Rendered {
  readonly network: Network;
  readonly guards: Guards;
  /** What puts groups, routes and the filter of names in force. */
  readonly filters: readonly Address[];
  readonly endpoints: Endpoints;
  readonly egress: EgressPath | undefined;
  readonly logs: Logs;
}

export function renderOutputs(
  rendering: Rendering,
  { network, guards, filters, endpoints, egress, logs }: Rendered,
): void {
  const { plan } = rendering;
  addOutput(rendering, "network_id", "The virtual network.", expr(`${network.virtualNetwork}.id`));
  addZonesOutput(
    rendering,
    "Each zone: address blocks, subnets, and the network security group on them.",
    (zone) => ({ subnets: network.zones[zone.name]?.subnets ?? [], groups: [`${guards.groups[zone.id]}`] }),
    filters,
  );
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses, and the role on which scope that gives its consumers their right.",
    Object.fromEntries(
      plan.endpoints.map((endpoint) => [endpoint.name, endpointOutput(rendering, endpoints, endpoint)]),
    ),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", PUBLISHED_SERVICES);
  addOutput(
    rendering,
    "egress",
    "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.",
    {
      proxy_url: expr("null"),
      public_ips: egress === undefined ? [] : [expr(`${egress.publicAddress}.ip_address`)],
    },
  );
  addOutput(rendering, "logs", "Where each kind of log is kept.", {
    flow: expr(`${logs.flows}.id`),
    dns: expr(`${logs.workspace}.id`),
    ...(egress === undefined ? {} : { firewall: expr(`${logs.workspace}.id`) }),
  });
}

function endpointOutput(
  rendering: Rendering,
  endpoints: Endpoints,
  endpoint: Endpoint,
): Record<string, unknown> {
  const all = `concat(${(endpoints[endpoint.name] ?? []).join(", ")})`;
  return {
    ids: expr(`[for each in ${all} : each.id]`),
    dns_names: dnsNames(rendering, endpoint),
    addresses: expr(`[for each in ${all} : each.private_service_connection[0].private_ip_address]`),
    role_assignments: roleAssignments(rendering.plan, endpoint),
  };
}

function dnsNames({ plan }: Rendering, endpoint: Endpoint): unknown {
  if (endpoint.service === "custom") return [endpoint.dnsName ?? ""];
  if (!isManaged(endpoint.service)) return [...MONITOR.hosts];
  const hosts = targetsOf(plan, endpoint).map((target) => hostsOf(plan, target));
  const known = hosts.flatMap((each) => each.known);
  const later = hosts.flatMap((each) => each.later);
  return later.length === 0 ? known : expr(`concat([${known.map(quoted).join(", ")}], ${later.join(", ")})`);
}
