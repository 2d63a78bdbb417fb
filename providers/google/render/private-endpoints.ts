/**
 * Private Service Connect. Google APIs answer at one address of the enclave, outside all its subnetworks, or by regional endpoints
 * at one each; services of others, and databases and indexes of the own project, answer at an address each. An endpoint is no
 * target of firewall rules: only what its clients may send can be ruled, so every zone that uses one gets a rule towards its
 * address, and no other zone does.
 * https://docs.cloud.google.com/vpc/docs/private-service-connect
 */
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeForwardingRule } from "@cdktf/provider-google/lib/compute-forwarding-rule";
import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ComputeGlobalForwardingRule } from "@cdktf/provider-google/lib/compute-global-forwarding-rule";
import type { Endpoint, NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import {
  type Address,
  addCheck,
  addResource,
  dependable,
  expr,
  quoted,
  type Rendering,
  when,
} from "../../shared/rendering";
import { zoneNamed } from "../../shared/zones";
import { apiEndpoints, attachedEndpoints, isApi, portsOf } from "../data/managed-services";
import { regionOf } from "../data/regions";
import { attachmentOf } from "../data/resource-ids";
import { BANDS, type PolicyRule, wayTo } from "./flow-rules";
import type { Network } from "./handles";
import { apiEndpointName, googleName, labels } from "./naming";
import { isRegional, regionalAddress, renderRegionalEndpoints } from "./regional-endpoints";
import { apiAddress, endpointAddress, endpointsBlock, type Planned } from "./sites";
import { renderSubnetwork } from "./subnetworks";

export interface RenderedEndpoint {
  /** A forwarding rule or a regional endpoint. */
  readonly resource: Address;
  readonly address: string;
  /** Expression of the number of instances; absent: exactly one. */
  readonly exists?: string;
}

/** By name of the plan's endpoint. */
export type Endpoints = Readonly<Record<string, RenderedEndpoint>>;

/** `perimeter` is there before Google APIs can be reached. */
export function renderPrivateEndpoints(
  rendering: Rendering,
  network: Network,
  perimeter: Address | undefined,
): Endpoints {
  const { plan } = rendering;
  const inside = separateEndpoints(plan);
  const shared =
    plan.endpoints.length === inside.length ? undefined : renderApiEndpoint(rendering, network, perimeter);
  const subnetwork = inside.length === 0 ? undefined : renderEndpointSubnetwork(rendering, network);
  return {
    ...Object.fromEntries(
      shared === undefined ? [] : apiEndpoints(plan).map((endpoint) => [endpoint.name, shared]),
    ),
    ...(subnetwork === undefined ? {} : renderSeparate(rendering, network, subnetwork, perimeter)),
  };
}

/** Endpoints that have an address of the enclave's subnetworks. */
const separateEndpoints = (plan: NetworkPlan): readonly Endpoint[] =>
  isRegional(plan) ? plan.endpoints : attachedEndpoints(plan);

function renderSeparate(
  rendering: Rendering,
  network: Network,
  subnetwork: Address,
  perimeter: Address | undefined,
): Endpoints {
  const { plan } = rendering;
  const attached = attachedEndpoints(plan).map((endpoint) => [
    endpoint.name,
    renderAttached(rendering, network, subnetwork, endpoint),
  ]);
  if (!isRegional(plan)) return Object.fromEntries(attached);
  const regional = renderRegionalEndpoints(rendering, network, subnetwork, perimeter);
  const apis = apiEndpoints(plan).flatMap(({ name, service }) => {
    const resource = regional.get(service);
    return resource === undefined ? [] : [[name, { resource, address: regionalAddress(rendering, service) }]];
  });
  return Object.fromEntries([...attached, ...apis]);
}

/** One address and one endpoint for all Google APIs that a perimeter can hold. */
function renderApiEndpoint(
  rendering: Rendering,
  { network }: Network,
  perimeter: Address | undefined,
): RenderedEndpoint {
  const name = apiEndpointName(rendering.plan);
  const address = addResource(rendering, ComputeGlobalAddress, "enclave_google_apis", {
    name: googleName(rendering.plan, "enclave", "google-apis"),
    description: `Google APIs inside enclave ${rendering.plan.name}`,
    addressType: "INTERNAL",
    purpose: "PRIVATE_SERVICE_CONNECT",
    network: expr(`${network}.id`),
    address: apiAddress(rendering),
    labels: labels(rendering),
  });
  const resource = addResource(rendering, ComputeGlobalForwardingRule, "enclave_google_apis", {
    name,
    // The narrower of the two bundles: APIs that no perimeter can hold do not answer here.
    target: "vpc-sc",
    network: expr(`${network}.id`),
    ipAddress: expr(`${address}.id`),
    // Left out, it would mean EXTERNAL.
    loadBalancingScheme: "",
    noAutomateDnsZone: true,
    labels: labels(rendering),
    ...(perimeter === undefined ? {} : { dependsOn: [dependable(perimeter)] }),
  });
  return { resource, address: apiAddress(rendering) };
}

const renderEndpointSubnetwork = (rendering: Rendering, { network, association }: Network): Address =>
  renderSubnetwork(rendering, {
    id: "enclave_endpoints",
    text: "Private endpoints",
    block: endpointsBlock(rendering.plan),
    network,
    association,
  });

function renderAttached(
  rendering: Rendering,
  { network }: Network,
  subnetwork: Address,
  endpoint: Endpoint,
): RenderedEndpoint {
  const target = targetOf(endpoint);
  const address = addressOf(rendering, endpoint);
  const region = regionOf(rendering.plan);
  const id = `enclave_${endpoint.id}`;
  const reserved = addResource(rendering, ComputeAddress, id, {
    name: googleName(rendering.plan, "enclave", endpoint.id),
    description: `Private endpoint ${endpoint.name}`,
    region,
    subnetwork: expr(`${subnetwork}.id`),
    addressType: "INTERNAL",
    address,
    labels: labels(rendering),
  });
  if (target.exists !== undefined)
    addCheck(
      rendering,
      id,
      target.exists,
      `Private endpoint ${endpoint.name} is not created: private_endpoint_resource_ids names no service attachment for it.`,
    );
  const resource = addResource(rendering, ComputeForwardingRule, id, {
    name: googleName(rendering.plan, "enclave", endpoint.id),
    region,
    network: expr(`${network}.id`),
    ipAddress: expr(`${reserved}.id`),
    target: target.id,
    loadBalancingScheme: "",
    allowPscGlobalAccess: false,
    recreateClosedPsc: true,
    noAutomateDnsZone: true,
    labels: labels(rendering),
    ...(target.exists === undefined ? {} : { count: when(target.exists) }),
  });
  return { resource, address, ...(target.exists === undefined ? {} : { exists: target.exists }) };
}

/** The service attachment, from the spec or from the variable. */
function targetOf(endpoint: Endpoint): { readonly id: string; readonly exists?: string } {
  const given = attachmentOf(endpoint);
  if (given !== undefined) return { id: given };
  const ids = `lookup(var.private_endpoint_resource_ids, ${quoted(endpoint.name)}, [])`;
  return { id: expr(`${ids}[0]`), exists: `length(${ids}) > 0` };
}

const addressOf = (planned: Planned, { service, ordinal }: Endpoint): string =>
  isApi(service) ? regionalAddress(planned, service) : endpointAddress(planned, ordinal);

/** What the consumers' zones may send to the endpoints. */
export function endpointRules(planned: Planned): PolicyRule[] {
  const { plan } = planned;
  return [
    ...(isRegional(plan) ? [] : apiRules(planned)),
    ...separateEndpoints(plan).flatMap((endpoint) => rulesTowards(planned, endpoint)),
  ];
}

/** One rule for each zone: all its APIs are behind the same address. */
function apiRules(planned: Planned): PolicyRule[] {
  const { plan } = planned;
  return plan.zones.flatMap((zone) => {
    const used = apiEndpoints(plan).filter((endpoint) => uses(endpoint, zone));
    if (used.length === 0) return [];
    const description = `Private endpoints ${used.map((endpoint) => endpoint.name).join(", ")}`;
    return wayTo(planned, BANDS.apis + 2 * zone.ordinal, zone, {
      id: "enclave_google_apis",
      address: apiAddress(planned),
      traffic: [{ protocol: "tcp", from: 443, to: 443 }],
      description,
    });
  });
}

const uses = (endpoint: Endpoint, zone: PlannedZone): boolean =>
  endpoint.consumers.some((consumer) => consumer.zone === zone.name);

/** Apart from rules to the proxy and to the bundle of all APIs, whatever an endpoint is called. */
export const serviceRule = ({ id }: Endpoint): string => `enclave_service_${id}`;

function rulesTowards(planned: Planned, endpoint: Endpoint): PolicyRule[] {
  return endpoint.consumers.map((consumer) =>
    wayTo(planned, BANDS.services + 2 * consumer.ordinal, zoneNamed(planned.plan.zones, consumer.zone), {
      id: serviceRule(endpoint),
      address: addressOf(planned, endpoint),
      traffic: portsOf(endpoint),
      description: `Private endpoint ${endpoint.name}`,
    }),
  );
}
