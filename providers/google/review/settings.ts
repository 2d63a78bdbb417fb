/** Settings of a spec on Google. Google alone uses keys and pools of certificates of one location. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewPlatforms } from "../../shared/review/platforms";
import { reviewCommonSettings } from "../../shared/review/settings";
import { isKnown, regionOf } from "../data/regions";

const LOCATED = [
  {
    code: "google-key-region",
    setting: "kmsKey",
    what: "the key",
    source: "https://docs.cloud.google.com/logging/docs/routing/managed-encryption-storage",
  },
  {
    code: "google-ca-region",
    setting: "inspectionCaPool",
    what: "the CA pool",
    source: "https://docs.cloud.google.com/secure-web-proxy/docs/enable-tls-inspection",
  },
] as const;

export function* reviewSettings(plan: NetworkPlan): Iterable<Diagnostic> {
  yield* reviewCommonSettings(plan, "google");
  yield* reviewPlatforms(plan, "google", []);
  if (!isKnown(plan)) return;
  const region = regionOf(plan);
  for (const { code, setting, what, source } of LOCATED) {
    const value = plan.settings.google[setting];
    const found = /\/locations\/([^/]+)\//.exec(value ?? "")?.[1];
    if (value === undefined || found === region) continue;
    const path = `google.${setting}`;
    const place = found === undefined ? "It names no location" : `It is in ${found}`;
    const detail = `${place}, and has to be in ${region}, where it is used: ${source}`;
    const facts = { region, found: found ?? "" };
    yield error(code, path, `${what} is not in ${region}`, detail, { facts });
  }
}
