/** Every cloud is asked the same questions of the settings of a spec; the answers are its own. */
import { listedRegions, listedZones } from "../../../providers/shared/regions";
import type { Cloud } from "../../../src/clouds/cloud";
import { CLOUDS } from "../../../src/clouds/cloud";
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

/** `severity code path` of what is reported; the fix for errors. */
const reported = (cloud: Cloud, more: Part): (string | undefined)[][] =>
  review(cloud, specOf(cloud, more)).map(({ severity, code, path, fix }) =>
    severity === "error" ? [`${severity} ${code} ${path}`, fix] : [`${severity} ${code} ${path}`],
  );

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
    ["aws", "eu-wst-1", undefined, ["error aws-region-unknown region.aws", "aws: eu-west-1"]],
    ["aws", "eu-wst-1", ["eu-wst-1a"], ["warning aws-region-unknown region.aws"]],
    ["aws", "mars", undefined, ["error aws-zones-unknown region.aws", "zoneNames: { aws: [marsa] }"]],
    ["aws", "mars", ["marsa"], []],
    [
      "aws",
      "us-west-1",
      undefined,
      ["error aws-zones-unknown region.aws", "zoneNames: { aws: [us-west-1a] }"],
    ],
    ["aws", "us-west-1", ["us-west-1a"], []],
    ["aws", "cn-north-1", ["cn-north-1a"], ["error capability-missing region.aws", "aws: us-east-1"]],
    ["azure", "eastus22", undefined, ["error azure-region-unknown region.azure", "azure: eastus2"]],
    ["azure", "east-us-2", ["1"], ["error azure-region-unknown region.azure", "azure: eastus2"]],
    ["azure", "mars", undefined, ["error azure-region-unknown region.azure", 'zoneNames: { azure: ["1"] }']],
    ["azure", "us-mars", undefined, ["error azure-region-unknown region.azure", "azure: eastus2"]],
    ["azure", "denmarkeast", ["1", "2"], []],
    ["azure", "westus", undefined, ["error azure-zones-unknown region.azure", "azure: eastus2"]],
    ["azure", "westus", ["1", "2"], []],
    ["azure", "chinanorth3", ["1", "2"], ["error azure-region-sovereign region.azure", "azure: eastus2"]],
    ["google", "us-central2", undefined, ["error google-zones-unknown region.google", "google: us-central1"]],
    ["google", "us-central2", ["us-central2-a"], []],
    [
      "google",
      "mars",
      undefined,
      ["error google-zones-unknown region.google", "zoneNames: { google: [mars-a] }"],
    ],
  ])("of %s: %s with the zones %p", (cloud, region, zones, expected) => {
    expect(reported(cloud, at(cloud, region, zones)).flat()).toEqual(expected);
  });
});

test.each<readonly [Cloud, string, readonly string[], string, string]>([
  ["aws", "of another region", ["eu-west-1a"], "aws-zone-elsewhere", "us-east-1a"],
  ["aws", "that is a local zone", ["us-east-1-bos-1a"], "aws-zone-elsewhere", "us-east-1a"],
  ["aws", "with an expression", ["us-east-1a${path.module}"], "aws-zone-elsewhere", "us-east-1a"],
  ["azure", "with another name", ["eastus2-1"], "azure-zone-name", '"1"'],
  ["google", "of another region", ["us-east4-a"], "google-zone-elsewhere", "us-east1-b"],
  ["google", "with an expression", ["us-east1-b${path.module}"], "google-zone-elsewhere", "us-east1-b"],
])("on %s an availability zone %s is an error", (cloud, _words, zones, code, fix) => {
  expect(reported(cloud, { zoneNames: { [cloud]: zones } })).toEqual([
    [`error ${code} zoneNames.${cloud}[0]`, fix],
  ]);
});

test("of two wrong zones each is replaced by another one", () => {
  const found = reported("azure", { availabilityZones: 3, zoneNames: { azure: ["x", "1", "y"] } });
  expect(found.map(([, fix]) => fix)).toEqual(['"2"', '"3"']);
});

test.each<readonly [Cloud, string, readonly string[]]>([
  ["aws", "sg-prod", ["error aws-name name", "name: my-sg-prod"]],
  ["aws", "sg", ["error aws-name name", "name: my-sg"]],
  ["aws", "sga", []],
  ["azure", "micro-soft", ["error azure-name-reserved name", "name: enclave"]],
  ["azure", "login-rag", ["error azure-name-reserved name", "name: my-login-rag"]],
  ["azure", "sg-prod", []],
  ["google", "default", ["error google-name name", "name: my-default"]],
  ["google", "default-1", []],
])("on %s the name %s", (cloud, name, expected) => {
  expect(reported(cloud, { name }).flat()).toEqual(expected);
});

test.each<readonly [Cloud, string, string, readonly string[]]>([
  ["aws", "aws:x", "y", ['error aws-tag tags["aws:x"]', "aws-x: y"]],
  ["aws", "Name", "y", ["error aws-tag tags.Name", "my-name: y"]],
  ["aws", "x", "y".repeat(257), ["error aws-tag tags.x", `x: ${"y".repeat(63)}`]],
  ["aws", "x", "A*B", ["error aws-tag tags.x", "x: a-b"]],
  ["aws", "cost centre", "A B", []],
  ["azure", "azure-owner", "y", ["error azure-tag tags.azure-owner", "my-azure-owner: y"]],
  ["azure", "9lives", "y", ['error azure-tag tags["9lives"]', "lives: y"]],
  ["azure", "x", "A*B", []],
  ["google", "Owner", "me", ["error google-label tags.Owner", "owner: me"]],
  ["google", "owner", "ML Platform", ["error google-label tags.owner", "owner: ml-platform"]],
  ["google", "Owner", "", ["error google-label tags.Owner", "owner: none"]],
])("on %s a tag %s", (cloud, key, value, expected) => {
  expect(reported(cloud, { tags: { [key]: value } }).flat()).toEqual(expected);
});

test.each<readonly [Cloud, number, Part, string]>([
  ["aws", 47, {}, "aws-tag"],
  ["azure", 48, {}, "azure-tag-count"],
  ["azure", 14, endpoint, "azure-tag-count"],
  ["google", 62, {}, "google-label"],
])("on %s %i tags are not too many, and one more is", (cloud, most, more, code) => {
  const errors = (count: number) =>
    reported(cloud, { ...more, ...tags(count) }).filter(([text]) => text?.includes(code));
  expect(errors(most)).toEqual([]);
  expect(errors(most + 1)).toEqual([[`error ${code} tags`, `# keep ${most} of them`]]);
});

test.each<readonly [Cloud, number, readonly string[]]>([
  ["aws", 365, []],
  ["aws", 200, ["info aws-retention-longer logging.retentionDays"]],
  ["aws", 3654, ["info aws-retention-longer logging.retentionDays"]],
  ["azure", 365, []],
  ["azure", 29, ["info azure-retention-longer logging.retentionDays"]],
  ["azure", 366, ["info azure-retention-longer logging.retentionDays"]],
  ["azure", 731, ["error azure-retention logging.retentionDays", "retentionDays: 730"]],
  ["google", 3650, []],
  ["google", 3651, ["error google-retention logging.retentionDays", "retentionDays: 3650"]],
])("on %s logs for %i days", (cloud, days, expected) => {
  expect(reported(cloud, { logging: { retentionDays: days } }).flat()).toEqual(expected);
});

test.each(CLOUDS)("on %s the inspection of requests needs a certificate of the user's own", (cloud) => {
  const [[found, fix = ""] = []] = reported(cloud, { inspection: "request" });
  expect(found).toBe("error capability-missing inspection");
  expect(fix.startsWith(`${cloud}: { inspection`)).toBe(true);
});
