/** Zones that are made ready for a service of Azure: what they cannot have, and what the service needs besides. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info, warning } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import { cidr } from "../../../src/net/cidr";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { reviewPlatforms } from "../../shared/review/platforms";
import { PLATFORMS, type Platform, platformOf } from "../data/platforms";

export function* reviewPlaces(plan: NetworkPlan, printer: Printer): Iterable<Diagnostic> {
  yield* reviewPlatforms(plan, "azure", Object.keys(PLATFORMS));
  for (const zone of plan.zones) {
    const platform = platformOf(zone);
    if (platform === undefined) continue;
    yield* reviewParts(zone);
    yield* reviewSize(zone, platform, cidr(printer.cidr(zone.block)).prefix);
    yield needs(zone, platform);
  }
}

const pathOf = ({ path }: PlannedZone): string => joinPath(path, "platform", "azure");

function* reviewParts({ name, path, interfaces, healthChecks, platform }: PlannedZone): Iterable<Diagnostic> {
  const facts = { platform: platform.azure ?? "" };
  const summary = `zone "${name}" is for ${platform.azure}`;
  if (interfaces.length > 0) {
    const why =
      "Its subnet is given to that service, and takes nothing else. Put interfaces into another zone.";
    yield error("azure-platform", joinPath(path, "interfaces"), summary, why, { facts });
  }
  if (healthChecks === false) {
    const why = "Azure looks after the service itself, which stops without that. Leave healthChecks out.";
    yield error("azure-platform", joinPath(path, "healthChecks"), summary, why, { facts });
  }
}

/** Five addresses are Azure's, one may be the private front. */
const KEPT = 6;

function* reviewSize(zone: PlannedZone, platform: Platform, prefix: number): Iterable<Diagnostic> {
  if (prefix <= platform.longest) return;
  const instances = 2 ** (32 - prefix) - KEPT;
  const summary = `zone "${zone.name}" holds ${instances} instances of its platform at most`;
  const detail = `Microsoft advises a /${platform.longest}, which leaves room to grow and to be updated.`;
  const facts = { instances, prefix, longest: platform.longest };
  yield warning("azure-platform-small", pathOf(zone), summary, detail, { facts });
}

function needs(zone: PlannedZone, { feature, domains }: Platform): Diagnostic {
  const summary = `${zone.platform.azure} needs a feature of the subscription, which --verbose names`;
  const detail =
    `Before it is made: az feature register --namespace Microsoft.Network --name ${feature}, which takes up to ` +
    `30 minutes. Without it, it needs ways that are closed here. Names of Azure's own below ` +
    `${domains.join(", ")} do not resolve. If its health or metrics stay unknown, add them to dns.allow: ` +
    "then every zone resolves them, and no way to them opens.";
  return info("azure-platform-needs", pathOf(zone), summary, detail, { facts: { feature, domains } });
}
