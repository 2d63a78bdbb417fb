/**
 * Private endpoints: a network interface in the endpoint subnet for each resource, its name in a private DNS zone of the network's
 * own, and membership in the groups of the endpoints of the plan that lead to it, which is what security rules name.
 */
import { MonitorPrivateLinkScopedService } from "@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import type { Endpoint } from "../../../src/plan/network-plan";
import { type Address, addCheck, expr, quoted, type Rendering } from "../../shared/rendering";
import { MONITOR } from "../data/managed-services";
import {
  customEndpoints,
  dnsZoneId,
  type ManagedTarget,
  managedTargets,
  monitorEndpoints,
  privateDnsZones,
  scopedIds,
  variableIds,
} from "./endpoint-targets";
import type { EndpointGroups, Guards, Network } from "./handles";
import { MONITOR_SCOPE } from "./logging";
import { azureName, hashOfId, resourceGroupName, tags } from "./naming";
import { renderDnsZone } from "./private-dns";
import { byLowerId, type Context, preconditions, renderEndpoint, renderMembership } from "./private-endpoint";
import { addAzure } from "./resources";

/** By endpoint name: lists of private endpoints, as expressions. One rendered with `for_each` stands for all resources of its kind. */
export type Endpoints = Readonly<Record<string, readonly string[]>>;

export function renderPrivateEndpoints(
  rendering: Rendering,
  network: Network,
  groups: EndpointGroups,
  guards: Guards,
): Endpoints {
  const [subnet] = network.endpoints?.subnets ?? [];
  if (subnet === undefined) return {};
  renderUnusedCheck(rendering);
  const links = privateDnsZones(rendering.plan).map((name) => renderDnsZone(rendering, name));
  const context: Context = {
    rendering,
    groups,
    subnet,
    after: [...(guards.associations["enclave_endpoints"] ?? []), ...links],
  };
  const lists: [string, string][] = [
    ...managedTargets(rendering.plan).flatMap((target) =>
      renderManaged(context, target).map((list): [string, string] => [target.endpoint.name, list]),
    ),
    ...renderMonitor(context),
    ...customEndpoints(rendering.plan).map((endpoint): [string, string] => [
      endpoint.name,
      renderCustom(context, endpoint),
    ]),
  ];
  return Object.fromEntries(
    rendering.plan.endpoints.map(({ name }) => [
      name,
      lists.flatMap(([owner, list]) => (owner === name ? [list] : [])),
    ]),
  );
}

function renderManaged(context: Context, target: ManagedTarget): string[] {
  const { endpoint, own, shared, id } = target;
  const lists: string[] = [];
  if (own === undefined || Object.keys(own).length > 0) {
    const address = renderOwned(context, target);
    renderMembership(context, endpoint, id, expr("each.value.id"), expr(address));
    lists.push(`values(${address})`);
  }
  for (const [owner, resources] of Object.entries(shared)) {
    const address = `azurerm_private_endpoint.${owner}`;
    const keys = Object.keys(resources);
    const each = Object.fromEntries(keys.map((key) => [key, key]));
    renderMembership(
      context,
      endpoint,
      `enclave_shared_${endpoint.id}__${owner}`,
      expr(`${address}[each.key].id`),
      each,
    );
    lists.push(`[for key in [${keys.map(quoted).join(", ")}] : ${address}[key]]`);
  }
  return lists;
}

function renderOwned(context: Context, target: ManagedTarget): Address {
  const { plan } = context.rendering;
  const { endpoint, kind, own, id } = target;
  if (own === undefined) renderMissingCheck(context.rendering, endpoint);
  return renderEndpoint(context, {
    id,
    name: `${azureName(plan, endpoint.name)}-${hashOfId("each.key")}`,
    connection: {
      isManualConnection: false,
      privateConnectionResourceId: expr("each.value"),
      subresourceNames: [kind.subresource],
    },
    dnsZones: kind.dnsZones,
    each: own ?? byLowerId(endpoint),
    ...(own === undefined ? { preconditions: preconditions(plan, endpoint, [kind.type]) } : {}),
  });
}

const renderMissingCheck = (rendering: Rendering, endpoint: Endpoint): void =>
  addCheck(
    rendering,
    `${endpoint.id}_resource_ids`,
    `length(${variableIds(endpoint)}) > 0`,
    `Private endpoint ${endpoint.name} is not created: no resource id is given, neither in the spec nor in private_endpoint_resource_ids.`,
  );

/** Ids in the spec are all there are, so what the variable says beside them would be lost without a word. */
function renderUnusedCheck(rendering: Rendering): void {
  const named = rendering.plan.endpoints.filter(
    ({ service, resources }) => service === "custom" || (resources.azure ?? []).length > 0,
  );
  if (named.length === 0) return;
  const names = named.map(({ name }) => name);
  addCheck(
    rendering,
    "enclave_resource_ids",
    `length(setintersection(keys(var.private_endpoint_resource_ids), [${names.map(quoted).join(", ")}])) == 0`,
    `private_endpoint_resource_ids changes nothing for endpoints whose resources are in the spec: ${names.join(", ")}.`,
  );
}

/** Logs and metrics share the scope of Azure Monitor, and one network can have one scope: ids of the spec join the enclave's own. */
function renderMonitor(context: Context): [string, string][] {
  const { rendering } = context;
  const endpoints = monitorEndpoints(rendering.plan);
  if (endpoints.length === 0) return [];
  const address = renderEndpoint(context, {
    id: "enclave_monitor",
    name: azureName(rendering.plan, "enclave-monitor"),
    connection: {
      isManualConnection: false,
      privateConnectionResourceId: expr(`${MONITOR_SCOPE}.id`),
      subresourceNames: [MONITOR.subresource],
    },
    dnsZones: MONITOR.dnsZones,
    // What joins the scope later gets its names when the endpoint is made again, so the enclave's own comes first.
    after: ["azurerm_monitor_private_link_scoped_service.enclave"],
  });
  for (const endpoint of endpoints) {
    renderMembership(context, endpoint, `${endpoint.id}_monitor`, expr(`${address}.id`));
    renderScoped(rendering, endpoint);
  }
  return endpoints.map((endpoint) => [endpoint.name, `[${address}]`]);
}

function renderScoped(rendering: Rendering, endpoint: Endpoint): void {
  const { plan } = rendering;
  const ids = scopedIds(plan, endpoint);
  addAzure(
    rendering,
    MonitorPrivateLinkScopedService,
    endpoint.id,
    {
      name: `${azureName(plan, endpoint.name)}-${hashOfId("each.key")}`,
      resourceGroupName: resourceGroupName(plan),
      scopeName: expr(`${MONITOR_SCOPE}.name`),
      linkedResourceId: expr("each.value"),
      ...(ids === undefined
        ? { lifecycle: { precondition: preconditions(plan, endpoint, MONITOR.types) } }
        : {}),
    },
    { for_each: ids ?? byLowerId(endpoint) },
  );
}

/** A third party approves by hand what asks for its alias, and its name is answered inside the network only. */
function renderCustom(context: Context, endpoint: Endpoint): string {
  const { rendering } = context;
  const id = `${endpoint.id}_custom`;
  const address = renderEndpoint(context, {
    id,
    name: azureName(rendering.plan, endpoint.name, "custom"),
    connection: {
      isManualConnection: true,
      privateConnectionResourceAlias: endpoint.target.azure?.["privateLinkServiceAlias"] ?? "",
      requestMessage: `Enclave ${rendering.plan.name}: ${endpoint.name}`,
    },
    dnsZones: [],
  });
  renderMembership(context, endpoint, id, expr(`${address}.id`));
  addAzure(rendering, PrivateDnsARecord, id, {
    name: "@",
    zoneName: expr(`azurerm_private_dns_zone.${dnsZoneId(endpoint.dnsName ?? "")}.name`),
    resourceGroupName: resourceGroupName(rendering.plan),
    ttl: 300,
    records: [expr(`${address}.private_service_connection[0].private_ip_address`)],
    tags: tags(rendering),
  });
  return `[${address}]`;
}
