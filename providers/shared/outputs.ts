/** Outputs that say the same of every cloud. */
import type { PlannedZone } from "../../src/plan/network-plan";
import { type Address, addOutput, expr, type Rendering } from "./rendering";

/** What a cloud made of a zone; no groups where its subnets say what belongs to it. */
export interface PlacedZone {
  readonly subnets: readonly Address[];
  readonly groups: readonly Address[];
}

/** `after`: what filters the subnets where that is a resource of its own, so that nothing is put into one before. */
export function addZonesOutput(
  rendering: Rendering,
  description: string,
  placed: (zone: PlannedZone) => PlacedZone,
  after: readonly Address[] = [],
): void {
  const { plan, printer } = rendering;
  const id = (address: Address): string => expr(`${address}.id`);
  const said = plan.zones.map((zone) => {
    const { subnets, groups } = placed(zone);
    const cidrs = zone.subnets.map((block) => printer.cidr(block));
    return [zone.name, { cidrs, subnet_ids: subnets.map(id), group_ids: groups.map(id) }] as const;
  });
  addOutput(rendering, "zones", description, Object.fromEntries(said), after);
}
