/** One private endpoint: where it lies, what it waits for, which groups it joins, and what ids that come later have to be. */
import {
  PrivateEndpoint,
  type PrivateEndpointPrivateServiceConnection,
} from "@cdktf/provider-azurerm/lib/private-endpoint";
import { PrivateEndpointApplicationSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/private-endpoint-application-security-group-association";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, dependable, expr, quoted, type Rendering } from "../../shared/rendering";
import { isMonitor } from "../data/managed-services";
import { variableIds } from "./endpoint-targets";
import type { EndpointGroups } from "./handles";
import { placed, tags } from "./naming";
import { zoneIds } from "./private-dns";
import { addAzure } from "./resources";

export interface Context {
  readonly rendering: Rendering;
  readonly groups: EndpointGroups;
  readonly subnet: Address;
  /** The security group in force, and the zones that names are written to. */
  readonly after: readonly Address[];
}

interface Wanted {
  readonly id: string;
  readonly name: string;
  readonly connection: Omit<PrivateEndpointPrivateServiceConnection, "name">;
  /** None: its names are written otherwise. */
  readonly dnsZones: readonly string[];
  readonly after?: readonly Address[];
  readonly preconditions?: readonly Precondition[];
  /** One for each of these, by id. */
  readonly each?: unknown;
}

/** In the endpoint subnet, once its rules are in force. */
export function renderEndpoint({ rendering, subnet, after }: Context, wanted: Wanted): Address {
  const { id, name, connection, dnsZones, preconditions } = wanted;
  return addAzure(
    rendering,
    PrivateEndpoint,
    id,
    {
      ...placed(rendering),
      name,
      subnetId: expr(`${subnet}.id`),
      customNetworkInterfaceName: `${name}-nic`,
      privateServiceConnection: { name, ...connection },
      ...(dnsZones.length === 0
        ? {}
        : { privateDnsZoneGroup: { name: "default", privateDnsZoneIds: zoneIds(dnsZones) } }),
      tags: tags(rendering),
      dependsOn: [...after, ...(wanted.after ?? [])].map(dependable),
      ...(preconditions === undefined ? {} : { lifecycle: { precondition: [...preconditions] } }),
    },
    wanted.each === undefined ? {} : { for_each: wanted.each },
  );
}

/** Lets an endpoint's consumers in: rules name its group, and a private endpoint is in the groups of all that lead to it. */
export function renderMembership(
  { rendering, groups }: Context,
  endpoint: Endpoint,
  id: string,
  privateEndpoint: string,
  each?: unknown,
): void {
  addAzure(
    rendering,
    PrivateEndpointApplicationSecurityGroupAssociation,
    id,
    { privateEndpointId: privateEndpoint, applicationSecurityGroupId: expr(`${groups[endpoint.name]}.id`) },
    each === undefined ? {} : { for_each: each },
  );
}

/** The ids that the variable gives, by a key that does not change with their capitals. */
export const byLowerId = (endpoint: Endpoint): string =>
  expr(`{ for id in ${variableIds(endpoint)} : lower(id) => id }`);

interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/** What the review checks of ids in the spec, for ids that come later. */
export function preconditions(
  plan: NetworkPlan,
  endpoint: Endpoint,
  types: readonly string[],
): Precondition[] {
  const others = plan.endpoints.filter((other) => other.name !== endpoint.name && other.service !== "custom");
  const taken = others.flatMap((other) =>
    (other.resources.azure ?? []).map((id) => quoted(id.toLowerCase())),
  );
  const open = others.filter((other) => (other.resources.azure ?? []).length === 0);
  const lists = [
    `[${taken.join(", ")}]`,
    ...open.map((other) => `[for id in ${variableIds(other)} : lower(id)]`),
  ];
  const type = types.map((each) => each.replaceAll(".", "[.]")).join("|");
  const rest = `[^/]+/resourceGroups/[^/]+/providers/${types.length === 1 ? type : `(${type})`}/[^/]+`;
  // azurerm knows capitals in all that is fixed of an id that joins the scope, and in the first word of every other.
  const exact = isMonitor(endpoint.service);
  const form = `^/subscriptions/${exact ? rest : `(?i:${rest})`}$`;
  return [
    {
      condition: expr(`can(regex(${quoted(form)}, each.value))`),
      errorMessage: `Private endpoint ${endpoint.name} leads to ids of ${types.join(" or ")}${exact ? ", with these capitals" : ""}.`,
    },
    {
      condition: expr(`!contains(concat(${lists.join(", ")}), each.key)`),
      errorMessage: "A resource named by several private endpoints has to stand in the spec.",
    },
  ];
}
