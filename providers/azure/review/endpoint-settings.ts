/** What a spec says of private endpoints for Azure: resource ids of the right kind, each once, and aliases. */

import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { removing, replacing } from "../../../src/diagnostics/edit";
import { error, info } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { endpointPath } from "../../shared/paths";
import { freeName, hiddenNames, within } from "../../shared/private-names";
import { kindOfId, parseResourceId } from "../data/resource-ids";
import { isMonitor, kindsOf, MONITOR } from "../data/services";
import { customEndpoints, dnsZoneId, partKey, serviceDnsZones } from "../render/endpoint-targets";

export const reviewEndpoints = (plan: NetworkPlan): Diagnostic[] => [
  ...plan.endpoints.flatMap((endpoint) =>
    endpoint.service === "custom" ? reviewTarget(endpoint) : reviewResources(endpoint),
  ),
  ...reviewDnsNames(plan),
  ...reviewHiddenNames(plan),
  ...reviewRights(plan),
  ...reviewWaiting(plan),
  ...reviewMonitor(plan),
];

/** Whole types, in the spelling of Azure. */
const typesOf = (endpoint: Endpoint): readonly string[] =>
  isMonitor(endpoint.service)
    ? MONITOR.types
    : [...new Set(kindsOf(endpoint.service).map((kind) => kind.type))];

const EXAMPLE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers";

function reviewResources(endpoint: Endpoint): Diagnostic[] {
  const ids = endpoint.resources.azure ?? [];
  const keys = ids.map((id) => partKey(endpoint.service, id));
  return ids.flatMap((id, index) => {
    const path = `${endpointPath(endpoint)}.resources.azure[${index}]`;
    if (keys.indexOf(keys[index] ?? "") < index) {
      return [
        error(
          "azure-resource-twice",
          path,
          `"${endpoint.name}" names a resource twice`,
          "Ids are the same in any capitals.",
          { facts: { id }, fix: removing(path) },
        ),
      ];
    }
    return [...reviewResource(endpoint, path, id), ...reviewDataLake(endpoint, path, id, keys)];
  });
}

/**
 * What the Data Lake's part of an account does not do itself, it sends to the blob part.
 * https://learn.microsoft.com/en-us/azure/storage/common/storage-private-endpoints#creating-a-private-endpoint
 */
function reviewDataLake(endpoint: Endpoint, path: string, id: string, keys: readonly string[]): Diagnostic[] {
  const parsed = parseResourceId(id);
  if (parsed === undefined || kindOfId(endpoint.service, id)?.subresource !== "dfs") return [];
  if (keys.includes(parsed.resource.toLowerCase())) return [];
  const detail =
    "Azure redirects some of what is asked of an account's Data Lake to its blobs, which nothing would lead to.";
  return [
    error(
      "azure-data-lake-alone",
      path,
      `"${endpoint.name}" leads to a Data Lake without its blobs`,
      detail,
      { facts: { account: parsed.name }, fix: `# add ${parsed.resource} beside it` },
    ),
  ];
}

function reviewResource(endpoint: Endpoint, path: string, id: string): Diagnostic[] {
  const types = typesOf(endpoint);
  const fix = replacing(path, `${EXAMPLE}/${types[0]}/ragexample`);
  const parsed = parseResourceId(id);
  if (parsed === undefined || !SUBSCRIPTION.test(id)) {
    const detail = `"${id}" is not written like /subscriptions/<id>/resourceGroups/<group>/providers/<type>/<name>.`;
    return [
      error("azure-resource-id", path, `"${endpoint.name}" names no resource of Azure`, detail, {
        facts: { id },
        fix,
      }),
    ];
  }
  const known = isMonitor(endpoint.service)
    ? types.some((type) => type.toLowerCase() === parsed.type.toLowerCase())
    : kindOfId(endpoint.service, id) !== undefined;
  if (!known || (isMonitor(endpoint.service) && parsed.part !== undefined)) {
    const part = parsed.part === undefined ? "" : `, part ${parsed.part}`;
    const detail = `It is a ${parsed.type}${part}; ${endpoint.service} is ${types.join(" or ")}.`;
    return [
      error("azure-resource-type", path, `"${endpoint.name}" names a resource of another service`, detail, {
        facts: { type: parsed.type, wanted: [...types] },
        fix,
      }),
    ];
  }
  const rule = NAMES[parsed.type.toLowerCase()];
  if (rule === undefined || rule.form.test(parsed.name)) return [];
  return [
    error(
      "azure-resource-name",
      path,
      `"${parsed.name}" is not a name that ${parsed.type} can have`,
      `${rule.text}.`,
      { facts: { name: parsed.name }, fix },
    ),
  ];
}

const SUBSCRIPTION = /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//i;

interface NameRule {
  readonly form: RegExp;
  readonly text: string;
}

/** Names that are names in DNS too: https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules */
const NAMES: Readonly<Record<string, NameRule>> = {
  "microsoft.storage/storageaccounts": {
    form: /^[a-z0-9]{3,24}$/,
    text: "It has 3 to 24 small letters and digits",
  },
  "microsoft.keyvault/vaults": {
    form: /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
    text: "It has 3 to 24 letters, digits and single hyphens",
  },
  "microsoft.keyvault/managedhsms": {
    form: /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
    text: "It has 3 to 24 letters, digits and single hyphens",
  },
  "microsoft.containerregistry/registries": {
    form: /^[a-z0-9]{5,50}$/i,
    text: "It has 5 to 50 letters and digits",
  },
  "microsoft.cognitiveservices/accounts": {
    form: /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/i,
    text: "It has 2 to 64 letters, digits and hyphens",
  },
  "microsoft.machinelearningservices/workspaces": {
    form: /^[a-z0-9][\w-]{2,32}$/i,
    text: "It has 3 to 33 letters, digits, hyphens and underscores",
  },
  "microsoft.search/searchservices": {
    form: /^(?!.*--)[a-z0-9]{2}[a-z0-9-]{0,57}[a-z0-9]$|^[a-z0-9]{2}$/,
    text: "It has 2 to 60 small letters, digits and single hyphens",
  },
  "microsoft.servicebus/namespaces": {
    form: /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i,
    text: "It has 6 to 50 letters, digits and hyphens",
  },
  "microsoft.eventhub/namespaces": {
    form: /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i,
    text: "It has 6 to 50 letters, digits and hyphens",
  },
};

/** `<name>.<guid>.<region>.azure.privatelinkservice`: https://learn.microsoft.com/en-us/azure/private-link/private-link-service-overview */
const ALIAS =
  /^[\w-]+(\.[\w-]+)*\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.[a-z0-9]+\.azure\.privatelinkservice$/i;
const ALIAS_EXAMPLE = "vendor.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";

function reviewTarget(endpoint: Endpoint): Diagnostic[] {
  const alias = endpoint.target.azure?.["privateLinkServiceAlias"];
  if (alias === undefined || ALIAS.test(alias)) return [];
  const path = `${endpointPath(endpoint)}.target.azure.privateLinkServiceAlias`;
  const detail = `"${alias}" is not written like <name>.<guid>.<region>.azure.privatelinkservice.`;
  return [
    error("azure-target", path, `"${endpoint.name}" has no alias of a private link service`, detail, {
      facts: { alias },
      fix: replacing(path, ALIAS_EXAMPLE),
    }),
  ];
}

/** A private zone answers for its whole domain, so a name inside another endpoint's domain would be answered by neither. */
function reviewDnsNames(plan: NetworkPlan): Diagnostic[] {
  const services = serviceDnsZones(plan);
  const others = [...customEndpoints(plan).map(({ dnsName }) => dnsName ?? ""), ...services];
  return customEndpoints(plan).flatMap((endpoint, index, all) => {
    const name = endpoint.dnsName ?? "";
    const domain =
      ["example.com", "example.net", "example.org"].find(
        (free) => !others.some((zone) => within(zone, free)),
      ) ?? "internal.example";
    const earlier = all.slice(0, index).flatMap((other) => other.dnsName ?? []);
    const other = [...earlier, ...services].find((zone) => clash(name, zone));
    if (other === undefined) return [];
    const path = `${endpointPath(endpoint)}.dnsName`;
    const detail = `"${name}" and "${other}" would be private DNS zones of one network, of which one hides names of the other, or of one address in Terraform.`;
    return [
      error(
        "azure-dns-zone-twice",
        path,
        `the name of "${endpoint.name}" is inside another private name`,
        detail,
        { facts: { name, other }, fix: replacing(path, freeName(plan, endpoint.name, domain)) },
      ),
    ];
  });
}

/** What a private zone does not hold does not exist for the network, the firewall included. */
const reviewHiddenNames = (plan: NetworkPlan): Diagnostic[] =>
  hiddenNames(plan).map(({ endpoint, name, hidden, by }) => {
    const detail = `"${name}" becomes a private DNS zone of the network, which answers for everything below it: "${hidden}" (${by}) would not resolve.`;
    const path = `${endpointPath(endpoint)}.dnsName`;
    return error("azure-dns-name-hidden", path, `the name of "${endpoint.name}" hides "${hidden}"`, detail, {
      facts: { name, hidden },
      fix: replacing(path, freeName(plan, endpoint.name, name)),
    });
  });

const clash = (a: string, b: string): boolean =>
  inside(a, b) || inside(b, a) || dnsZoneId(a) === dnsZoneId(b);

const inside = (name: string, domain: string): boolean => name.endsWith(`.${domain}`);

/** What the network cannot tell apart is said, once. */
function reviewRights(plan: NetworkPlan): Diagnostic[] {
  const concerned = plan.endpoints.filter(({ access }) => access !== undefined);
  if (concerned.length === 0) return [];
  const names = concerned.map((endpoint) => endpoint.name);
  const detail =
    "A private endpoint of Azure has no policy. The network admits the zones to the resources; the output private_endpoints names the role and the scope that hold each right, to be assigned to whoever runs in the zone.";
  return [
    info(
      "azure-access-by-role",
      "privateEndpoints",
      "access to private endpoints is held by roles, not by the network",
      detail,
      { facts: { endpoints: names } },
    ),
  ];
}

/** A private endpoint leads to a resource, and which one is never guessed. */
function reviewWaiting(plan: NetworkPlan): Diagnostic[] {
  const waiting = plan.endpoints.filter(
    ({ service, resources }) =>
      service !== "custom" && !isMonitor(service) && (resources.azure ?? []).length === 0,
  );
  if (waiting.length === 0) return [];
  const detail =
    "A private endpoint of Azure leads to one resource. These have no ids under resources.azure, and are not created until the Terraform variable private_endpoint_resource_ids names some.";
  return [
    info(
      "azure-endpoint-waits",
      "privateEndpoints",
      "private endpoints wait for the ids of their resources",
      detail,
      { facts: { endpoints: waiting.map(({ name }) => name) } },
    ),
  ];
}

/** One scope of Azure Monitor for a network, and one address for all that it answers to. */
function reviewMonitor(plan: NetworkPlan): Diagnostic[] {
  const uses = plan.endpoints.filter(({ service }) => isMonitor(service));
  const zones = Object.fromEntries(
    uses.map(({ name, consumers }) => [name, consumers.map(({ zone }) => zone).sort()]),
  );
  if (new Set(Object.values(zones).map(String)).size < 2) return [];
  const detail =
    "Logs and metrics are reached by the one private link scope that a network can have, so each zone reaches what any of these endpoints leads to. Roles tell them apart.";
  return [
    info(
      "azure-monitor-shared",
      "privateEndpoints",
      "endpoints of logs and metrics are one, for the zones of all",
      detail,
      { facts: zones },
    ),
  ];
}
