/**
 * Private Service Connect. Google APIs answer at one address, outside all subnetworks, or by regional
 * endpoints at one each; services of others, databases and indexes at one each. A rule cannot name an
 * endpoint as its target, so only a zone that uses one gets a rule towards its address.
 * https://docs.cloud.google.com/vpc/docs/private-service-connect
 * https://docs.cloud.google.com/vpc/docs/regional-service-endpoints
 */
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeForwardingRule } from "@cdktf/provider-google/lib/compute-forwarding-rule";
import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ComputeGlobalForwardingRule } from "@cdktf/provider-google/lib/compute-global-forwarding-rule";
import { NetworkConnectivityRegionalEndpoint } from "@cdktf/provider-google/lib/network-connectivity-regional-endpoint";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, expr, givenIds, id, quoted, when } from "../../shared/expressions";
import { mergedTags } from "../../shared/naming";
import { addCheck, addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { attachmentOf } from "../data/resource-ids";
import { type ApiEndpoint, isApiEndpoint, isBundled, regionalHost } from "../data/services";
import { ENDPOINTS, NETWORK } from "./addresses";
import { afterPerimeter } from "./endpoint-policies";
import { apiEndpointName, attachedName, labelled } from "./naming";
import { renderSubnetwork } from "./network";
import { addressOf, bundleAddress } from "./sites";

export function renderEndpoints(rendering: Rendering): void {
  const { plan } = rendering;
  const inside = plan.endpoints.filter((endpoint) => !isBundled(plan, endpoint));
  if (inside.length < plan.endpoints.length) renderBundle(rendering);
  if (inside.length === 0) return;
  renderSubnetwork(rendering, "enclave_endpoints", "Private endpoints", plan.sites.endpoints);
  const regional = new Map(inside.filter(isApiEndpoint).map((endpoint) => [endpoint.service, endpoint]));
  for (const endpoint of regional.values()) renderRegional(rendering, endpoint);
  for (const endpoint of inside) if (!isApiEndpoint(endpoint)) renderAttached(rendering, endpoint);
}

const BUNDLE = "enclave_google_apis";

/** What brings a route to the enclave's network. */
export const endpointRoutes = (plan: NetworkPlan): readonly Address[] => [
  ...(plan.endpoints.some((each) => isBundled(plan, each))
    ? [`google_compute_global_forwarding_rule.${BUNDLE}` as const]
    : []),
  ...(plan.endpoints.some((each) => !isBundled(plan, each)) ? [ENDPOINTS] : []),
];

function renderBundle(rendering: Rendering): void {
  const { plan } = rendering;
  const address = addResource(rendering, ComputeGlobalAddress, BUNDLE, {
    ...labelled(rendering, BUNDLE, `Google APIs inside enclave ${plan.name}`),
    addressType: "INTERNAL",
    purpose: "PRIVATE_SERVICE_CONNECT",
    network: id(NETWORK),
    address: bundleAddress(rendering),
  });
  addResource(rendering, ComputeGlobalForwardingRule, BUNDLE, {
    name: apiEndpointName(plan),
    // The narrower of the two bundles: APIs that no perimeter can hold do not answer here.
    target: "vpc-sc",
    network: id(NETWORK),
    ipAddress: id(address),
    // Left out, it would mean EXTERNAL.
    loadBalancingScheme: "",
    noAutomateDnsZone: true,
    labels: mergedTags(rendering),
    ...afterPerimeter(plan),
  });
}

const regionalName = ({ service }: ApiEndpoint): string => `enclave_google_${service.replaceAll("-", "_")}`;

/**
 * With `google.regionalEndpoints`, in place of the bundle: one for each service, so that the network tells
 * services apart. The perimeter still decides whose resources they are.
 */
function renderRegional(rendering: Rendering, endpoint: ApiEndpoint): void {
  const { plan } = rendering;
  const name = regionalName(endpoint);
  const host = regionalHost(plan, endpoint.service);
  addResource(rendering, NetworkConnectivityRegionalEndpoint, name, {
    ...labelled(rendering, name, `${host} inside enclave ${plan.name}`),
    location: regionOf(plan),
    targetGoogleApi: host,
    // GLOBAL would open it to other regions.
    accessType: "REGIONAL",
    network: id(NETWORK),
    subnetwork: id(ENDPOINTS),
    address: addressOf(rendering, endpoint),
    ...afterPerimeter(plan),
  });
}

/** The endpoint is not created while nothing names its service attachment. */
function renderAttached(rendering: Rendering, endpoint: Endpoint): void {
  const name = `enclave_${endpoint.id}`;
  const region = regionOf(rendering.plan);
  const reserved = addResource(rendering, ComputeAddress, name, {
    ...labelled(rendering, name, `Private endpoint ${endpoint.name}`),
    region,
    subnetwork: id(ENDPOINTS),
    addressType: "INTERNAL",
    address: addressOf(rendering, endpoint),
  });
  const attachment = attachmentOf(endpoint);
  const given = `${givenIds(endpoint.name)}[0]`;
  // However it is spelled: with or without the address of the API in front.
  const spelt = `replace(${attachment ? quoted(attachment) : given}, "/^.*(projects[/])/", "$1")`;
  const exists = `length(${givenIds(endpoint.name)}) > 0`;
  const missing =
    `Private endpoint ${endpoint.name} is not created: ` +
    "private_endpoint_resource_ids names no service attachment for it.";
  if (attachment === undefined) addCheck(rendering, name, exists, missing);
  addResource(rendering, ComputeForwardingRule, name, {
    name: attachedName(rendering.plan, name, expr(`substr(sha1(${spelt}), 0, 8)`)),
    region,
    network: id(NETWORK),
    ipAddress: id(reserved),
    target: attachment ?? expr(given),
    loadBalancingScheme: "",
    allowPscGlobalAccess: false,
    recreateClosedPsc: true,
    noAutomateDnsZone: true,
    labels: mergedTags(rendering),
    ...(attachment === undefined ? { count: when(exists) } : {}),
  });
}

/** References to the resource of an endpoint; one expression where it may have none. */
export function endpointIds(plan: NetworkPlan, endpoint: Endpoint): string | string[] {
  if (isBundled(plan, endpoint)) return [id(`${ComputeGlobalForwardingRule.tfResourceType}.${BUNDLE}`)];
  if (isApiEndpoint(endpoint))
    return [id(`${NetworkConnectivityRegionalEndpoint.tfResourceType}.${regionalName(endpoint)}`)];
  const rule: Address = `${ComputeForwardingRule.tfResourceType}.enclave_${endpoint.id}`;
  return attachmentOf(endpoint) === undefined ? expr(`${rule}[*].id`) : [id(rule)];
}
