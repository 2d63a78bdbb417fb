/** Outputs that are the same on every cloud. */
import type { PlannedZone } from "../../src/plan/network-plan";
import { type Address, addOutput, id, type Rendering } from "./rendering";

/** The resources of a zone. It has no groups on a cloud where the subnet decides what belongs to it. */
export interface PlacedZone {
  readonly subnets: readonly Address[];
  readonly groups: readonly Address[];
}

/** `waitsFor`: the filters of the subnets where they are resources of their own, so that nobody uses a subnet before them. */
export function addZonesOutput(
  rendering: Rendering,
  description: string,
  placed: (zone: PlannedZone) => PlacedZone,
  waitsFor: readonly Address[] = [],
): void {
  const { plan, printer } = rendering;
  const zones = plan.zones.map((zone) => {
    const { subnets, groups } = placed(zone);
    const cidrs = zone.subnets.map((block) => printer.cidr(block));
    return [zone.name, { cidrs, subnet_ids: subnets.map(id), group_ids: groups.map(id) }] as const;
  });
  addOutput(rendering, "zones", description, Object.fromEntries(zones), waitsFor);
}
