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
  dependable,
  expr,
  id,
  quoted,
  type Rendering,
} from "../../shared/rendering";
import { isMonitor, MONITOR } from "../data/services";
import {
  type ManagedTarget,
  monitorEndpoints,
  privateDnsZones,
  scopedIds,
  targetsOf,
} from "./endpoint-targets";
import { endpointGroup, type FilteredSubnets } from "./filters";
import { MONITOR_SCOPE } from "./logging";
import { azureName, hashOfId, regional, resourceGroupName } from "./naming";
import { renderDnsRecord, renderDnsZone, zoneIds } from "./private-dns";
import { idLifecycle, idsByKey, renderIdChecks } from "./variable-ids";

/** By endpoint name: lists of private endpoints, as expressions. One rendered with `for_each` stands for all resources of its kind. */
export type Endpoints = Readonly<Record<string, readonly string[]>>;

interface Context {
  readonly rendering: Rendering;
  readonly subnet: Address;
  /** The security group in force, and the zones that names are written to. */
  readonly after: readonly Address[];
}

export function renderEndpoints(rendering: Rendering, all: readonly FilteredSubnets[]): Endpoints {
  const { plan } = rendering;
  const place = all.find(({ zone }) => zone === undefined);
  const [subnet] = place?.subnets ?? [];
  if (place === undefined || subnet === undefined) return {};
  renderIdChecks(rendering);
  const links = privateDnsZones(plan).map((name) => renderDnsZone(rendering, name));
  const context: Context = { rendering, subnet: subnet.address, after: [...place.associations, ...links] };
  if (monitorEndpoints(plan).length > 0) renderMonitor(context);
  return Object.fromEntries(plan.endpoints.map((endpoint) => [endpoint.name, renderOne(context, endpoint)]));
}

function renderOne(context: Context, endpoint: Endpoint): string[] {
  if (endpoint.service === "custom") return [renderCustom(context, endpoint)];
  if (isMonitor(endpoint.service)) return [renderMonitorUse(context, endpoint)];
  return targetsOf(context.rendering.plan, endpoint).flatMap((target) => renderManaged(context, target));
}

/** In the endpoint subnet, once its rules are in force. */
const placed = ({ rendering, subnet, after }: Context, name: string, connection: Connection) => ({
  ...regional(rendering, name),
  subnetId: id(subnet),
  customNetworkInterfaceName: `${name}-nic`,
  privateServiceConnection: { name, ...connection },
  dependsOn: after.map(dependable),
});

type Connection = Omit<PrivateEndpointConfig["privateServiceConnection"], "name">;

const namedIn = (dnsZones: readonly string[]) => ({
  privateDnsZoneGroup: { name: "default", privateDnsZoneIds: zoneIds(dnsZones) },
});

/** Lets an endpoint's consumers in: rules name its group, and a private endpoint is in the groups of all that lead to it. */
function renderMembership(
  { rendering }: Context,
  endpoint: Endpoint,
  name: string,
  privateEndpointId: string,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  const membership = { privateEndpointId, applicationSecurityGroupId: id(endpointGroup(endpoint)) };
  addResource(rendering, PrivateEndpointApplicationSecurityGroupAssociation, name, membership, extra);
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
    const address = `${PrivateEndpoint.tfResourceType}.${owner}`;
    const keys = Object.keys(resources);
    const each = { for_each: Object.fromEntries(keys.map((key) => [key, key])) };
    const name = `enclave_shared_${endpoint.id}__${owner}`;
    renderMembership(context, endpoint, name, expr(`${address}[each.key].id`), each);
    lists.push(`[for key in [${keys.map(quoted).join(", ")}] : ${address}[key]]`);
  }
  return lists;
}

function renderOwned(context: Context, { endpoint, kind, own, id: name }: ManagedTarget): Address {
  const { rendering } = context;
  const connection = {
    isManualConnection: false,
    privateConnectionResourceId: expr("each.value"),
    subresourceNames: [kind.subresource],
  };
  const config = {
    ...placed(context, `${azureName(rendering.plan, endpoint.name)}-${hashOfId("each.key")}`, connection),
    ...namedIn(kind.dnsZones),
    ...(own === undefined ? { lifecycle: idLifecycle(rendering.plan, endpoint, [kind.type]) } : {}),
  };
  return addResource(rendering, PrivateEndpoint, name, config, { for_each: own ?? idsByKey(endpoint) });
}

const MONITOR_ENDPOINT = `${PrivateEndpoint.tfResourceType}.enclave_monitor`;

/** Logs and metrics share the scope of Azure Monitor, and one network can have one scope. */
function renderMonitor(context: Context): void {
  const { rendering, after } = context;
  // A resource that joins the scope later gets its names when the endpoint is made again, so the enclave's own comes first.
  const afterMember = {
    ...context,
    after: [...after, `${MonitorPrivateLinkScopedService.tfResourceType}.enclave`],
  };
  addResource(rendering, PrivateEndpoint, "enclave_monitor", {
    ...placed(afterMember, azureName(rendering.plan, "enclave-monitor"), {
      isManualConnection: false,
      privateConnectionResourceId: id(MONITOR_SCOPE),
      subresourceNames: [MONITOR.subresource],
    }),
    ...namedIn(MONITOR.dnsZones),
  });
}

/** Ids of the spec join the enclave's own in the scope. */
function renderMonitorUse(context: Context, endpoint: Endpoint): string {
  const { rendering } = context;
  const { plan } = rendering;
  renderMembership(context, endpoint, `${endpoint.id}_monitor`, id(MONITOR_ENDPOINT));
  const ids = scopedIds(plan, endpoint);
  const member = {
    name: `${azureName(plan, endpoint.name)}-${hashOfId("each.key")}`,
    resourceGroupName: resourceGroupName(plan),
    scopeName: expr(`${MONITOR_SCOPE}.name`),
    linkedResourceId: expr("each.value"),
    ...(ids === undefined ? { lifecycle: idLifecycle(plan, endpoint, MONITOR.types) } : {}),
  };
  const each = { for_each: ids ?? idsByKey(endpoint) };
  addResource(rendering, MonitorPrivateLinkScopedService, endpoint.id, member, each);
  return `[${MONITOR_ENDPOINT}]`;
}

/** A third party approves by hand what asks for its alias, and its name is answered inside the network only. */
function renderCustom(context: Context, endpoint: Endpoint): string {
  const { rendering } = context;
  const { target, dnsName = "" } = endpoint;
  const name = `${endpoint.id}_custom`;
  const connection = {
    isManualConnection: true,
    privateConnectionResourceAlias: target.azure?.["privateLinkServiceAlias"] ?? "",
    requestMessage: `Enclave ${rendering.plan.name}: ${endpoint.name}`,
  };
  const config = placed(context, azureName(rendering.plan, endpoint.name, "custom"), connection);
  const address = addResource(rendering, PrivateEndpoint, name, config);
  renderMembership(context, endpoint, name, id(address));
  const ip = expr(`${address}.private_service_connection[0].private_ip_address`);
  renderDnsRecord(rendering, name, dnsName, ip);
  return `[${address}]`;
}
