/**
 * Addresses of the infrastructure within the fixed blocks that every enclave has: a range for proxies, an address for the proxy,
 * one for Google APIs, and a subnetwork for endpoints.
 */
import { type Block, slotOf } from "../../../src/addresses/address";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import type { Rendering } from "../../shared/rendering";
import { type ApiService, isApiEndpoint, isBundled } from "../data/services";

/** Enough to compute addresses, before there is anything to render to. */
export type PlanWithPrinter = Pick<Rendering, "plan" | "printer">;

/** The first addresses of a subnetwork are reserved, as everywhere in an enclave. */
const FIRST_HOST = 4;

/** The first half of the links block is kept for address translation of published services. */
export const proxyBlock = (plan: NetworkPlan): Block => slotOf(plan.sites.links, 2);

export const proxyAddress = ({ plan, printer }: PlanWithPrinter): string =>
  printer.host(proxyBlock(plan), FIRST_HOST);

/** No subnetwork may hold this one: https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints */
export const bundleAddress = ({ plan, printer }: PlanWithPrinter): string =>
  printer.host(slotOf(plan.sites.links, 3), FIRST_HOST);

/** The endpoints block is a /24: five addresses are reserved, and the last sixteen belong to regional endpoints. */
export const LAST_ENDPOINT_ORDINAL = 234;

/** A service's place in this list is its address: new ones go to the end. */
const REGIONAL_ORDER: readonly ApiService[] = ["object-storage", "secrets", "keys", "logs", "queue"];

/** Endpoints of one Google API share an address; without regional endpoints, all Google APIs do. */
export function addressOf(input: PlanWithPrinter, endpoint: Endpoint): string {
  const { plan, printer } = input;
  if (isBundled(plan, endpoint)) return bundleAddress(input);
  const number = isApiEndpoint(endpoint)
    ? LAST_ENDPOINT_ORDINAL + 1 + REGIONAL_ORDER.indexOf(endpoint.service)
    : endpoint.ordinal;
  return printer.host(plan.sites.endpoints, FIRST_HOST - 1 + number);
}
