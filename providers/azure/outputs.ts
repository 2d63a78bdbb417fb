/** The outputs of the contract, by the same names on every cloud. */
import type { Endpoint } from "../../src/plan/network-plan";
import { addOutput, expr, quoted, type Rendering } from "../rendering";
import type { EgressPath } from "./egress";
import { hostsOf, managedTargets, variableIds } from "./endpoint-targets";
import type { Guards, Network } from "./handles";
import type { Logs } from "./logging";
import { isManaged, MONITOR, rolesOf } from "./managed-services";
import type { Endpoints } from "./private-endpoints";
import { PUBLISHED_SERVICES } from "./publish";

interface Rendered {
  readonly network: Network;
  readonly guards: Guards;
  readonly endpoints: Endpoints;
  readonly egress: EgressPath | undefined;
  readonly logs: Logs;
}

export function renderOutputs(rendering: Rendering, { network, guards, endpoints, egress, logs }: Rendered): void {
  const { plan, printer } = rendering;
  addOutput(rendering, "network_id", "The virtual network.", expr(`${network.virtualNetwork}.id`));
  addOutput(
    rendering,
    "zones",
    "Each zone: address blocks, subnets, and the network security group on them.",
    Object.fromEntries(
      plan.zones.map((zone) => [
        zone.name,
        {
          cidrs: zone.subnets.map((block) => printer.cidr(block)),
          subnet_ids: (network.zones[zone.name]?.subnets ?? []).map((subnet) => expr(`${subnet}.id`)),
          group_ids: [expr(`${guards.groups[zone.id]}.id`)],
        },
      ]),
    ),
  );
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses, and the role on which scope that gives its consumers their right.",
    Object.fromEntries(plan.endpoints.map((endpoint) => [endpoint.name, endpointOutput(rendering, endpoints, endpoint)])),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", PUBLISHED_SERVICES);
  addOutput(rendering, "egress", "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.", {
    proxy_url: expr("null"),
    public_ips: egress === undefined ? [] : [expr(`${egress.publicAddress}.ip_address`)],
  });
  addOutput(rendering, "logs", "Where each kind of log is kept.", {
    flow: expr(`${logs.flows}.id`),
    dns: expr(`${logs.workspace}.id`),
    ...(egress === undefined ? {} : { firewall: expr(`${logs.workspace}.id`) }),
  });
}

function endpointOutput(rendering: Rendering, endpoints: Endpoints, endpoint: Endpoint): Record<string, unknown> {
  const handles = (endpoints.byName[endpoint.name] ?? []).map(({ address, many }) => (many ? `values(${address})` : `[${address}]`));
  const all = `concat(${handles.join(", ")})`;
  return {
    ids: expr(`[for each in ${all} : each.id]`),
    dns_names: dnsNames(rendering, endpoint),
    addresses: expr(`[for each in ${all} : each.private_service_connection[0].private_ip_address]`),
    role_assignments: roleAssignments(endpoint),
  };
}

function dnsNames({ plan }: Rendering, endpoint: Endpoint): unknown {
  if (endpoint.service === "custom") return [endpoint.dnsName ?? ""];
  if (!isManaged(endpoint.service)) return [...MONITOR.hosts];
  const hosts = managedTargets(plan)
    .filter((target) => target.endpoint.name === endpoint.name)
    .map((target) => hostsOf(plan, target));
  const known = hosts.flatMap((each) => each.known);
  const later = hosts.flatMap((each) => each.later);
  return later.length === 0 ? known : expr(`concat([${known.map(quoted).join(", ")}], ${later.join(", ")})`);
}

/** Roles cannot be bound to a zone, only to whoever runs there: the enclave names them and assigns none. */
function roleAssignments(endpoint: Endpoint): unknown {
  const roles = rolesOf(endpoint.service, endpoint.access);
  const ids = endpoint.resources.azure ?? [];
  if (roles.length === 0) return [];
  if (ids.length > 0) return roles.flatMap((role) => ids.map((scope) => ({ role, scope })));
  return expr(
    `flatten([for role in [${roles.map(quoted).join(", ")}] : [for id in ${variableIds(endpoint)} : { role = role, scope = id }]])`,
  );
}
