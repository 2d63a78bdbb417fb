/**
 * Private endpoints: a network interface in the endpoint subnet for each resource, its name in a private DNS zone of the network's
 * own, and membership in the groups of the endpoints of the plan that lead to it, which is what security rules name.
 */
import { MonitorPrivateLinkScopedService } from "@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service";
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateEndpoint } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { PrivateEndpointApplicationSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/private-endpoint-application-security-group-association";
import type { Endpoint } from "../../src/plan/network-plan";
import { type Address, addCheck, dependable, expr, quoted, type Rendering } from "../rendering";
import {
  customEndpoints,
  dnsZoneId,
  type ManagedTarget,
  managedTargets,
  monitorEndpoints,
  privateDnsZones,
  variableIds,
} from "./endpoint-targets";
import type { EndpointGroups, Guards, Network } from "./handles";
import { MONITOR_SCOPE } from "./logging";
import { MONITOR } from "./managed-services";
import { azureName, hashOfId, placed, resourceGroupName, tags } from "./naming";
import { renderDnsZone, zoneIds } from "./private-dns";
import { addAzure } from "./resources";

/** Private endpoint addresses by endpoint name; one with `for_each` stands for all resources of its kind. */
export interface Endpoints {
  readonly byName: Readonly<Record<string, readonly EndpointHandle[]>>;
}

export interface EndpointHandle {
  readonly address: Address;
  readonly many: boolean;
}

interface Context {
  readonly rendering: Rendering;
  readonly groups: EndpointGroups;
  readonly subnet: Address;
  /** The security group in force, and the zones that names are written to. */
  readonly after: readonly Address[];
}

export function renderPrivateEndpoints(rendering: Rendering, network: Network, groups: EndpointGroups, guards: Guards): Endpoints {
  const [subnet] = network.endpoints?.subnets ?? [];
  if (subnet === undefined) return { byName: {} };
  const links = privateDnsZones(rendering.plan).map((name) => renderDnsZone(rendering, name));
  const context: Context = { rendering, groups, subnet, after: [...(guards.associations["enclave_endpoints"] ?? []), ...links] };
  const handles: [string, EndpointHandle][] = [
    ...managedTargets(rendering.plan).flatMap((target) => renderManaged(context, target)),
    ...renderMonitor(context),
    ...customEndpoints(rendering.plan).map((endpoint): [string, EndpointHandle] => [
      endpoint.name,
      { address: renderCustom(context, endpoint), many: false },
    ]),
  ];
  const byName = Object.fromEntries(
    rendering.plan.endpoints.map(({ name }) => [name, handles.flatMap(([owner, handle]) => (owner === name ? [handle] : []))]),
  );
  return { byName };
}

function renderManaged(context: Context, target: ManagedTarget): [string, EndpointHandle][] {
  const { endpoint, own, shared, id } = target;
  const owns = own === undefined || Object.keys(own).length > 0;
  const named = owns ? [{ address: renderEndpoints(context, target), many: true }] : [];
  if (owns) renderMembership(context, endpoint, id, expr(`azurerm_private_endpoint.${id}`), expr("each.value.id"));
  for (const [owner, ids] of Object.entries(shared)) {
    const each = Object.fromEntries(ids.map((lower) => [lower, lower]));
    renderMembership(
      context,
      endpoint,
      `enclave_shared_${endpoint.id}__${owner}`,
      each,
      expr(`azurerm_private_endpoint.${owner}[each.key].id`),
    );
  }
  const others = Object.keys(shared).map((owner) => ({ address: `azurerm_private_endpoint.${owner}`, many: true }));
  return [...named, ...others].map((handle) => [endpoint.name, handle]);
}

function renderEndpoints(context: Context, target: ManagedTarget): Address {
  const { rendering, subnet, after } = context;
  const { endpoint, kind, own, id } = target;
  const name = `${azureName(rendering.plan, endpoint.name)}-${hashOfId("each.key")}`;
  const forEach = own ?? expr(`{ for id in ${variableIds(endpoint)} : lower(id) => id }`);
  if (own === undefined) renderMissingCheck(rendering, endpoint);
  return addAzure(
    rendering,
    PrivateEndpoint,
    id,
    {
      ...placed(rendering),
      name,
      subnetId: expr(`${subnet}.id`),
      customNetworkInterfaceName: `${name}-nic`,
      privateServiceConnection: {
        name,
        isManualConnection: false,
        privateConnectionResourceId: expr("each.value"),
        subresourceNames: [kind.subresource],
      },
      privateDnsZoneGroup: { name: "default", privateDnsZoneIds: zoneIds(kind.dnsZones) },
      tags: tags(rendering),
      dependsOn: after.map(dependable),
      ...(own === undefined ? { lifecycle: { precondition: [...preconditions(rendering, target)] } } : {}),
    },
    { for_each: forEach },
  );
}

/** What the review checks of ids in the spec, for ids that come later. */
function preconditions({ plan }: Rendering, { endpoint, kind }: ManagedTarget) {
  const others = plan.endpoints.filter((other) => other.name !== endpoint.name);
  const taken = others.flatMap((other) => (other.resources.azure ?? []).map((id) => quoted(id.toLowerCase())));
  const open = managedTargets(plan).flatMap((other) =>
    other.own === undefined && other.endpoint.name !== endpoint.name ? [other.endpoint] : [],
  );
  const lists = [`[${taken.join(", ")}]`, ...open.map((other) => `[for id in ${variableIds(other)} : lower(id)]`)];
  const form = `(?i)^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${kind.type.replaceAll(".", "[.]")}/[^/]+$`;
  return [
    {
      condition: expr(`can(regex(${quoted(form)}, each.value))`),
      errorMessage: `Private endpoint ${endpoint.name} leads to ids of ${kind.type}.`,
    },
    {
      condition: expr(`!contains(concat(${lists.join(", ")}), each.key)`),
      errorMessage: "A resource named by several private endpoints has to stand in the spec.",
    },
  ];
}

const renderMissingCheck = (rendering: Rendering, endpoint: Endpoint): void =>
  addCheck(
    rendering,
    `${endpoint.id}_resource_ids`,
    `length(${variableIds(endpoint)}) > 0`,
    `Private endpoint ${endpoint.name} is not created: no resource id is given, neither in the spec nor in private_endpoint_resource_ids.`,
  );

function renderMembership({ rendering, groups }: Context, endpoint: Endpoint, id: string, forEach: unknown, privateEndpoint: string): void {
  addAzure(
    rendering,
    PrivateEndpointApplicationSecurityGroupAssociation,
    id,
    { privateEndpointId: privateEndpoint, applicationSecurityGroupId: expr(`${groups[endpoint.name]}.id`) },
    forEach === undefined ? {} : { for_each: forEach },
  );
}

/** Logs and metrics share the scope of Azure Monitor, and one network can have one scope: ids of the spec join the enclave's own. */
function renderMonitor(context: Context): [string, EndpointHandle][] {
  const { rendering, subnet, after } = context;
  const endpoints = monitorEndpoints(rendering.plan);
  if (endpoints.length === 0) return [];
  const name = azureName(rendering.plan, "enclave-monitor");
  const address = addAzure(rendering, PrivateEndpoint, "enclave_monitor", {
    ...placed(rendering),
    name,
    subnetId: expr(`${subnet}.id`),
    customNetworkInterfaceName: `${name}-nic`,
    privateServiceConnection: {
      name,
      isManualConnection: false,
      privateConnectionResourceId: expr(`${MONITOR_SCOPE}.id`),
      subresourceNames: [MONITOR.subresource],
    },
    privateDnsZoneGroup: { name: "default", privateDnsZoneIds: zoneIds(MONITOR.dnsZones) },
    tags: tags(rendering),
    // What joins the scope later gets its names when the endpoint is made again, so the enclave's own comes first.
    dependsOn: [...after, "azurerm_monitor_private_link_scoped_service.enclave"].map(dependable),
  });
  for (const endpoint of endpoints) {
    renderMembership(context, endpoint, endpoint.id, undefined, expr(`${address}.id`));
    renderScoped(rendering, endpoint);
  }
  return endpoints.map((endpoint) => [endpoint.name, { address, many: false }]);
}

function renderScoped(rendering: Rendering, endpoint: Endpoint): void {
  const ids = endpoint.resources.azure ?? [];
  const forEach =
    ids.length === 0
      ? expr(`{ for id in ${variableIds(endpoint)} : lower(id) => id }`)
      : Object.fromEntries(ids.map((id) => [id.toLowerCase(), id]));
  addAzure(
    rendering,
    MonitorPrivateLinkScopedService,
    endpoint.id,
    {
      name: `${azureName(rendering.plan, endpoint.name)}-${hashOfId("each.key")}`,
      resourceGroupName: resourceGroupName(rendering.plan),
      scopeName: expr(`${MONITOR_SCOPE}.name`),
      linkedResourceId: expr("each.value"),
    },
    { for_each: forEach },
  );
}

/** A third party approves by hand what asks for its alias, and its name is answered inside the network only. */
function renderCustom(context: Context, endpoint: Endpoint): Address {
  const { rendering, subnet, after } = context;
  const id = `${endpoint.id}_custom`;
  const name = azureName(rendering.plan, endpoint.name, "custom");
  const address = addAzure(rendering, PrivateEndpoint, id, {
    ...placed(rendering),
    name,
    subnetId: expr(`${subnet}.id`),
    customNetworkInterfaceName: `${name}-nic`,
    privateServiceConnection: {
      name,
      isManualConnection: true,
      privateConnectionResourceAlias: endpoint.target.azure?.["privateLinkServiceAlias"] ?? "",
      requestMessage: `Enclave ${rendering.plan.name}: ${endpoint.name}`,
    },
    tags: tags(rendering),
    dependsOn: after.map(dependable),
  });
  renderMembership(context, endpoint, id, undefined, expr(`${address}.id`));
  addAzure(rendering, PrivateDnsARecord, id, {
    name: "@",
    zoneName: expr(`azurerm_private_dns_zone.${dnsZoneId(endpoint.dnsName ?? "")}.name`),
    resourceGroupName: resourceGroupName(rendering.plan),
    ttl: 300,
    records: [expr(`${address}.private_service_connection[0].private_ip_address`)],
    tags: tags(rendering),
  });
  return address;
}
