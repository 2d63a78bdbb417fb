/** Outputs that say the same of every cloud. */
import type { PlannedZone } from "../src/plan/network-plan";
import { type Address, addOutput, expr, type Rendering } from "./rendering";

/** What a cloud made of a zone; no groups where its subnets say what belongs to it. */
export interface PlacedZone {
  readonly subnets: readonly Address[];
  readonly groups: readonly Address[];
}

export function addZonesOutput(rendering: Rendering, description: string, placed: (zone: PlannedZone) => PlacedZone): void {
  const { plan, printer } = rendering;
  const id = (address: Address): string => expr(`${address}.id`);
  const said = plan.zones.map((zone) => {
    const { subnets, groups } = placed(zone);
    const cidrs = zone.subnets.map((block) => printer.cidr(block));
    return [zone.name, { cidrs, subnet_ids: subnets.map(id), group_ids: groups.map(id) }] as const;
  });
  addOutput(rendering, "zones", description, Object.fromEntries(said));
}
