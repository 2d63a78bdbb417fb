/** Settings of a spec on Google. Google alone uses keys and pools of certificates of one location. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { replacing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewCommonSettings } from "../../shared/review/settings";
import { isKnown, regionOf } from "../data/regions";

export const reviewSettings = (plan: NetworkPlan): Diagnostic[] => [
  ...reviewCommonSettings(plan, "google"),
  ...(isKnown(plan) ? LOCATED.flatMap((setting) => reviewLocation(plan, setting)) : []),
];

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

/** A log bucket takes keys of its own region, a proxy certificate authorities of its own. */
function reviewLocation(
  plan: NetworkPlan,
  { code, setting, what, source }: (typeof LOCATED)[number],
): Diagnostic[] {
  const value = plan.settings.google[setting];
  const region = regionOf(plan);
  const found = /\/locations\/([^/]+)\//.exec(value ?? "")?.[1];
  if (value === undefined || found === region) return [];
  const path = `google.${setting}`;
  const place = found === undefined ? "It names no location" : `It is in ${found}`;
  const detail = `${place}, and has to be in ${region}, where it is used: ${source}`;
  const fix = replacing(path, value.replace(/\/locations\/[^/]+\//, `/locations/${region}/`));
  return [
    error(code, path, `${what} is not in ${region}`, detail, { facts: { region, found: found ?? "" }, fix }),
  ];
}
