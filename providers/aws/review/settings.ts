/** What AWS demands of names, tags, regions, ARNs and other values that a spec hands through to it. */

import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { nearest } from "../../../src/diagnostics/did-you-mean";
import { asYaml, quoted, replacing } from "../../../src/diagnostics/edit";
import { error, info, warning } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { inRegion } from "../../shared/regions";
import { plainKey } from "../../shared/tags";
import { type ArnOf, arnOf, exampleOf, reviewArn } from "../data/arns";
import { isForeign, isRegion, KNOWN_REGIONS, regionOf, zoneNamesOf } from "../data/regions";
import { keptDays, LONGEST_RETENTION } from "../render/logging";

export function reviewSettings(plan: NetworkPlan): Diagnostic[] {
  return [
    ...(plan.regions.aws === undefined ? [] : [...reviewRegion(plan), ...reviewZoneNames(plan)]),
    ...reviewName(plan),
    ...Object.entries(plan.tags).flatMap(([key, value]) => reviewTag(key, value)),
    ...reviewTagCount(plan),
    ...reviewArns(plan),
    ...reviewRetention(plan),
  ];
}

function reviewRegion(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  const { path, fix: standard } = inRegion(plan, "aws", "us-east-1");
  if (isForeign(region))
    return [
      error(
        "capability-missing",
        path,
        `region "${region}" is not supported on aws yet`,
        "Its partition names services in other domains, which the endpoints and the DNS firewall would miss.",
        { facts: { cloud: "aws", region }, fix: standard },
      ),
    ];
  const meant = isRegion(region) ? undefined : nearest(region, KNOWN_REGIONS);
  if (meant !== undefined) {
    const summary = `"${region}" is no region that is known`;
    const detail = `The table of regions, dated 2026-11-21, has it not, and "${meant}" looks like it.`;
    const more = { facts: { region, meant }, fix: inRegion(plan, "aws", meant).fix };
    // Named zones are the way to use a region that is newer than the table.
    return [
      (plan.slotNames.aws === undefined ? error : warning)("aws-region-unknown", path, summary, detail, more),
    ];
  }
  if (zoneNamesOf(plan) !== undefined) return [];
  const letters = ["a", "b", "c"].slice(0, plan.slots);
  const known = KNOWN_REGIONS.includes(region);
  const detail = known
    ? `The table of ${region} has fewer than ${plan.slots} availability zones.`
    : `The table of availability zones does not have it; it may be new, or name its zones differently in each account.`;
  const fix = `zoneNames: { aws: [${letters.map((letter) => `${region}${letter}`).join(", ")}] }`;
  return [
    error("aws-zones-unknown", path, `the availability zones of "${region}" are not known`, detail, {
      facts: { region, needed: plan.slots },
      fix,
    }),
  ];
}

function reviewZoneNames(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  const names = plan.slotNames.aws ?? [];
  return names.flatMap((name, index) => {
    if (name.startsWith(region) && /^[a-z]$/.test(name.slice(region.length))) return [];
    const path = `zoneNames.aws[${index}]`;
    const other = [..."abcdef"].map((letter) => `${region}${letter}`).filter((each) => !names.includes(each))[
      index
    ];
    const fix = replacing(path, other ?? region);
    const detail =
      "An availability zone is called as its region with one letter behind; local zones are none.";
    return [
      error("aws-zone-elsewhere", path, `availability zone "${name}" is not in ${region}`, detail, {
        facts: { region },
        fix,
      }),
    ];
  });
}

/** `sg-` is what ids begin with, and names of groups may not. */
function reviewName(plan: NetworkPlan): Diagnostic[] {
  if (plan.name !== "sg" && !plan.name.startsWith("sg-")) return [];
  return [
    error(
      "aws-name",
      "name",
      `"${plan.name}" begins security group names with "sg-", which AWS refuses`,
      "",
      { fix: `name: my-${plan.name}`.slice(0, 30) },
    ),
  ];
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_TEXT = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;
const OWN_TAGS: readonly string[] = ["enclave", "zone", "Name"];
const MOST_TAGS = 50;

const plainTag = (text: string): string =>
  [...text].map((character) => (TAG_TEXT.test(character) ? character : "-")).join("");

function reviewTag(key: string, value: string): Diagnostic[] {
  const path = joinPath("tags", key);
  const refuse = (detail: string, other: string, text = value): Diagnostic[] => [
    error("aws-tag", path, `tag ${quoted(key)} is not one that AWS takes`, detail, {
      fix: `${asYaml(other)}: ${asYaml(text)}`,
    }),
  ];
  if (OWN_TAGS.includes(key))
    return refuse(`${OWN_TAGS.join(", ")} are written by the enclave itself.`, `my-${key}`);
  if (/^aws:/i.test(key)) return refuse("Keys that begin with aws: are reserved.", plainKey(key));
  if (key.length > 128 || value.length > 256)
    return refuse(
      `The key has ${key.length} characters of 128, the value ${value.length} of 256.`,
      key.slice(0, 128),
      value.slice(0, 256),
    );
  if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value))
    return refuse(
      "Letters, digits, spaces and _ . : / = + - @ are allowed.",
      TAG_TEXT.test(key) ? key : plainKey(key),
      plainTag(value),
    );
  return [];
}

function reviewTagCount(plan: NetworkPlan): Diagnostic[] {
  const count = Object.keys(plan.tags).length;
  const room = MOST_TAGS - OWN_TAGS.length;
  return count <= room
    ? []
    : [
        error(
          "aws-tag",
          "tags",
          `${count} tags are more than AWS takes`,
          `${MOST_TAGS} a resource, of which ${OWN_TAGS.length} are the enclave's own.`,
          { facts: { count, maximum: room }, fix: `# keep ${room} of them` },
        ),
      ];
}

const ID = "00000000-0000-0000-0000-000000000000";

function reviewArns(plan: NetworkPlan): Diagnostic[] {
  const { kmsKeyArn, inspectionCertificateArn } = plan.settings.aws;
  const of = (service: string, sample: string): ArnOf => arnOf(plan, service, sample);
  const key = kmsKeyArn === undefined ? [] : reviewArn("aws.kmsKeyArn", kmsKeyArn, of("kms", `key/${ID}`));
  if (inspectionCertificateArn !== undefined)
    return [
      ...key,
      ...reviewArn("aws.inspectionCertificateArn", inspectionCertificateArn, of("acm", `certificate/${ID}`)),
    ];
  if (plan.inspection !== "request") return key;
  const detail =
    "Network Firewall decrypts with a certificate authority that was imported into AWS Certificate Manager; clients have to trust it.";
  return [
    ...key,
    error("capability-missing", "inspection", "inspection of requests on aws needs a certificate", detail, {
      facts: { cloud: "aws", feature: "inspection-request" },
      fix: `aws: { inspectionCertificateArn: "${exampleOf(of("acm", `certificate/${ID}`))}" }`,
    }),
  ];
}

/** CloudWatch Logs knows certain periods only; the next larger one is taken, and keeping for ever is larger than all. */
function reviewRetention({ retentionDays: asked }: NetworkPlan): Diagnostic[] {
  const kept = keptDays(asked);
  if (kept === asked) return [];
  const period = kept === undefined ? "for ever" : `for ${kept} days`;
  const detail =
    kept === undefined
      ? `CloudWatch Logs deletes after ${LONGEST_RETENTION} days at most, or never; ${asked} are asked for.`
      : `CloudWatch Logs has no period of ${asked} days; the next larger one is ${kept}.`;
  return [
    info("aws-retention-longer", "logging.retentionDays", `logs are kept ${period}`, detail, {
      facts: { days: asked, kept: kept ?? "for ever" },
    }),
  ];
}
