/** Resource ids of the spec: parsed, spelled as azurerm takes them, matched with the kinds of a service. */
import type { Service, Traffic } from "../../../src/model/enclave";
import type { Endpoint } from "../../../src/plan/network-plan";
import { HTTPS, KINDS, type Kind, kindsOf, MONITOR } from "./services";

/** Every type that an id in a spec may be of. */
const TYPES: readonly string[] = [
  ...Object.values(KINDS).flatMap((kinds) => kinds.map(({ type }) => type)),
  ...MONITOR.types,
  "Microsoft.ManagedIdentity/userAssignedIdentities",
];

/** An id of the spec, which the review has found to be one, as azurerm takes it. */
export const spelled = (id: string): string => parseResourceId(id)?.resource ?? id;

export interface ResourceId {
  /** The resource itself, with Azure's capitals in all but the names. */
  readonly resource: string;
  readonly type: string;
  readonly name: string;
  /** Which part of it, where the id says so. */
  readonly part?: string;
}

/**
 * The parts of a resource id, which may name a part as private endpoints do: `…/privateLinkResources/dfs`.
 * Azure takes any capitals, and its own tools write `resourcegroups`, which azurerm refuses.
 * https://learn.microsoft.com/en-us/rest/api/storagerp/private-link-resources/list-by-storage-account
 */
export function parseResourceId(id: string): ResourceId | undefined {
  const form =
    /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\p{L}\p{N}_.()-]+)\/providers\/([\w.]+\/\w+)\/([\w.()-]+)(?:\/privateLinkResources\/(\w+))?$/iu;
  const [, subscription, group, given, name, part] = form.exec(id) ?? [];
  if (given === undefined || name === undefined) return undefined;
  const type = TYPES.find((known) => known.toLowerCase() === given.toLowerCase()) ?? given;
  const resource = `/subscriptions/${subscription}/resourceGroups/${group}/providers/${type}/${name}`;
  return { resource, type, name, ...(part && { part }) };
}

/** An id that names no part is of the first kind of its type. */
export function kindOfId(service: Service, id: string): Kind | undefined {
  const { type, part }: Partial<ResourceId> = parseResourceId(id) ?? {};
  const ofType = kindsOf(service).filter((kind) => kind.type === type);
  return part === undefined
    ? ofType[0]
    : ofType.find((kind) => kind.subresource.toLowerCase() === part.toLowerCase());
}

/** The ids that the spec gives an endpoint. */
export const specIds = ({ resources }: Endpoint): readonly string[] => resources.azure ?? [];

/** Whether the Terraform variable gives an endpoint's ids. */
export const isOpen = (endpoint: Endpoint): boolean => specIds(endpoint).length === 0;

/** The kinds of an endpoint's resources; the first of its service where the Terraform variable gives them. */
export function kindsBehind(endpoint: Endpoint): readonly Kind[] {
  const kinds = kindsOf(endpoint.service);
  if (isOpen(endpoint)) return kinds.slice(0, 1);
  const named = specIds(endpoint).map((id) => kindOfId(endpoint.service, id));
  return kinds.filter((kind) => named.includes(kind));
}

/** Of an endpoint for which the spec has no ports. */
export function servicePorts(endpoint: Endpoint): Traffic[] {
  const ports = kindsBehind(endpoint).flatMap((kind) => kind.ports);
  const distinct = [...new Set(ports.length > 0 ? ports : [HTTPS])].sort((a, b) => a - b);
  return distinct.map((port) => ({ protocol: "tcp", from: port, to: port }));
}
