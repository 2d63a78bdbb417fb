/** Services of the cloud for which a zone is to be made ready, and that this version cannot place. */
import type { Cloud } from "../../../src/clouds/cloud";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";

export function* reviewPlatforms(
  { zones }: NetworkPlan,
  cloud: Cloud,
  placed: readonly string[],
): Iterable<Diagnostic> {
  for (const { platform: platforms, path } of zones) {
    const platform = platforms[cloud];
    if (platform === undefined || placed.includes(platform)) continue;
    const summary = `a zone for ${platform} is not supported on ${cloud}`;
    const others = placed.length === 0 ? "no zone has a platform there" : `zones for ${placed.join(", ")}`;
    const detail = `Its subnets and rules are not in this version. Instead: ${others}.`;
    const facts = { cloud, feature: `platform:${platform}` };
    yield error("capability-missing", joinPath(path, "platform", cloud), summary, detail, { facts });
  }
}
