/** Clouds whose documents are the plan itself, so that the pass line can be tested apart from any provider. */

import type { CloudTools } from "../../src/app/synthesize";
import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { SERVICE_NAMES } from "../../src/clouds/services";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { formatTraffic } from "../../src/model/connections";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Feature, Provider, Support, TerraformDocument } from "../../src/plan/provider";
import { flowsOf } from "../../src/plan/ways";

export interface Behaviour {
  readonly review?: (plan: NetworkPlan) => readonly Diagnostic[];
  /** What its document does not hold. */
  readonly broken?: readonly string[];
  readonly unsupported?: readonly Feature[];
  readonly fails?: Error;
}

/** What is given for a cloud changes that cloud alone. */
export function standInClouds(
  built: readonly Cloud[] = CLOUDS,
  behaviours: Partial<Record<Cloud, Behaviour>> = {},
): CloudTools {
  return {
    providerFor: (cloud) =>
      built.includes(cloud)
        ? { provider: standIn(cloud, behaviours[cloud] ?? {}) }
        : { reason: `${cloud} is not built in this test.` },
    versions: (plan, cloud) => `# ai-enclave: enclave ${plan.name} on ${cloud}\n`,
    render: (provider, plan, printer) => {
      const failure = behaviours[provider.cloud]?.fails;
      if (failure !== undefined) throw failure;
      const zones = plan.zones.map((zone) => [zone.id, { cidr: printer.cidr(zone.block) }]);
      const rules = flowsOf(plan).map(({ id, ordinal, traffic }) => [
        id,
        { number: ordinal, traffic: traffic.map(formatTraffic).join() },
      ]);
      return {
        "//": "ai-enclave stand-in",
        resource: {
          [`${provider.cloud}_zone`]: Object.fromEntries(zones),
          [`${provider.cloud}_rule`]: Object.fromEntries(rules),
        },
        terraform: { azurerm: plan.azurermMajor },
      } satisfies TerraformDocument;
    },
    check: (cloud) =>
      (behaviours[cloud]?.broken ?? []).map((detail) => ({
        promise: "a stand-in holds what it promises",
        resource: `${cloud}_rule`,
        detail,
      })),
  };
}

function standIn(cloud: Cloud, { review, unsupported = [] }: Behaviour): Provider {
  const parts: readonly Feature[] = ["external-networks", "publish", "mesh", "inspection-request"];
  const all = [...parts, ...SERVICE_NAMES.map((service): Feature => `service:${service}`)];
  const support = (feature: Feature): Support =>
    unsupported.includes(feature)
      ? { supported: false, reason: "The stand-in has none.", alternative: "leave it out" }
      : { supported: true };
  return {
    cloud,
    features: Object.fromEntries(all.map((feature) => [feature, support(feature)])) as Record<
      Feature,
      Support
    >,
    heldBy: Object.fromEntries(SERVICE_NAMES.map((service) => [service, "nobody"])) as Provider["heldBy"],
    requirement: () => ({ name: cloud, source: `test/${cloud}`, version: ">= 1.0.0" }),
    review: (plan) => review?.(plan) ?? [],
    render: () => {},
    configure: () => {},
  };
}
