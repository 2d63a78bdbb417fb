/** Questions about the zones and endpoints of a plan that every cloud asks. */
import type { Endpoint, NetworkPlan, PlannedDeparture, PlannedZone } from "../../src/plan/network-plan";
import { exitsOf } from "../../src/plan/ways";

/** Throws for a name that the model has let through although there is no such zone. */
export const zoneNamed = (zones: readonly PlannedZone[], name: string): PlannedZone => {
  const zone = zones.find((candidate) => candidate.name === name);
  if (zone === undefined) throw new Error(`internal: the plan has no zone "${name}"`);
  return zone;
};

/** Throws for a name that the plan's own ways must not have. */
export const endpointNamed = ({ endpoints }: Pick<NetworkPlan, "endpoints">, name: string): Endpoint => {
  const endpoint = endpoints.find((candidate) => candidate.name === name);
  if (endpoint === undefined) throw new Error(`internal: the plan has no endpoint "${name}"`);
  return endpoint;
};

export const departuresOf = (plan: NetworkPlan, zone: PlannedZone): PlannedDeparture[] =>
  plan.departures.filter((departure) => departure.zone === zone.name);

/** Zones that leave, in plan order. */
export const leavingZones = (plan: NetworkPlan): PlannedZone[] =>
  plan.zones.filter((zone) => exitsOf(plan).some(({ from }) => from.zone === zone.name));
