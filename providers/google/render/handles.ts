/** Addresses that later steps need of earlier ones. */
import type { Address } from "../../shared/rendering";

export interface Network {
  /** The enclave's own VPC. */
  readonly network: Address;
  /** From here on the policy holds: everything that workloads can be put into comes after it. */
  readonly association: Address;
  /** Subnetworks in the order of the slots, by zone name. */
  readonly zones: Readonly<Record<string, readonly Address[]>>;
}
