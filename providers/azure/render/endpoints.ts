/**
 * Private endpoints: an interface in the endpoint subnet for each resource, its name in a private DNS zone,
 * and membership in the groups that security rules name.
 */
import { PrivateEndpoint, type PrivateEndpointConfig } from "@cdktf/provider-azurerm/lib/private-endpoint";
import { PrivateEndpointApplicationSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/private-endpoint-application-security-group-association";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, after, expr, givenIds, id, quotedList, ref } from "../../shared/expressions";
import { zoneSuffix, zonesOf } from "../../shared/private-zones";
import { addCheck, addResource, type Rendering } from "../../shared/resources";
import { hasHubZones, hubZoneId, isByPolicy } from "../data/hub-zones";
import { eachOf, isOpen } from "../data/resource-ids";
import { isManaged, isMonitor, type Kind, MONITOR } from "../data/services";
import { ENDPOINTS, endpointGroupOf, MONITOR_SCOPE, subnetIdOf } from "./addresses";
import { renderDnsRecord, renderDnsZone, zoneAddress, zoneLinkOf } from "./dns";
import { monitorEndpoints, privateDnsZones, type Target, targetsOf } from "./endpoint-targets";
import { renderScope } from "./monitor-scope";
import { azureName, regional } from "./naming";

const privateEndpointOf = (name: string): Address => `${PrivateEndpoint.tfResourceType}.${name}`;

const MONITOR_ENDPOINT = privateEndpointOf("enclave_monitor");

export function renderEndpoints(rendering: Rendering): void {
  const { plan } = rendering;
  if (plan.endpoints.length === 0) return;
  renderIdChecks(rendering);
  for (const name of privateDnsZones(plan)) renderDnsZone(rendering, name);
  renderMonitor(rendering);
  for (const endpoint of plan.endpoints) {
    if (endpoint.service === "custom") renderCustom(rendering, endpoint);
    else if (isMonitor(endpoint.service))
      joinGroup(rendering, endpoint, `${endpoint.id}_monitor`, id(MONITOR_ENDPOINT));
    else for (const target of targetsOf(plan, endpoint)) renderManaged(rendering, target);
  }
}

/** Expressions of lists: an endpoint with `for_each` stands for all resources of its kind. */
export function privateEndpointLists(plan: NetworkPlan, endpoint: Endpoint): string[] {
  if (endpoint.service === "custom") return [`[${privateEndpointOf(`${endpoint.id}_custom`)}]`];
  if (isMonitor(endpoint.service)) return [`[${MONITOR_ENDPOINT}]`];
  return targetsOf(plan, endpoint).flatMap(({ id: own, owners }) =>
    owners.map(([owner, resources]) =>
      owner === own
        ? `values(${privateEndpointOf(own)})`
        : `[for key in ${quotedList(Object.keys(resources))} : ${privateEndpointOf(owner)}[key]]`,
    ),
  );
}

type Connection = Omit<PrivateEndpointConfig["privateServiceConnection"], "name">;

/** After the zones of its names: before, they are looked for in public. */
const placed = (rendering: Rendering, name: string, connection: Connection, ...first: Address[]) => ({
  ...regional(rendering, name),
  subnetId: subnetIdOf(ENDPOINTS),
  customNetworkInterfaceName: `${name}-nic`,
  privateServiceConnection: { name, ...connection },
  ...after(...privateDnsZones(rendering.plan).map(zoneLinkOf), ...first),
});

/** To a part of a resource of Azure's own, which writes its names into the private DNS zones. */
function placedFor(
  rendering: Rendering,
  name: string,
  privateConnectionResourceId: string,
  { subresource, dnsZones }: Pick<Kind, "subresource" | "dnsZones">,
  ...first: Address[]
) {
  const subresourceNames = [subresource];
  const connection = { isManualConnection: false, privateConnectionResourceId, subresourceNames };
  return { ...placed(rendering, name, connection, ...first), ...zoneGroup(rendering.plan, dnsZones) };
}

/**
 * Who writes names by policy adds a group of zones to an endpoint afterwards, which the next apply must not take
 * away. https://github.com/hashicorp/terraform-provider-azurerm/issues/24681
 */
function zoneGroup(plan: NetworkPlan, dnsZones: readonly string[]) {
  if (isByPolicy(plan)) return { lifecycle: { ignoreChanges: ["private_dns_zone_group"] } };
  const idOf = (zone: string): string => (hasHubZones(plan) ? hubZoneId(plan, zone) : id(zoneAddress(zone)));
  return { privateDnsZoneGroup: { name: "default", privateDnsZoneIds: dnsZones.map(idOf) } };
}

/** Six characters that differ from one Azure resource id to the next tell names apart under `for_each`. */
const eachName = ({ plan }: Rendering, { name }: Endpoint): string =>
  `${azureName(plan, name)}-${expr("substr(sha256(each.key), 0, 6)")}`;

/** Lets an endpoint's consumers in: rules name the endpoint's group, which the private endpoint joins. */
function joinGroup(rendering: Rendering, endpoint: Endpoint, name: string, target: string, each = {}): void {
  const membership = { privateEndpointId: target, applicationSecurityGroupId: id(endpointGroupOf(endpoint)) };
  addResource(rendering, PrivateEndpointApplicationSecurityGroupAssociation, name, membership, each);
}

/** Logs and metrics share the scope of Azure Monitor, and one network can have one scope. */
function renderMonitor(rendering: Rendering): void {
  if (monitorEndpoints(rendering.plan).length === 0) return;
  const name = azureName(rendering.plan, "enclave-monitor");
  // The scope's resources at the time give the endpoint its names, so all of them join before.
  const members = renderScope(rendering);
  addResource(
    rendering,
    PrivateEndpoint,
    "enclave_monitor",
    placedFor(rendering, name, id(MONITOR_SCOPE), MONITOR, ...members),
  );
}

function renderManaged(rendering: Rendering, { endpoint, kind, id: own, owners }: Target): void {
  for (const [owner, resources] of owners)
    if (owner === own) {
      const config = placedFor(rendering, eachName(rendering, endpoint), expr("each.value"), kind);
      const each = eachOf(rendering.plan, endpoint, resources, [kind.type]);
      const all = addResource(rendering, PrivateEndpoint, own, config, each);
      joinGroup(rendering, endpoint, own, expr("each.value.id"), { for_each: expr(all) });
    } else {
      const each = { for_each: Object.fromEntries(Object.keys(resources).map((key) => [key, key])) };
      const privateEndpoint = expr(`${privateEndpointOf(owner)}[each.key].id`);
      joinGroup(rendering, endpoint, `enclave_shared_${endpoint.id}__${owner}`, privateEndpoint, each);
    }
}

/** A third party approves by hand what asks for its alias; its name is answered inside the network only. */
function renderCustom(rendering: Rendering, endpoint: Endpoint): void {
  const { plan } = rendering;
  const name = `${endpoint.id}_custom`;
  const connection = {
    isManualConnection: true,
    privateConnectionResourceAlias: endpoint.target.azure?.["privateLinkServiceAlias"] ?? "",
    requestMessage: `Enclave ${plan.name}: ${endpoint.name}`,
  };
  const config = placed(rendering, azureName(plan, endpoint.name, "custom"), connection);
  const address = addResource(rendering, PrivateEndpoint, name, config);
  joinGroup(rendering, endpoint, name, id(address));
  const ip = ref(address, "private_service_connection[0].private_ip_address");
  for (const { domain, names } of zonesOf(endpoint))
    for (const each of names) renderDnsRecord(rendering, `${name}${zoneSuffix(each)}`, domain, each, ip);
}

/** Warnings: ids that nobody gave, and ids that change nothing, because the spec's are all there are. */
function renderIdChecks(rendering: Rendering): void {
  const { endpoints } = rendering.plan;
  for (const endpoint of endpoints) {
    if (!isManaged(endpoint.service) || !isOpen(endpoint)) continue;
    const message =
      `Private endpoint ${endpoint.name} is not created: ` +
      "no resource id is given, neither in the spec nor in private_endpoint_resource_ids.";
    addCheck(rendering, `${endpoint.id}_resource_ids`, `length(${givenIds(endpoint.name)}) > 0`, message);
  }
  const closed = endpoints.filter((each) => each.service === "custom" || !isOpen(each));
  if (closed.length === 0) return;
  const names = closed.map(({ name }) => name);
  const given = `setintersection(keys(var.private_endpoint_resource_ids), ${quotedList(names)})`;
  const message =
    "private_endpoint_resource_ids changes nothing for endpoints whose resources are in the spec: " +
    `${names.join(", ")}.`;
  addCheck(rendering, "enclave_resource_ids", `length(${given}) == 0`, message);
}
