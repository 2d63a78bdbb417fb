/**
 * Which endpoints the network does not tell apart. The address of all Google APIs answers for every service,
 * whichever of its names a client gives; that of a regional endpoint, for every resource of its service.
 * https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints
 */
import { inserting, setting } from "../../../src/diagnostics/edit";
import type { AddressJoin, Joined } from "../../../src/model/joins";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { apiEndpoints, isBundled } from "../data/services";

export function sharedAddress(plan: NetworkPlan): Joined {
  const google = { ...plan.settings.google, regionalEndpoints: "prefer" } as const;
  const preferring = { ...plan, settings: { ...plan.settings, google } };
  const given = plan.settings.google.regionalEndpoints;
  const edit = (given === undefined ? inserting : setting)("google.regionalEndpoints", "prefer");
  return {
    rule: "google-shared-address",
    joins: joinsOf(plan),
    ...(given ? {} : { narrower: { edit, joins: joinsOf(preferring) } }),
    because: "one address answers for several endpoints",
    otherwise:
      "On google only the perimeter and identity policy (IAM) tell what answers at one address apart.",
  };
}

const joinsOf = (plan: NetworkPlan): AddressJoin[] =>
  apiEndpoints(plan).flatMap((used) =>
    apiEndpoints(plan)
      .filter((each) => each !== used && (isBundled(plan, used) || each.service === used.service))
      .flatMap(({ name }) => used.from.map((zone) => ({ zone, used: used.name, reached: name }))),
  );
