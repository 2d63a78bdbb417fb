/**
 * Private endpoints: a network interface in the endpoint subnet for each resource, its name in a private DNS zone of the network's
 * own, and membership in the groups of the endpoints of the plan that lead to it, which is what security rules name.
 */
import { MonitorPrivateLinkScopedService } from "@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service";
import { PrivateEndpoint, type PrivateEndpointConfig } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { PrivateEndpointApplicationSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/private-endpoint-application-security-group-association";
import type { Endpoint } from "../../../src/plan/network-plan";
import {
  type Address,
  addResource,
  after,
  expr,
  id,
  quotedList,
  type Rendering,
  ref,
} from "../../shared/rendering";
import { isMonitor, type Kind, MONITOR } from "../data/services";
import { endpointGroupOf, groupAssociationOf, MONITOR_SCOPE, privateEndpointOf, subnetOf } from "./addresses";
import {
  type ManagedTarget,
  monitorEndpoints,
  privateDnsZones,
  scopedResources,
  targetsOf,
} from "./endpoint-targets";
import { azureName, regional, resourceGroupName } from "./naming";
import { ENDPOINTS } from "./places";
import { renderDnsRecord, renderDnsZone, zoneIds } from "./private-dns";
import { idLifecycle, idsByKey, renderIdChecks } from "./variable-ids";

export interface RenderedEndpoint {
  readonly endpoint: Endpoint;
  /** Lists of Azure's private endpoints, as expressions. One rendered with `for_each` stands for all resources of its kind. */
  readonly lists: readonly string[];
}

interface Context extends Rendering {
  /** The security group in force, and the zones that names are written to. */
  readonly waitsFor: readonly Address[];
}

export function renderEndpoints(rendering: Rendering): RenderedEndpoint[] {
  const { plan } = rendering;
  if (plan.endpoints.length === 0) return [];
  renderIdChecks(rendering);
  const links = privateDnsZones(plan).map((name) => renderDnsZone(rendering, name));
  const context = { ...rendering, waitsFor: [groupAssociationOf(ENDPOINTS), ...links] };
  if (monitorEndpoints(plan).length > 0) renderMonitor(context);
  return plan.endpoints.map((endpoint) => ({ endpoint, lists: renderOne(context, endpoint) }));
}

function renderOne(context: Context, endpoint: Endpoint): string[] {
  if (endpoint.service === "custom") return [renderCustom(context, endpoint)];
  if (isMonitor(endpoint.service)) return [renderMonitorUse(context, endpoint)];
  return targetsOf(context.plan, endpoint).flatMap((target) => renderManaged(context, target));
}

type Connection = Omit<PrivateEndpointConfig["privateServiceConnection"], "name">;

/** In the endpoint subnet, once its rules are in force. */
const placed = (context: Context, name: string, connection: Connection) => ({
  ...regional(context, name),
  subnetId: id(subnetOf(ENDPOINTS)),
  customNetworkInterfaceName: `${name}-nic`,
  privateServiceConnection: { name, ...connection },
  ...after(...context.waitsFor),
});

type Part = Pick<Kind, "subresource" | "dnsZones">;

/** To a part of a resource of Azure's own, which writes its names into the private DNS zones. */
const placedFor = (context: Context, name: string, resourceId: string, { subresource, dnsZones }: Part) => ({
  ...placed(context, name, {
    isManualConnection: false,
    privateConnectionResourceId: resourceId,
    subresourceNames: [subresource],
  }),
  privateDnsZoneGroup: { name: "default", privateDnsZoneIds: zoneIds(dnsZones) },
});

/** With `for_each`, names are told apart by six characters that differ from one Azure resource id to the next. */
const eachName = ({ plan }: Context, { name }: Endpoint): string =>
  `${azureName(plan, name)}-${expr("substr(sha256(each.key), 0, 6)")}`;

/** Lets an endpoint's consumers in: rules name its group, and a private endpoint is in the groups of all that lead to it. */
function renderMembership(
  context: Context,
  endpoint: Endpoint,
  name: string,
  privateEndpointId: string,
  each: Readonly<Record<string, unknown>> = {},
): void {
  const membership = { privateEndpointId, applicationSecurityGroupId: id(endpointGroupOf(endpoint)) };
  addResource(context, PrivateEndpointApplicationSecurityGroupAssociation, name, membership, each);
}

function renderManaged(context: Context, target: ManagedTarget): string[] {
  const { endpoint, own, shared } = target;
  const lists: string[] = [];
  if (own === undefined || Object.keys(own).length > 0) {
    const address = renderOwned(context, target);
    renderMembership(context, endpoint, target.id, expr("each.value.id"), { for_each: expr(address) });
    lists.push(`values(${address})`);
  }
  for (const [owner, resources] of Object.entries(shared)) {
    const address = privateEndpointOf(owner);
    const keys = Object.keys(resources);
    const each = { for_each: Object.fromEntries(keys.map((key) => [key, key])) };
    const name = `enclave_shared_${endpoint.id}__${owner}`;
    renderMembership(context, endpoint, name, expr(`${address}[each.key].id`), each);
    lists.push(`[for key in ${quotedList(keys)} : ${address}[key]]`);
  }
  return lists;
}

function renderOwned(context: Context, { endpoint, kind, own, id: name }: ManagedTarget): Address {
  const config = {
    ...placedFor(context, eachName(context, endpoint), expr("each.value"), kind),
    ...(own === undefined ? idLifecycle(context.plan, endpoint, [kind.type]) : {}),
  };
  return addResource(context, PrivateEndpoint, name, config, { for_each: own ?? idsByKey(endpoint) });
}

const MONITOR_ENDPOINT = privateEndpointOf("enclave_monitor");

/** Logs and metrics share the scope of Azure Monitor, and one network can have one scope. */
function renderMonitor(context: Context): void {
  // A resource that joins the scope later gets its names when the endpoint is made again, so the enclave's own comes first.
  const waitsFor = [...context.waitsFor, `${MonitorPrivateLinkScopedService.tfResourceType}.enclave`];
  const name = azureName(context.plan, "enclave-monitor");
  const config = placedFor({ ...context, waitsFor }, name, id(MONITOR_SCOPE), MONITOR);
  addResource(context, PrivateEndpoint, "enclave_monitor", config);
}

/** Ids of the spec join the enclave's own in the scope. */
function renderMonitorUse(context: Context, endpoint: Endpoint): string {
  renderMembership(context, endpoint, `${endpoint.id}_monitor`, id(MONITOR_ENDPOINT));
  const resources = scopedResources(context.plan, endpoint);
  const member = {
    name: eachName(context, endpoint),
    resourceGroupName: resourceGroupName(context.plan),
    scopeName: ref(MONITOR_SCOPE, "name"),
    linkedResourceId: expr("each.value"),
    ...(resources === undefined ? idLifecycle(context.plan, endpoint, MONITOR.types) : {}),
  };
  const each = { for_each: resources ?? idsByKey(endpoint) };
  addResource(context, MonitorPrivateLinkScopedService, endpoint.id, member, each);
  return `[${MONITOR_ENDPOINT}]`;
}

/** A third party approves by hand what asks for its alias, and its name is answered inside the network only. */
function renderCustom(context: Context, endpoint: Endpoint): string {
  const { plan } = context;
  const name = `${endpoint.id}_custom`;
  const connection = {
    isManualConnection: true,
    privateConnectionResourceAlias: endpoint.target.azure?.["privateLinkServiceAlias"] ?? "",
    requestMessage: `Enclave ${plan.name}: ${endpoint.name}`,
  };
  const config = placed(context, azureName(plan, endpoint.name, "custom"), connection);
  const address = addResource(context, PrivateEndpoint, name, config);
  renderMembership(context, endpoint, name, id(address));
  const ip = ref(address, "private_service_connection[0].private_ip_address");
  renderDnsRecord(context, name, endpoint.dnsName ?? "", ip);
  return `[${address}]`;
}
