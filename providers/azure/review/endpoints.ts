/** Private endpoints of a spec on Azure: resources, aliases, names, and what the network cannot hold of them. */
import type { Code } from "../../../src/diagnostics/catalogue";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { replacing } from "../../../src/diagnostics/edit";
import { error, info } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { namedEndpoints, within } from "../../shared/private-names";
import { reviewHiddenNames, reviewTakenNames } from "../../shared/review/endpoints";
import { isMonitor } from "../data/services";
import { dnsZoneId, serviceDnsZones } from "../render/endpoint-targets";
import { reviewResources } from "./resource-ids";

export const reviewEndpoints = (plan: NetworkPlan): Diagnostic[] => [
  ...plan.endpoints.flatMap((endpoint) =>
    endpoint.service === "custom" ? reviewTarget(endpoint) : reviewResources(endpoint),
  ),
  ...reviewDnsNames(plan),
  ...reviewHiddenNames(plan, "azure-dns-name-hidden"),
  ...reviewRights(plan),
  ...reviewWaiting(plan),
  ...reviewMonitor(plan),
];

/** `<name>.<guid>.<region>.azure.privatelinkservice`: https://learn.microsoft.com/en-us/azure/private-link/private-link-service-overview */
const ALIAS =
  /^[\w-]+(\.[\w-]+)*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]+\.azure\.privatelinkservice$/i;
const ALIAS_EXAMPLE = "vendor.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";

function reviewTarget(endpoint: Endpoint): Diagnostic[] {
  const alias = endpoint.target.azure?.["privateLinkServiceAlias"];
  if (alias === undefined || ALIAS.test(alias)) return [];
  const path = `${endpoint.path}.target.azure.privateLinkServiceAlias`;
  const summary = `"${endpoint.name}" has no alias of a private link service`;
  const detail = `"${alias}" does not have the form <name>.<guid>.<region>.azure.privatelinkservice.`;
  return [
    error("azure-target", path, summary, detail, { facts: { alias }, fix: replacing(path, ALIAS_EXAMPLE) }),
  ];
}

/** A private zone answers for its whole domain, so a name in the domain of another endpoint would be answered by neither. */
function reviewDnsNames(plan: NetworkPlan): Diagnostic[] {
  const named = namedEndpoints(plan);
  const services = serviceDnsZones(plan);
  const all = [...named.map(({ dnsName }) => dnsName), ...services];
  const isFree = (domain: string): boolean => !all.some((zone) => within(zone, domain));
  const domain = ["example.com", "example.net", "example.org"].find(isFree) ?? "internal.example";
  return reviewTakenNames(plan, "azure-dns-zone-twice", (name, index) => {
    const earlier = named.slice(0, index).map(({ dnsName }) => dnsName);
    const other = [...earlier, ...services].find(
      (zone) => within(name, zone) || within(zone, name) || dnsZoneId(name) === dnsZoneId(zone),
    );
    const why = `"${name}" and "${other}" would be private DNS zones of one network. One would hide names of the other, or both would have one address in Terraform.`;
    return other === undefined ? undefined : { facts: { other }, why, domain };
  });
}

/** Reports once what the network cannot tell apart. */
function reviewRights({ endpoints }: NetworkPlan): Diagnostic[] {
  const concerned = endpoints.filter(({ access }) => access !== undefined);
  const detail =
    "A private endpoint of Azure has no policy. The network admits the zones to the resources. The output private_endpoints names the role and the scope of each right, to be assigned to the identities that run in the zone.";
  return note(
    "azure-access-by-role",
    "roles hold the access to private endpoints, not the network",
    detail,
    concerned,
  );
}

/** A private endpoint leads to one resource, which is never guessed. */
function reviewWaiting({ endpoints }: NetworkPlan): Diagnostic[] {
  const waiting = endpoints.filter(
    ({ service, resources }) =>
      service !== "custom" && !isMonitor(service) && (resources.azure ?? []).length === 0,
  );
  const detail =
    "A private endpoint of Azure leads to one resource. These have no ids under resources.azure, and are not created until the Terraform variable private_endpoint_resource_ids names some.";
  return note(
    "azure-endpoint-waits",
    "private endpoints wait for the ids of their resources",
    detail,
    waiting,
  );
}

function note(code: Code, summary: string, detail: string, endpoints: readonly Endpoint[]): Diagnostic[] {
  const facts = { endpoints: endpoints.map(({ name }) => name) };
  return endpoints.length === 0 ? [] : [info(code, "privateEndpoints", summary, detail, { facts })];
}

/** A network has one scope of Azure Monitor, with one address for all names. */
function reviewMonitor(plan: NetworkPlan): Diagnostic[] {
  const uses = plan.endpoints.filter(({ service }) => isMonitor(service));
  const facts = Object.fromEntries(uses.map(({ name, from }) => [name, [...from].sort()]));
  if (new Set(Object.values(facts).map(String)).size < 2) return [];
  const summary = "logs and metrics endpoints share one scope of Azure Monitor, which all their zones reach";
  const detail =
    "A network can have one private link scope, so each zone that uses one of these endpoints reaches the resources of all of them. Roles tell them apart.";
  return [info("azure-monitor-shared", "privateEndpoints", summary, detail, { facts })];
}
