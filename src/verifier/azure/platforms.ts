/** Subnets that are given to a service of Azure, which stands there alone. */
import { type Fault, unless } from "../replay/fault";
import type { Given, Platform } from "../replay/reader";
import { ANY, LAST_PORT } from "../replay/traffic";
import { placeOf } from "./hosts";
import type { Network } from "./network";

const EVERYTHING = [{ protocol: ANY, from: 0, to: LAST_PORT }] as const;

/**
 * The gateway that has neither a manager who comes in, nor a way out; Azure's load balancer looks after it on
 * ports of its own.
 * https://learn.microsoft.com/en-us/azure/application-gateway/application-gateway-private-deployment
 */
const SERVICES: Readonly<Record<string, Platform & { readonly delegation: string }>> = {
  "application-gateway": {
    delegation: "Microsoft.Network/applicationGateways",
    isOneSubnet: true,
    probes: EVERYTHING,
  },
};

export const platformNamed = (name: string): Platform | undefined => SERVICES[name];

/** Without its delegation the service is refused; with one, the subnet takes nothing else. */
export const otherPlatforms = ({ subnets }: Network, { platforms }: Given): Fault[] =>
  subnets.flatMap(({ name, resource, delegation }) => {
    const platform = platforms.get(placeOf(name).zone);
    const wanted = platform === undefined ? "" : (SERVICES[platform]?.delegation ?? "");
    return unless(delegation === wanted, resource, `it is given to "${delegation}" instead of "${wanted}"`);
  });
