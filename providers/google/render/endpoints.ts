/**
 * Private Service Connect. Google APIs answer at one address of the enclave, outside all its subnetworks, or
 * by regional endpoints at one each; services of others, and databases and indexes of the own project, answer
 * at an address each. Firewall rules cannot name an endpoint as their target: they rule what its clients may
 * send, so only a zone that uses an endpoint gets a rule towards its address.
 * https://docs.cloud.google.com/vpc/docs/private-service-connect
 */
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeForwardingRule } from "@cdktf/provider-google/lib/compute-forwarding-rule";
import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ComputeGlobalForwardingRule } from "@cdktf/provider-google/lib/compute-global-forwarding-rule";
import type { Endpoint } from "../../../src/plan/network-plan";
import {
  type Address,
  addCheck,
  addResource,
  after,
  expr,
  id,
  quoted,
  type Rendering,
  when,
} from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { attachmentOf } from "../data/resource-ids";
import { type ApiService, isApiEndpoint, isBundled } from "../data/services";
import { apiEndpointName, googleName, labels, named } from "./naming";
import { type Network, renderSubnetwork } from "./network";
import { renderRegionalEndpoint } from "./regional-endpoints";
import { addressOf, bundleAddress } from "./sites";

/** References to each endpoint's resource, by the endpoint's name; one expression where it may have none. */
export type EndpointIds = Readonly<Record<string, string | readonly string[]>>;

/** `perimeter` is there before Google APIs can be reached. */
export function renderEndpoints(
  rendering: Rendering,
  network: Network,
  perimeter: readonly Address[],
): EndpointIds {
  const { plan } = rendering;
  const ids: Record<string, string | readonly string[]> = {};
  const bundled = plan.endpoints.filter((endpoint) => isBundled(plan, endpoint));
  if (bundled.length > 0) {
    const bundle = renderBundle(rendering, network.network, perimeter);
    for (const { name } of bundled) ids[name] = [id(bundle)];
  }
  const inside = plan.endpoints.filter((endpoint) => !isBundled(plan, endpoint));
  if (inside.length === 0) return ids;
  const subnetwork = renderSubnetwork(rendering, {
    name: "enclave_endpoints",
    description: "Private endpoints",
    block: plan.sites.endpoints,
    network: network.network,
    association: network.association,
  });
  const regional: Partial<Record<ApiService, Address>> = {};
  for (const endpoint of inside)
    if (isApiEndpoint(endpoint)) {
      const { name, service } = endpoint;
      regional[service] ??= renderRegionalEndpoint(rendering, network, subnetwork, perimeter, endpoint);
      ids[name] = [id(regional[service])];
    } else ids[endpoint.name] = renderAttached(rendering, network, subnetwork, endpoint);
  return ids;
}

/** One address and one endpoint for all Google APIs that a perimeter can hold. */
function renderBundle(rendering: Rendering, network: Address, perimeter: readonly Address[]): Address {
  const { plan } = rendering;
  const address = addResource(rendering, ComputeGlobalAddress, "enclave_google_apis", {
    ...named(rendering, "enclave_google_apis", `Google APIs inside enclave ${plan.name}`),
    addressType: "INTERNAL",
    purpose: "PRIVATE_SERVICE_CONNECT",
    network: id(network),
    address: bundleAddress(rendering),
    labels: labels(rendering),
  });
  return addResource(rendering, ComputeGlobalForwardingRule, "enclave_google_apis", {
    name: apiEndpointName(plan),
    // The narrower of the two bundles: APIs that no perimeter can hold do not answer here.
    target: "vpc-sc",
    network: id(network),
    ipAddress: id(address),
    // Left out, it would mean EXTERNAL.
    loadBalancingScheme: "",
    noAutomateDnsZone: true,
    labels: labels(rendering),
    ...after(...perimeter),
  });
}

/** The endpoint is not created while nothing names its service attachment. */
function renderAttached(
  rendering: Rendering,
  { network }: Network,
  subnetwork: Address,
  endpoint: Endpoint,
): string | string[] {
  const name = `enclave_${endpoint.id}`;
  const region = regionOf(rendering.plan);
  const reserved = addResource(rendering, ComputeAddress, name, {
    ...named(rendering, name, `Private endpoint ${endpoint.name}`),
    region,
    subnetwork: id(subnetwork),
    addressType: "INTERNAL",
    address: addressOf(rendering, endpoint),
    labels: labels(rendering),
  });
  const attachment = attachmentOf(endpoint);
  const ids = `lookup(var.private_endpoint_resource_ids, ${quoted(endpoint.name)}, [])`;
  const exists = `length(${ids}) > 0`;
  const missing = `Private endpoint ${endpoint.name} is not created: private_endpoint_resource_ids names no service attachment for it.`;
  if (attachment === undefined) addCheck(rendering, name, exists, missing);
  const resource = addResource(rendering, ComputeForwardingRule, name, {
    name: googleName(rendering.plan, name),
    region,
    network: id(network),
    ipAddress: id(reserved),
    target: attachment ?? expr(`${ids}[0]`),
    loadBalancingScheme: "",
    allowPscGlobalAccess: false,
    recreateClosedPsc: true,
    noAutomateDnsZone: true,
    labels: labels(rendering),
    ...(attachment === undefined ? { count: when(exists) } : {}),
  });
  return attachment === undefined ? expr(`${resource}[*].id`) : [id(resource)];
}
