/** Subnetworks as every network of an enclave has them. */
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { Block } from "../../../src/addresses/address";
import { type Address, addResource, dependable, expr, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { googleName } from "./naming";

interface Subnetwork {
  /** Terraform name. */
  readonly id: string;
  readonly text: string;
  readonly block: Block;
  readonly network: Address;
  /** Absent where no policy belongs: the proxy's own network. */
  readonly association?: Address;
}

/** A subnetwork whose every flow is logged. */
export function renderSubnetwork(
  rendering: Rendering,
  { id, text, block, network, association }: Subnetwork,
): Address {
  return addResource(rendering, ComputeSubnetwork, id, {
    name: googleName(rendering.plan, id),
    description: text,
    region: regionOf(rendering.plan),
    network: expr(`${network}.id`),
    ipCidrRange: rendering.printer.cidr(block),
    purpose: "PRIVATE",
    stackType: "IPV4_ONLY",
    // On, it would lead to the public front doors of every tenant.
    privateIpGoogleAccess: false,
    privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
    logConfig: { aggregationInterval: "INTERVAL_5_SEC", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" },
    ...(association === undefined ? {} : { dependsOn: [dependable(association)] }),
  });
}
