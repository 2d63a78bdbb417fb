/** Ids of resources behind private endpoints: of the right type, once each, with a possible name. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { removing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { Endpoint } from "../../../src/plan/network-plan";
import { parseResourceId, readId, specIds } from "../data/resource-ids";
import { isMonitor, kindsOf, MONITOR } from "../data/services";

export function* reviewResources(endpoint: Endpoint): Iterable<Diagnostic> {
  const ids = specIds(endpoint);
  const keys = ids.map((id) => readId(endpoint.service, id).key);
  for (const [index, id] of ids.entries()) {
    const path = `${endpoint.path}.resources.azure[${index}]`;
    if (keys.indexOf(keys[index] ?? "") === index) {
      yield* reviewResource(endpoint, path, id);
      yield* reviewDataLake(endpoint, path, id, keys);
      continue;
    }
    const summary = `"${endpoint.name}" names a resource twice`;
    const more = { facts: { id }, edits: [removing(path, "exact")] };
    yield error("azure-resource-twice", path, summary, "Azure ignores capitals in ids.", more);
  }
}

const SUBSCRIPTION = /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//i;

function* reviewResource({ name, service }: Endpoint, path: SpecPath, id: string): Iterable<Diagnostic> {
  const ofKinds = new Set(kindsOf(service).map(({ type }) => type));
  const types: string[] = isMonitor(service) ? [...MONITOR.types] : [...ofKinds];
  const parsed = parseResourceId(id);
  if (parsed === undefined || !SUBSCRIPTION.test(id)) {
    const summary = `"${name}" names no resource of Azure`;
    const detail =
      `"${id}" does not have the form ` +
      "/subscriptions/<id>/resourceGroups/<group>/providers/<type>/<name>.";
    yield error("azure-resource-id", path, summary, detail, { facts: { id } });
    return;
  }
  const { type, part } = parsed;
  const isOfService = isMonitor(service)
    ? part === undefined && types.includes(type)
    : readId(service, id).kind !== undefined;
  const [form, holds] = NAMES[type] ?? [];
  if (!isOfService) {
    const summary = `"${name}" names a resource of another service`;
    const detail =
      `It is a ${type}${part === undefined ? "" : `, part ${part}`}; ` +
      `${service} is ${types.join(" or ")}.`;
    yield error("azure-resource-type", path, summary, detail, { facts: { type, wanted: types } });
  } else if (form !== undefined && !form.test(parsed.name)) {
    const summary = `"${parsed.name}" cannot be the name of a ${type}`;
    const facts = { name: parsed.name };
    yield error("azure-resource-name", path, summary, `It has ${holds}.`, { facts });
  }
}

/**
 * `keys`: of all resources of the endpoint.
 * https://learn.microsoft.com/en-us/azure/storage/common/storage-private-endpoints#creating-a-private-endpoint
 */
function* reviewDataLake({ name, service }: Endpoint, path: SpecPath, id: string, keys: readonly string[]) {
  const parsed = parseResourceId(id);
  if (parsed === undefined || readId(service, id).kind?.subresource !== "dfs") return;
  if (keys.includes(parsed.resource.toLowerCase())) return;
  const summary = `"${name}" leads to a Data Lake without its blobs`;
  const detail =
    "Azure redirects some requests from the Data Lake of an account to its blobs, to which no endpoint " +
    `would lead. Add ${parsed.resource} beside it.`;
  yield error("azure-data-lake-alone", path, summary, detail, { facts: { account: parsed.name } });
}

const VAULT = [
  /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
  "3 to 24 letters, digits and single hyphens",
] as const;
const NAMESPACE = [/^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i, "6 to 50 letters, digits and hyphens"] as const;
const SEARCH = /^(?!.*--)[a-z0-9]{2}[a-z0-9-]{0,57}[a-z0-9]$|^[a-z0-9]{2}$/;
const WORKSPACE = /^[a-z0-9][\w-]{2,32}$/i;

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules */
const NAMES: Readonly<Record<string, readonly [form: RegExp, holds: string]>> = {
  "Microsoft.Storage/storageAccounts": [/^[a-z0-9]{3,24}$/, "3 to 24 small letters and digits"],
  "Microsoft.KeyVault/vaults": VAULT,
  "Microsoft.KeyVault/managedHSMs": VAULT,
  "Microsoft.ContainerRegistry/registries": [/^[a-z0-9]{5,50}$/i, "5 to 50 letters and digits"],
  "Microsoft.CognitiveServices/accounts": [
    /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/i,
    "2 to 64 letters, digits and hyphens",
  ],
  "Microsoft.MachineLearningServices/workspaces": [
    WORKSPACE,
    "3 to 33 letters, digits, hyphens and underscores",
  ],
  "Microsoft.Search/searchServices": [SEARCH, "2 to 60 small letters, digits and single hyphens"],
  "Microsoft.ServiceBus/namespaces": NAMESPACE,
  "Microsoft.EventHub/namespaces": NAMESPACE,
};
