/** Addresses that later steps need of earlier ones. */
import type { PlannedZone } from "../../../src/plan/network-plan";
import type { Address } from "../../shared/rendering";

/** A zone, one subnet per slot, or the subnet of the private endpoints; `zone` is absent for infrastructure. */
export interface PlacedSubnets {
  readonly id: string;
  readonly zone?: PlannedZone;
  readonly subnets: readonly Address[];
}

export interface Network {
  readonly virtualNetwork: Address;
  /** By zone name. */
  readonly zones: Readonly<Record<string, PlacedSubnets>>;
  /** Present when something in the enclave has a private endpoint. */
  readonly endpoints?: PlacedSubnets;
}

/** Endpoint name to the application security group that its network interfaces join. */
export type EndpointGroups = Readonly<Record<string, Address>>;

/** What filters a subnet, to be waited for by everything that is put into one: without it a subnet is open for a moment. */
export interface Guards {
  /** By Terraform name of the subnets: zone id or `enclave_endpoints`. */
  readonly groups: Readonly<Record<string, Address>>;
  readonly associations: Readonly<Record<string, readonly Address[]>>;
}
