/** Every cloud is asked the same questions of the settings of a spec; the answers are its own. */

import { listedZones } from "../../../providers/shared/regions";
import type { Cloud } from "../../../src/clouds/cloud";
import { CLOUDS } from "../../../src/clouds/cloud";
import { listedRegions } from "../../../src/clouds/regions";
import { formatEdit } from "../../../src/diagnostics/edit";
import { review, type Spec } from "../../support/rendered";

type Part = Readonly<Record<string, unknown>>;

const REGION: Readonly<Record<Cloud, string>> = { aws: "us-east-1", azure: "eastus2", google: "us-east1" };

const specOf = (cloud: Cloud, more: Part): Spec => ({
  name: "case",
  region: { [cloud]: REGION[cloud] },
  cidr: "10.20.0.0/16",
  availabilityZones: 1,
  zones: { app: { exposure: "private", hosts: 20 } },
  ...more,
});

/** `severity code path` of what is reported, and its edits as text. */
const reported = (cloud: Cloud, more: Part): string[] =>
  review(cloud, specOf(cloud, more)).flatMap(({ severity, code, path, edits }) => [
    `${severity} ${code} ${path}`,
    ...edits.map((edit) => `${edit.applicability} ${formatEdit(edit)}`),
  ]);

const at = (cloud: Cloud, region: string, zones?: readonly string[]): Part => ({
  region: { [cloud]: region },
  availabilityZones: zones?.length ?? 1,
  ...(zones === undefined ? {} : { zoneNames: { [cloud]: zones } }),
});
const tags = (count: number): Part => ({
  tags: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"])),
});
const endpoint = { privateEndpoints: { e: { service: "logs", from: ["app"] } } };

describe("the region", () => {
  test.each(CLOUDS)("of %s is in the table once, with three zones or more, or none", (cloud) => {
    const regions = listedRegions(cloud);
    expect(new Set(regions).size).toBe(regions.length);
    const few = regions.filter((region) => [1, 2].includes(listedZones(cloud, region)?.length ?? 1));
    expect(few).toEqual([]);
  });

  test.each<readonly [Cloud, string, readonly string[] | undefined, readonly string[]]>([
    ["aws", "eu-wst-1", undefined, ["error aws-region-unknown region.aws", "likely aws: eu-west-1"]],
    ["aws", "eu-wst-1", ["eu-wst-1a"], ["warning aws-region-unknown region.aws", "likely aws: eu-west-1"]],
    ["aws", "mars", undefined, ["error aws-zones-unknown region.aws"]],
    ["aws", "mars", ["marsa"], ["error aws-zones-unknown region.aws"]],
    ["aws", "mx-central-1", undefined, ["error aws-zones-unknown region.aws"]],
    ["aws", "mx-central-1", ["mx-central-1a"], []],
    ["aws", "us-west-1", undefined, ["error aws-zones-unknown region.aws"]],
    ["aws", "us-west-1", ["us-west-1a"], []],
    ["aws", "cn-north-1", ["cn-north-1a"], ["error capability-missing region.aws"]],
    ["azure", "eastus22", undefined, ["error azure-region-unknown region.azure", "likely azure: eastus2"]],
    ["azure", "east-us-2", ["1"], ["error azure-region-unknown region.azure", "exact azure: eastus2"]],
    ["azure", "mars", undefined, ["error azure-region-unknown region.azure"]],
    ["azure", "us-mars", undefined, ["error azure-region-unknown region.azure"]],
    ["azure", "europe-west1", undefined, ["error azure-region-unknown region.azure"]],
    ["azure", "denmarkeast", ["1", "2"], []],
    ["azure", "westus", undefined, ["info azure-zones-unknown region.azure"]],
    ["azure", "westus", ["1", "2"], ["warning azure-zones-unknown region.azure"]],
    ["azure", "chinanorth3", ["1", "2"], ["error azure-region-sovereign region.azure"]],
    [
      "google",
      "us-central2",
      undefined,
      ["error google-zones-unknown region.google", "likely google: us-central1"],
    ],
    ["google", "us-central2", ["us-central2-a"], []],
    ["google", "us-east-1", undefined, ["error google-zones-unknown region.google"]],
    [
      "google",
      "europe-west-3",
      undefined,
      ["error google-zones-unknown region.google", "exact google: europe-west3"],
    ],
    ["google", "mars", undefined, ["error google-zones-unknown region.google"]],
  ])("of %s: %s with the zones %p", (cloud, region, zones, expected) => {
    expect(reported(cloud, at(cloud, region, zones))).toEqual(expected);
  });
});

test("a region of another cloud is called so, and no zones are proposed for it", () => {
  const [found] = review("azure", specOf("azure", at("azure", "eu-central-1")));
  expect(found?.detail).toBe("It is a region of AWS. Those of Azure are named like eastus2.");
  expect(reported("aws", at("aws", "germanywestcentral", ["germanywestcentrala"]))).toEqual([
    "error aws-zones-unknown region.aws",
  ]);
});

test.each<readonly [Cloud, string, readonly string[], string]>([
  ["aws", "of another region", ["eu-west-1a"], "aws-zone-elsewhere"],
  ["aws", "that is a local zone", ["us-east-1-bos-1a"], "aws-zone-elsewhere"],
  ["aws", "with an expression", ["us-east-1a${path.module}"], "aws-zone-elsewhere"],
  ["azure", "with another name", ["eastus2-1"], "azure-zone-name"],
  ["google", "of another region", ["us-east4-a"], "google-zone-elsewhere"],
  ["google", "with an expression", ["us-east1-b${path.module}"], "google-zone-elsewhere"],
])("on %s an availability zone %s is an error", (cloud, _words, zones, code) => {
  expect(reported(cloud, { zoneNames: { [cloud]: zones } })).toEqual([`error ${code} zoneNames.${cloud}[0]`]);
});

test.each<readonly [Cloud, string, readonly string[]]>([
  ["aws", "sg-prod", ["error aws-name name"]],
  ["aws", "sg", ["error aws-name name"]],
  ["aws", "sga", []],
  ["azure", "micro-soft", ["error azure-name-reserved name"]],
  ["azure", "login-rag", ["error azure-name-reserved name"]],
  ["azure", "sg-prod", []],
  ["google", "default", ["error google-name name"]],
  ["google", "default-1", []],
])("on %s the name %s", (cloud, name, expected) => {
  expect(reported(cloud, { name })).toEqual(expected);
});

test.each<readonly [Cloud, string, string, readonly string[]]>([
  ["aws", "aws:x", "y", ['error aws-tag tags["aws:x"]']],
  ["aws", "Name", "y", ["error aws-tag tags.Name"]],
  ["aws", "x", "y".repeat(257), ["error aws-tag tags.x"]],
  ["aws", "x", "A*B", ["error aws-tag tags.x"]],
  ["aws", "cost centre", "A B", []],
  ["azure", "azure-owner", "y", ["error azure-tag tags.azure-owner"]],
  ["azure", "9lives", "y", ['error azure-tag tags["9lives"]']],
  ["azure", "x", "A*B", []],
  ["google", "Owner", "me", ["error google-label tags.Owner"]],
  ["google", "owner", "ML Platform", ["error google-label tags.owner"]],
  ["google", "Owner", "", ["error google-label tags.Owner"]],
])("on %s a tag %s", (cloud, key, value, expected) => {
  expect(reported(cloud, { tags: { [key]: value } })).toEqual(expected);
});

test.each<readonly [Cloud, number, Part, string]>([
  ["aws", 47, {}, "aws-tag"],
  ["azure", 48, {}, "azure-tag-count"],
  ["azure", 14, endpoint, "azure-tag-count"],
  ["google", 62, {}, "google-label"],
])("on %s %i tags are not too many, and one more is", (cloud, most, more, code) => {
  const errors = (count: number) =>
    reported(cloud, { ...more, ...tags(count) }).filter((text) => text.includes(code));
  expect(errors(most)).toEqual([]);
  expect(errors(most + 1)).toEqual([`error ${code} tags`]);
});

test.each<readonly [Cloud, number, readonly string[]]>([
  ["aws", 365, []],
  ["aws", 200, ["info aws-retention-longer logging.retentionDays"]],
  ["aws", 3654, ["info aws-retention-longer logging.retentionDays"]],
  ["azure", 365, []],
  ["azure", 29, ["info azure-retention-longer logging.retentionDays"]],
  ["azure", 366, ["info azure-retention-longer logging.retentionDays"]],
  ["azure", 731, ["error azure-retention logging.retentionDays"]],
  ["google", 3650, []],
  ["google", 3651, ["error google-retention logging.retentionDays"]],
])("on %s logs for %i days", (cloud, days, expected) => {
  expect(reported(cloud, { logging: { retentionDays: days } })).toEqual(expected);
});

test.each(CLOUDS)("on %s the inspection of requests needs a certificate of the user's own", (cloud) => {
  const [found] = review(cloud, specOf(cloud, { inspection: "request" }));
  expect(found).toMatchObject({ severity: "error", code: "capability-missing", path: "inspection" });
  expect(found?.detail).toContain(`It stands in ${cloud}.inspection`);
});
