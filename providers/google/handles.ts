/** Addresses that later steps need of earlier ones. */
import type { PlannedZone } from "../../src/plan/network-plan";
import type { Address } from "../rendering";

export interface Network {
  /** The enclave's own VPC. */
  readonly network: Address;
  /** From here on the policy holds: everything that workloads can be put into comes after it. */
  readonly association: Address;
  /** Subnetworks in the order of the slots, by zone name. */
  readonly zones: Readonly<Record<string, readonly Address[]>>;
}

export const zoneNamed = (zones: readonly PlannedZone[], name: string): PlannedZone => {
  const zone = zones.find((candidate) => candidate.name === name);
  if (zone === undefined) throw new Error(`internal: the plan has no zone "${name}"`);
  return zone;
};
