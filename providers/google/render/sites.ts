/** Addresses of the infrastructure, in the fixed blocks that every enclave has. */
import { type Block, slotOf } from "../../../src/addresses/address";
import { MOST_REGIONAL_ENDPOINTS } from "../../../src/clouds/regional-endpoints";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import type { Rendering } from "../../shared/resources";
import { isApiEndpoint, isBundled } from "../data/services";

/** Enough to compute addresses, before there is anything to render to. */
export type PlanWithPrinter = Pick<Rendering, "plan" | "printer">;

/** The first addresses of a subnetwork are reserved, as everywhere in an enclave. */
const FIRST_HOST = 4;

/** The first half of the links block is kept for address translation of published services. */
export const proxyBlock = (plan: NetworkPlan): Block => slotOf(plan.sites.links, 2);

export const proxyAddress = ({ plan, printer }: PlanWithPrinter): string =>
  printer.host(proxyBlock(plan), FIRST_HOST);

/** In no subnetwork: https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints */
export const bundleAddress = ({ plan, printer }: PlanWithPrinter): string =>
  printer.host(slotOf(plan.sites.links, 3), FIRST_HOST);

/** The endpoints block is a /24: six addresses are reserved, and the last belong to regional endpoints. */
export const LAST_ENDPOINT_ORDINAL = 250 - MOST_REGIONAL_ENDPOINTS;

/** Endpoints of one Google API share an address; without regional endpoints, all Google APIs do. */
export function addressOf(input: PlanWithPrinter, endpoint: Endpoint): string {
  const { plan, printer } = input;
  if (isBundled(plan, endpoint)) return bundleAddress(input);
  const { name, ordinal, regionalOrdinal } = endpoint;
  if (!isApiEndpoint(endpoint)) return printer.host(plan.sites.endpoints, FIRST_HOST - 1 + ordinal);
  if (regionalOrdinal === undefined) throw new Error(`internal: the service of "${name}" has no number`);
  return printer.host(plan.sites.endpoints, FIRST_HOST - 1 + LAST_ENDPOINT_ORDINAL + regionalOrdinal);
}
