/** Private DNS zones of a hub: one for each name that endpoints need, and what the hub has to do besides. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hasHubZones, hubZoneIds, isByPolicy, parseZoneId } from "../data/hub-zones";
import { monitorEndpoints, serviceDnsZones } from "../render/endpoint-targets";

const PATH = "azure.dnsZones";

export function* reviewHubZones(plan: NetworkPlan): Iterable<Diagnostic> {
  if (!hasHubZones(plan)) return;
  yield* reviewMonitor(plan);
  const needed = monitorEndpoints(plan).length > 0 ? [] : serviceDnsZones(plan);
  yield* reviewIds(plan, serviceDnsZones(plan));
  const given = hubZoneIds(plan).flatMap((id) => parseZoneId(id)?.name ?? []);
  const lacking = isByPolicy(plan) ? [] : needed.filter((zone) => !given.includes(zone));
  if (lacking.length > 0) {
    const detail = `Endpoints have names in ${lacking.join(", ")}. Give the id of each of these zones.`;
    yield error("azure-dns-zones", PATH, "zones of the hub are missing", detail, { facts: { lacking } });
  }
  if (needed.length > 0) yield linksOf(plan, needed);
}

/**
 * Names of Azure Monitor are the same for everybody, so who shares zones shares one scope.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/fundamentals/private-link-design
 */
function* reviewMonitor(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const { name, path } of monitorEndpoints(plan)) {
    const summary = `"${name}" would take Azure Monitor away from all who share the hub's zones`;
    const detail =
      "Its private endpoint writes names that are the same for every network, and leads them into this enclave. " +
      "Remove the endpoint, or azure.dnsZones.";
    yield error("azure-dns-zones", path, summary, detail, { facts: { endpoint: name } });
  }
}

function* reviewIds(plan: NetworkPlan, needed: readonly string[]): Iterable<Diagnostic> {
  const ids = hubZoneIds(plan);
  const names = ids.map((id) => parseZoneId(id)?.name);
  for (const [index, id] of ids.entries()) {
    const name = names[index];
    const why = wrongZone(name, needed, names.indexOf(name) < index);
    if (why === undefined) continue;
    yield error("azure-dns-zones", joinPath(PATH, index), "the zone of the hub is not one to use", why, {
      facts: { id },
    });
  }
}

function wrongZone(
  name: string | undefined,
  needed: readonly string[],
  isLater: boolean,
): string | undefined {
  if (name === undefined)
    return "Its id has the form /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/privateDnsZones/NAME.";
  if (isLater) return `${name} stands there already, and a network has one zone of a name.`;
  return needed.includes(name) ? undefined : `No endpoint has a name in ${name}.`;
}

function linksOf(plan: NetworkPlan, zones: readonly string[]): Diagnostic {
  const writer = isByPolicy(plan) ? "The policy has to write names of these endpoints. " : "";
  const detail =
    `${writer}Who owns the hub links each zone to the network of the enclave, whose id is the output network_id: ` +
    "az network private-dns link vnet create --resource-group HUB --zone-name ZONE " +
    `--name ${plan.name} --virtual-network NETWORK_ID --registration-enabled false. ` +
    `Until then names resolve in public, where no route leads. Zones: ${zones.join(", ")}.`;
  const summary = "the hub has to link its private DNS zones to the network";
  return info("azure-dns-zones-hub", PATH, summary, detail, { facts: { zones } });
}
