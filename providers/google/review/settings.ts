/** What Google demands of names, labels, regions and other values that a spec hands through to it. */

import type { Code } from "../../../src/diagnostics/catalogue";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { nearest } from "../../../src/diagnostics/did-you-mean";
import { asYaml, replacing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { inRegion } from "../../shared/regions";
import { plainKey } from "../../shared/tags";
import { isKnown, KNOWN_REGIONS, regionOf, zoneNamesOf } from "../data/regions";
import { reviewEndpoints } from "./endpoint-settings";

export function reviewSettings(plan: NetworkPlan): Diagnostic[] {
  return [
    ...(plan.regions.google === undefined
      ? []
      : [...reviewRegion(plan), ...reviewZoneNames(plan), ...(isKnown(plan) ? reviewLocations(plan) : [])]),
    ...reviewName(plan),
    ...Object.entries(plan.tags).flatMap(([key, value]) => reviewLabel(key, value)),
    ...reviewLabelCount(plan),
    ...reviewInspection(plan),
    ...reviewEndpoints(plan),
  ];
}

function reviewRegion(plan: NetworkPlan): Diagnostic[] {
  if (zoneNamesOf(plan) !== undefined) return [];
  const region = regionOf(plan);
  const meant = isKnown(plan) ? undefined : nearest(region, KNOWN_REGIONS);
  const { path, fix } = inRegion(plan, "google", meant ?? region);
  const letters = ["a", "b", "c"].slice(0, plan.slots);
  const zones = `zoneNames: { google: [${letters.map((letter) => `${region}-${letter}`).join(", ")}] }`;
  const newer = "The table of zones does not have it; it may be new, or misspelt.";
  const detail = isKnown(plan)
    ? `The table of ${region} has fewer than ${plan.slots} zones.`
    : meant === undefined
      ? newer
      : `Did you mean "${meant}"? ${newer} A region that is newer than the table needs its zones by name: ${zones}`;
  return [
    error("google-zones-unknown", path, `the zones of "${region}" are not known`, detail, {
      facts: { region, needed: plan.slots, ...(meant === undefined ? {} : { meant }) },
      fix: meant === undefined ? zones : fix,
    }),
  ];
}

function reviewZoneNames(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  const names = plan.slotNames.google ?? [];
  return names.flatMap((name, index) => {
    if (name.startsWith(`${region}-`)) return [];
    const path = `zoneNames.google[${index}]`;
    const other = [..."abcdef"]
      .map((letter) => `${region}-${letter}`)
      .filter((each) => !names.includes(each))[index];
    return [
      error("google-zone-elsewhere", path, `zone "${name}" is not in ${region}`, "", {
        facts: { region },
        fix: replacing(path, other ?? region),
      }),
    ];
  });
}

/** A log bucket takes keys of its own region, a proxy the certificate authorities of its own. */
function reviewLocations(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  const { kmsKey, inspectionCaPool } = plan.settings.google;
  return [
    ...elsewhere(
      "google-key-region",
      "google.kmsKey",
      "the key",
      kmsKey,
      region,
      "https://docs.cloud.google.com/logging/docs/routing/managed-encryption-storage",
    ),
    ...elsewhere(
      "google-ca-region",
      "google.inspectionCaPool",
      "the CA pool",
      inspectionCaPool,
      region,
      "https://docs.cloud.google.com/secure-web-proxy/docs/enable-tls-inspection",
    ),
  ];
}

function elsewhere(
  code: Code,
  path: string,
  what: string,
  value: string | undefined,
  region: string,
  source: string,
): Diagnostic[] {
  if (value === undefined) return [];
  const found = /\/locations\/([^/]+)\//.exec(value)?.[1];
  if (found === region) return [];
  const detail = `${found === undefined ? "It names no location" : `It is in ${found}`}, and has to be in ${region}, where it is used: ${source}`;
  return [
    error(code, path, `${what} is not in ${region}`, detail, {
      facts: { region, found: found ?? "" },
      fix: value.replace(/\/locations\/[^/]+\//, `/locations/${region}/`),
    }),
  ];
}

/** Every project begins with a network of that name. */
function reviewName(plan: NetworkPlan): Diagnostic[] {
  if (plan.name !== "default") return [];
  return [
    error(
      "google-name",
      "name",
      'the network of the enclave cannot be named "default"',
      "New projects of Google have a network of this name already.",
      { fix: "name: my-enclave" },
    ),
  ];
}

/** https://docs.cloud.google.com/compute/docs/labeling-resources, and a value: the plugin never sends a label without one. */
const LABEL_KEY = /^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u;
const LABEL_VALUE = /^[\p{Ll}\p{Lo}\p{N}_-]{1,63}$/u;
const MOST_LABELS = 64;
const OWN_LABELS = 2;

function reviewLabel(key: string, value: string): Diagnostic[] {
  const path = joinPath("tags", key);
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]+/g, "-")
      .slice(0, 63);
  const better = plain(value) || "none";
  if (!LABEL_KEY.test(key)) {
    const detail =
      "The key of a label begins with a lower-case letter and goes on with lower-case letters, digits, _ and -, 63 characters at most.";
    return [
      error("google-label", path, `tag "${key}" is not a label that Google takes`, detail, {
        fix: `${asYaml(plainKey(key))}: ${asYaml(better)}`,
      }),
    ];
  }
  if (LABEL_VALUE.test(value)) return [];
  const detail = "The value of a label has lower-case letters, digits, _ and -, 1 to 63 characters.";
  return [
    error("google-label", path, `the value of tag "${key}" is not one that Google takes`, detail, {
      facts: { length: value.length, longest: 63 },
      fix: replacing(path, better),
    }),
  ];
}

function reviewLabelCount(plan: NetworkPlan): Diagnostic[] {
  const count = Object.keys(plan.tags).length;
  const room = MOST_LABELS - OWN_LABELS;
  if (count <= room) return [];
  return [
    error(
      "google-label",
      "tags",
      `${count} tags are more than Google takes`,
      `${MOST_LABELS} labels a resource, of which ${OWN_LABELS} are the enclave's own.`,
      { facts: { count, maximum: room }, fix: `# keep ${room}` },
    ),
  ];
}

function reviewInspection({ inspection, settings, regions }: NetworkPlan): Diagnostic[] {
  if (inspection !== "request" || settings.google.inspectionCaPool !== undefined) return [];
  const detail =
    "Secure Web Proxy decrypts with certificates from a pool of Certificate Authority Service; clients have to trust it.";
  const fix = `google: { inspectionCaPool: projects/my-project/locations/${regions.google ?? "us-east1"}/caPools/inspection }`;
  return [
    error("capability-missing", "inspection", "inspection of requests on google needs a CA pool", detail, {
      facts: { cloud: "google", feature: "inspection-request" },
      fix,
    }),
  ];
}
