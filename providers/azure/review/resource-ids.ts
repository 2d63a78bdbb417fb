/** Ids of the resources that private endpoints of Azure lead to: of the right type, once each, with a possible name. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { removing, replacing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { Endpoint } from "../../../src/plan/network-plan";
import { kindOfId, parseResourceId } from "../data/resource-ids";
import { isMonitor, kindsOf, MONITOR } from "../data/services";
import { partKey } from "../render/endpoint-targets";

export function reviewResources(endpoint: Endpoint): Diagnostic[] {
  const ids = endpoint.resources.azure ?? [];
  const keys = ids.map((id) => partKey(endpoint.service, id));
  return ids.flatMap((id, index) => {
    const path = `${endpoint.path}.resources.azure[${index}]`;
    if (keys.indexOf(keys[index] ?? "") === index)
      return [...reviewResource(endpoint, path, id), ...reviewDataLake(endpoint, path, id, keys)];
    const summary = `"${endpoint.name}" names a resource twice`;
    const more = { facts: { id }, fix: removing(path) };
    return [error("azure-resource-twice", path, summary, "Azure ignores capitals in ids.", more)];
  });
}

const EXAMPLE = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers";
const SUBSCRIPTION = /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\//i;

function reviewResource({ name, service }: Endpoint, path: SpecPath, id: string): Diagnostic[] {
  const types = isMonitor(service) ? MONITOR.types : [...new Set(kindsOf(service).map(({ type }) => type))];
  const fix = replacing(path, `${EXAMPLE}/${types[0]}/ragexample`);
  const parsed = parseResourceId(id);
  if (parsed === undefined || !SUBSCRIPTION.test(id)) {
    const detail = `"${id}" does not have the form /subscriptions/<id>/resourceGroups/<group>/providers/<type>/<name>.`;
    return [
      error("azure-resource-id", path, `"${name}" names no resource of Azure`, detail, {
        facts: { id },
        fix,
      }),
    ];
  }
  const { type, part } = parsed;
  const isOfService = isMonitor(service)
    ? part === undefined && types.some((each) => each.toLowerCase() === type.toLowerCase())
    : kindOfId(service, id) !== undefined;
  if (!isOfService) {
    const detail = `It is a ${type}${part === undefined ? "" : `, part ${part}`}; ${service} is ${types.join(" or ")}.`;
    const more = { facts: { type, wanted: [...types] }, fix };
    return [
      error("azure-resource-type", path, `"${name}" names a resource of another service`, detail, more),
    ];
  }
  const [form, text = ""] = NAMES[type.toLowerCase()] ?? [];
  if (form === undefined || form.test(parsed.name)) return [];
  const summary = `"${parsed.name}" cannot be the name of a ${type}`;
  return [error("azure-resource-name", path, summary, text, { facts: { name: parsed.name }, fix })];
}

/**
 * The Data Lake part of an account sends some requests to its blob part.
 * https://learn.microsoft.com/en-us/azure/storage/common/storage-private-endpoints#creating-a-private-endpoint
 */
function reviewDataLake(
  { name, service }: Endpoint,
  path: SpecPath,
  id: string,
  keys: readonly string[],
): Diagnostic[] {
  const parsed = parseResourceId(id);
  if (parsed === undefined || kindOfId(service, id)?.subresource !== "dfs") return [];
  if (keys.includes(parsed.resource.toLowerCase())) return [];
  const summary = `"${name}" leads to a Data Lake without its blobs`;
  const detail =
    "Azure redirects some requests from the Data Lake of an account to its blobs, to which no endpoint would lead.";
  const more = { facts: { account: parsed.name }, fix: `# add ${parsed.resource} beside it` };
  return [error("azure-data-lake-alone", path, summary, detail, more)];
}

type NameRule = readonly [form: RegExp, text: string];

const VAULT: NameRule = [
  /^[a-z](?!.*--)[a-z0-9-]{1,22}[a-z0-9]$/i,
  "It has 3 to 24 letters, digits and single hyphens.",
];
const NAMESPACE: NameRule = [
  /^[a-z][a-z0-9-]{4,48}[a-z0-9]$/i,
  "It has 6 to 50 letters, digits and hyphens.",
];

/** Names that are in public DNS too: https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules */
const NAMES: Readonly<Record<string, NameRule>> = {
  "microsoft.storage/storageaccounts": [/^[a-z0-9]{3,24}$/, "It has 3 to 24 small letters and digits."],
  "microsoft.keyvault/vaults": VAULT,
  "microsoft.keyvault/managedhsms": VAULT,
  "microsoft.containerregistry/registries": [/^[a-z0-9]{5,50}$/i, "It has 5 to 50 letters and digits."],
  "microsoft.cognitiveservices/accounts": [
    /^[a-z0-9][a-z0-9-]{0,62}[a-z0-9]$/i,
    "It has 2 to 64 letters, digits and hyphens.",
  ],
  "microsoft.machinelearningservices/workspaces": [
    /^[a-z0-9][\w-]{2,32}$/i,
    "It has 3 to 33 letters, digits, hyphens and underscores.",
  ],
  "microsoft.search/searchservices": [
    /^(?!.*--)[a-z0-9]{2}[a-z0-9-]{0,57}[a-z0-9]$|^[a-z0-9]{2}$/,
    "It has 2 to 60 small letters, digits and single hyphens.",
  ],
  "microsoft.servicebus/namespaces": NAMESPACE,
  "microsoft.eventhub/namespaces": NAMESPACE,
};
