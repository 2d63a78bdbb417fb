/** Services of Azure for which a zone is made ready, by the name in the spec: state of 2026-11-27. */
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";

export interface Platform {
  /** The service that the subnet is given to, which then takes nothing else. The zone is one subnet. */
  readonly delegation: string;
  /** What Azure itself has to reach, by its word for who comes. */
  readonly rules: readonly { readonly name: string; readonly from: string; readonly description: string }[];
  /** The longest prefix of its subnet that Microsoft advises. */
  readonly longest: number;
  /** Of the provider Microsoft.Network, registered in the subscription. */
  readonly feature: string;
  /** Domains of Azure's own that it may look up. */
  readonly domains: readonly string[];
}

export const PLATFORMS: Readonly<Record<string, Platform>> = {
  // The network-isolated kind: no manager of gateways comes in, nothing has to go out to the internet.
  // https://learn.microsoft.com/en-us/azure/application-gateway/application-gateway-private-deployment
  // https://learn.microsoft.com/en-us/azure/application-gateway/configuration-infrastructure
  // https://learn.microsoft.com/en-us/azure/application-gateway/application-gateway-dns-resolution
  "application-gateway": {
    delegation: "Microsoft.Network/applicationGateways",
    rules: [
      {
        name: "load_balancer",
        from: "AzureLoadBalancer",
        description: "Health probes of the gateway itself",
      },
    ],
    longest: 24,
    feature: "EnableApplicationGatewayNetworkIsolation",
    domains: ["windows.net", "azure.net", "microsoft.com"],
  },
};

export const platformOf = ({ platform }: PlannedZone): Platform | undefined =>
  platform.azure === undefined ? undefined : PLATFORMS[platform.azure];

/** A subnet that is given to a service is the only one of its zone: the whole block, whatever the slots. */
export const withPlatforms = (plan: NetworkPlan): NetworkPlan => ({
  ...plan,
  zones: plan.zones.map((zone) =>
    platformOf(zone) === undefined ? zone : { ...zone, subnets: [zone.block] },
  ),
});
