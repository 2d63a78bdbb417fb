/**
 * Resource ids of the spec: parsed, spelled as azurerm takes them, matched with the kinds of a service. Ids
 * of the Terraform variable, where the spec gives none: checked by Terraform as the review checks the spec's.
 */
import type { Service, Traffic } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, givenIds, quoted, quotedList } from "../../shared/expressions";
import { keysAmong, type Validation, valid } from "../../shared/variables";
import { HTTPS, isMonitor, KINDS, type Kind, kindsOf, MONITOR } from "./services";

const TYPES: readonly string[] = [
  ...Object.values(KINDS).flatMap((kinds) => kinds.map(({ type }) => type)),
  ...MONITOR.types,
  "Microsoft.ManagedIdentity/userAssignedIdentities",
];

/**
 * An application security group has 50 members at most, and a resource up to three addresses.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview#limitations
 */
export const MOST_MEMBERS = 50;
const MOST_IDS = Math.floor(MOST_MEMBERS / 3);

/** Demands on the ids that the variable gives. */
export const resourceIdRules = ({ endpoints }: NetworkPlan): Validation[] => [
  keysAmong(
    endpoints.map(({ name }) => name),
    "Each key must be a private endpoint of the enclave.",
  ),
  valid(
    `alltrue([for ids in values(var.private_endpoint_resource_ids) : length(ids) <= ${MOST_IDS}])`,
    `An endpoint leads to ${MOST_IDS} resources at most: Azure takes ${MOST_MEMBERS} addresses in a group of rules.`,
  ),
];

/** An id of the spec, which the review has found to be one, as azurerm takes it. */
export const spelled = (id: string): string => parseResourceId(id)?.resource ?? id;

/**
 * The parts of a resource id, which may name a part as private endpoints do: `…/privateLinkResources/dfs`.
 * Azure takes any capitals, and its own tools write `resourcegroups`, which azurerm refuses.
 * https://learn.microsoft.com/en-us/rest/api/storagerp/private-link-resources/list-by-storage-account
 */
export function parseResourceId(id: string) {
  const form =
    /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\p{L}\p{N}_.()-]+)\/providers\/([\w.]+\/\w+)\/([\w.()-]+)(?:\/privateLinkResources\/(\w+))?$/iu;
  const [, subscription, group, given, name, part] = form.exec(id) ?? [];
  if (given === undefined || name === undefined) return undefined;
  const type = TYPES.find((known) => known.toLowerCase() === given.toLowerCase()) ?? given;
  const resource = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;
  return { resource, type, name, part };
}

/**
 * An id as its service reads it: one that names no part is of the first kind of its type. `key` is one
 * spelling for each part of a resource: that of the resource alone for a part of the first kind.
 */
export function readId(service: Service, id: string) {
  const { resource, type, part } = parseResourceId(id) ?? { resource: id };
  const ofType = kindsOf(service).filter((kind) => kind.type === type);
  const isNamed = (kind: Kind): boolean => kind.subresource.toLowerCase() === part?.toLowerCase();
  const kind = part === undefined ? ofType[0] : ofType.find(isNamed);
  const key = kind === ofType[0] ? resource : `${resource}/privateLinkResources/${kind?.subresource}`;
  return { kind, resource, key: (kind === undefined ? id : key).toLowerCase() };
}

export const specIds = ({ resources }: Endpoint): readonly string[] => resources.azure ?? [];

/** Whether the Terraform variable gives an endpoint's ids. */
export const isOpen = (endpoint: Endpoint): boolean => specIds(endpoint).length === 0;

/** The kinds of an endpoint's resources; the first of its service where the Terraform variable gives them. */
export function kindsBehind(endpoint: Endpoint): readonly Kind[] {
  const kinds = kindsOf(endpoint.service);
  if (isOpen(endpoint)) return kinds.slice(0, 1);
  const named = specIds(endpoint).map((id) => readId(endpoint.service, id).kind);
  return kinds.filter((kind) => named.includes(kind));
}

/** Of an endpoint for which the spec has no ports. */
export function servicePorts(endpoint: Endpoint): Traffic[] {
  const ports = kindsBehind(endpoint).flatMap((kind) => kind.ports);
  const distinct = [...new Set(ports.length > 0 ? ports : [HTTPS])].sort((a, b) => a - b);
  return distinct.map((port) => ({ protocol: "tcp", from: port, to: port }));
}

/** Resources by a key that follows from their id. */
export type Resources = Readonly<Record<string, string>>;

/** `for_each` over resources of the spec, else over ids of the variable with their checks. */
export function eachOf(plan: NetworkPlan, endpoint: Endpoint, own: Resources, types: readonly string[]) {
  if (!isOpen(endpoint)) return { for_each: own };
  const others = plan.endpoints.filter(({ name, service }) => name !== endpoint.name && service !== "custom");
  const lists = [
    quotedList(others.flatMap(specIds).map((id) => id.toLowerCase())),
    ...others.filter(isOpen).map(({ name }) => `[for id in ${givenIds(name)} : lower(id)]`),
  ];
  const type = types.map((each) => each.replaceAll(".", "[.]")).join("|");
  const rest = `[^/]+/resourceGroups/[^/]+/providers/${types.length === 1 ? type : `(${type})`}/[^/]+`;
  // azurerm knows capitals in all that is fixed of an id of the scope; in the first word of others.
  const isExact = isMonitor(endpoint.service);
  const form = `^/subscriptions/${isExact ? rest : `(?i:${rest})`}$`;
  const isOfType = {
    condition: expr(`can(regex(${quoted(form)}, each.value))`),
    error_message:
      `Private endpoint ${endpoint.name} leads to ids of ` +
      `${types.join(" or ")}${isExact ? ", with these capitals" : ""}.`,
  };
  const isFree = {
    condition: expr(`!contains(concat(${lists.join(", ")}), each.key)`),
    error_message: "A resource named by several private endpoints has to stand in the spec.",
  };
  const ids = expr(`{ for id in ${givenIds(endpoint.name)} : lower(id) => id }`);
  return { for_each: ids, lifecycle: { precondition: [isOfType, isFree] } };
}
