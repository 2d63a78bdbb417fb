/** Private endpoints of a spec on Azure: resources, aliases, names, and what the network cannot hold. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { within } from "../../shared/questions";
import {
  reviewAlikeNames,
  reviewHiddenNames,
  reviewRegionalSlots,
  reviewTakenNames,
} from "../../shared/review/endpoints";
import { isOpen } from "../data/resource-ids";
import { isManaged } from "../data/services";
import { dnsZoneId, monitorEndpoints, serviceDnsZones } from "../render/endpoint-targets";
import { reviewResources } from "./resource-ids";

export function* reviewEndpoints(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const endpoint of plan.endpoints)
    yield* endpoint.service === "custom" ? reviewTarget(endpoint) : reviewResources(endpoint);
  yield* reviewDnsNames(plan);
  yield* reviewRegionalSlots(plan, "azure");
  yield* reviewHiddenNames(plan, "azure-dns-name-hidden");
  yield* reviewNotes(plan);
  yield* reviewMonitor(plan);
  yield* reviewMetrics(plan);
}

/** https://learn.microsoft.com/en-us/azure/private-link/private-link-service-overview */
const ALIAS =
  /^[\w-]+(\.[\w-]+)*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]+\.azure\.privatelinkservice$/i;

function* reviewTarget(endpoint: Endpoint): Iterable<Diagnostic> {
  const alias = endpoint.target.azure?.["privateLinkServiceAlias"];
  if (alias === undefined || ALIAS.test(alias)) return;
  const path = `${endpoint.path}.target.azure.privateLinkServiceAlias`;
  const summary = `"${endpoint.name}" has no alias of a private link service`;
  const detail = `"${alias}" does not have the form <name>.<guid>.<region>.azure.privatelinkservice.`;
  yield error("azure-target", path, summary, detail, { facts: { alias } });
}

/** A private zone answers for its whole domain, so it would hide another endpoint's name in there. */
function* reviewDnsNames(plan: NetworkPlan): Iterable<Diagnostic> {
  const services = serviceDnsZones(plan);
  yield* reviewTakenNames(plan, "azure-dns-zone-twice", ({ domain: name }, earlier) => {
    const other = [...earlier.map(({ domain }) => domain), ...services].find(
      (zone) => within(name, zone) || within(zone, name) || dnsZoneId(name) === dnsZoneId(zone),
    );
    const why =
      `"${name}" and "${other}" would be private DNS zones of one network. ` +
      "One would hide names of the other, or both would have one address in Terraform.";
    return other === undefined ? undefined : { facts: { other }, why };
  });
  yield* reviewAlikeNames(plan);
}

const NOTES = [
  {
    code: "azure-access-by-role",
    concerns: ({ access }: Endpoint): boolean => access !== undefined,
    summary: "roles hold the access to private endpoints, not the network",
    detail:
      "A private endpoint of Azure has no policy. The network admits the zones to the resources. " +
      "The output private_endpoints names the role and the scope of each right, to be assigned to " +
      "the identities that run in the zone.",
  },
  {
    code: "azure-endpoint-waits",
    // A private endpoint leads to one resource, which is never guessed.
    concerns: (endpoint: Endpoint): boolean => isManaged(endpoint.service) && isOpen(endpoint),
    summary: "private endpoints wait for the ids of their resources",
    detail:
      "A private endpoint of Azure leads to one resource. " +
      "These have no ids under resources.azure, and are not created until the Terraform variable " +
      "private_endpoint_resource_ids names some.",
  },
] as const;

function* reviewNotes(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const { code, concerns, summary, detail } of NOTES) {
    const endpoints = plan.endpoints.filter(concerns).map(({ name }) => name);
    if (endpoints.length > 0)
      yield info(code, "privateEndpoints", summary, `${detail} Here: ${endpoints.join(", ")}.`, {
        facts: { endpoints },
      });
  }
}

/**
 * Metrics are read from an Azure Monitor workspace by an endpoint of its own, and from Azure Resource Manager, which no
 * private endpoint here leads to.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/metrics/azure-monitor-workspace-private-endpoint
 */
function* reviewMetrics({ endpoints }: NetworkPlan): Iterable<Diagnostic> {
  for (const { name, service, access, path } of endpoints) {
    if (service !== "metrics" || access === "write" || access === undefined) continue;
    const detail =
      "Metrics are written by private endpoints on Azure, and read through the portal or Azure Resource Manager. " +
      "Instead: access: write, and read them from outside.";
    const facts = { cloud: "azure", feature: "service:metrics" };
    const summary = `"${name}" reads metrics, which is not supported on azure`;
    yield error("capability-missing", `${path}.access`, summary, detail, { facts });
  }
}

/** A network has one scope of Azure Monitor, with one address for all names. */
function* reviewMonitor(plan: NetworkPlan): Iterable<Diagnostic> {
  const facts: Record<string, string[]> = {};
  for (const { name, from } of monitorEndpoints(plan)) facts[name] = [...from].sort();
  if (new Set(Object.values(facts).map(String)).size < 2) return;
  const summary = "logs and metrics endpoints share one scope of Azure Monitor, which all their zones reach";
  const detail =
    "A network can have one private link scope, so each zone that uses one of these endpoints " +
    "reaches the resources of all of them. Roles tell them apart.";
  yield info("azure-monitor-shared", "privateEndpoints", summary, detail, { facts });
}
