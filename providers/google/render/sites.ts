/**
 * Where the infrastructure lies within the fixed blocks that every enclave has: Google needs a range for proxies, an address for
 * the proxy, one for Google APIs, and a subnetwork for endpoints of other services.
 */
import { type Block, slotOf } from "../../../src/addresses/address";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { Rendering } from "../../shared/rendering";

/** What addresses are computed from; there is nothing to render to yet. */
export type Planned = Pick<Rendering, "plan" | "printer">;

/** Past the reserved first addresses of a subnetwork, as everywhere in an enclave. */
const FIRST_HOST = 4;

/** The range from which the managed proxies themselves work; at least a /26. */
export const proxyOnlyBlock = (plan: NetworkPlan): Block => plan.sites.proxy;

/** The first half of the links block is kept for address translation of published services, the last two quarters serve here. */
export const proxyBlock = (plan: NetworkPlan): Block => slotOf(plan.sites.links, 2);
export const proxyAddress = ({ plan, printer }: Planned): string =>
  printer.host(proxyBlock(plan), FIRST_HOST);

/** No subnetwork may hold this one: https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints */
export const apiAddress = ({ plan, printer }: Planned): string =>
  printer.host(slotOf(plan.sites.links, 3), FIRST_HOST);

/** One subnetwork for all slots: Google's span the region. */
export const endpointsBlock = (plan: NetworkPlan): Block => plan.sites.endpoints;

/** The endpoints block is a /24 on every enclave, of which five addresses are reserved, and sixteen for the services of Google. */
export const LAST_ENDPOINT_ORDINAL = 234;
export const endpointAddress = ({ plan, printer }: Planned, ordinal: number): string =>
  printer.host(endpointsBlock(plan), FIRST_HOST - 1 + ordinal);

/** `seat` from 0 to 15, behind all other endpoints. */
export const serviceAddress = ({ plan, printer }: Planned, seat: number): string =>
  printer.host(endpointsBlock(plan), FIRST_HOST + LAST_ENDPOINT_ORDINAL + seat);
