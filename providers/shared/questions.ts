/** Questions about a plan that every cloud asks. */
import type { SpecPath } from "../../src/diagnostics/diagnostic";
import type { Endpoint, NetworkPlan, PlannedDeparture, PlannedZone, Way } from "../../src/plan/network-plan";
import { waysTo } from "../../src/plan/ways";

/** Both throw for a name that the model must not let through. */
export const zoneNamed = ({ zones }: NetworkPlan, name: string): PlannedZone => found(zones, name);
export const endpointNamed = ({ endpoints }: NetworkPlan, name: string): Endpoint => found(endpoints, name);

function found<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item {
  const item = items.find((candidate) => candidate.name === name);
  if (item === undefined) throw new Error(`internal: the plan has no "${name}"`);
  return item;
}

export const hasEgress = ({ departures }: NetworkPlan): boolean => departures.length > 0;

export const departuresOf = (plan: NetworkPlan, zone: PlannedZone): PlannedDeparture[] =>
  plan.departures.filter((departure) => departure.zone === zone.name);

/** By number, so that the order of the spec changes nothing. */
export const leavingZones = (plan: NetworkPlan): PlannedZone[] =>
  plan.zones.filter((zone) => departuresOf(plan, zone).length > 0).sort((a, b) => a.ordinal - b.ordinal);

export const servesInternet = (plan: NetworkPlan, zone: PlannedZone): boolean =>
  waysTo(plan, zone.name).some(({ from }) => from.kind === "internet");

/** The interfaces of a zone: each has a fixed address in each of its subnets. `slot` counts from 1. */
export const interfacesOf = (zone: PlannedZone) =>
  zone.interfaces.flatMap((item) => zone.subnets.map((subnet, index) => ({ item, slot: index + 1, subnet })));

/** The spec item that a part of the plan comes from; `otherwise` holds all items of its kind. */
export const pathOf = ({ because }: Pick<Way, "because">, otherwise: SpecPath): SpecPath =>
  because[0]?.path ?? otherwise;

/** `example.com` of `*.example.com` and of itself. */
export const domainOf = (pattern: string): string => pattern.toLowerCase().replace(/^\*\./, "");

/** True for the domain itself and for every name below it. */
export const within = (name: string, domain: string): boolean => `.${name}`.endsWith(`.${domain}`);

/** `any_huggingface_co` of `*.huggingface.co`. */
export const nameId = (name: string): string =>
  name.toLowerCase().replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_");
