/** The outputs of the contract, by the same names on every cloud. */
import { TerraformOutput } from "cdktf";
import type { Endpoint, PlannedZone } from "../../src/plan/network-plan";
import { type Address, after, id } from "./expressions";
import type { Rendering } from "./resources";

/** A description that says what the output is on this cloud, and its value. */
type Output<Value> = readonly [description: string, value: Value];

interface Outputs {
  readonly network: Output<Address>;
  /** The resources of a zone. It has no groups on a cloud where the subnet decides what belongs to it. */
  readonly zones: Output<
    (zone: PlannedZone) => { readonly subnet_ids: string | string[]; readonly group_ids: string[] }
  >;
  /** Filters that are resources of their own: nobody may use a subnet before them. */
  readonly filters?: readonly Address[];
  readonly endpoints: Output<(endpoint: Endpoint) => object>;
  /** `no_proxy`: what clients of the proxy reach without it. */
  readonly egress: Output<{
    readonly proxy_url: string;
    readonly no_proxy: readonly string[];
    readonly public_ips: readonly string[];
  }>;
  /** References by kind of log. */
  readonly logs: Readonly<Record<string, string>>;
}

export const ENDPOINT_PARTS = "Each private endpoint: ids, DNS names and addresses of what it is made of.";
export const TRANSPARENT =
  "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.";

export function addOutputs({ scope, plan, printer }: Rendering, outputs: Outputs): void {
  const { network, zones, filters = [], endpoints, egress, logs } = outputs;
  const zoneOutput = (zone: PlannedZone): object => {
    const cidrs = zone.subnets.map((block) => printer.cidr(block));
    return { cidrs, ...zones[1](zone) };
  };
  const add = (name: string, description: string, value: unknown, ...waitsFor: readonly Address[]): void => {
    const config = { value, description, ...after(...waitsFor) };
    new TerraformOutput(scope, `output.${name}`, config).overrideLogicalId(name);
  };
  add("network_id", network[0], id(network[1]));
  add("zones", zones[0], byName(plan.zones, zoneOutput), ...filters);
  add("private_endpoints", endpoints[0], byName(plan.endpoints, endpoints[1]));
  add("published_services", "Services published to consumers.", {});
  add("egress", ...egress);
  add("logs", "Where each kind of log is kept.", logs);
}

const byName = <Item extends { readonly name: string }>(items: readonly Item[], of: (item: Item) => object) =>
  Object.fromEntries(items.map((item) => [item.name, of(item)]));
