/** Fills the placeholders of fixes with the user's own names, networks and clouds, so that what is pasted fits the spec it is pasted into. */

import { CLOUDS, type Cloud } from "../../clouds/cloud";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { isEntry, removing } from "../../diagnostics/edit";
import { joinPath, splitPath } from "../../diagnostics/path";
import { type Cidr, cidr, formatCidr, overlaps, parseCidr } from "../../net/cidr";
import { lowestFree } from "../../net/free-space";
import { parseName } from "../schema/parse";
import { isMapping } from "../yaml/nodes";
import { isRequired } from "./samples";

type Mapping = Readonly<Record<string, unknown>>;

/** `root` is the spec as it was read, right or wrong. */
export function fitting(diagnostic: Diagnostic, root: unknown): Diagnostic {
  const { fix, path } = diagnostic;
  const spec = isMapping(root) ? root : {};
  if (fix === undefined) return diagnostic;
  const [, endpoint = ""] =
    diagnostic.code === "value-shape"
      ? (/^privateEndpoints\.(.+)\.resources\.aws\[\d+\]$/.exec(path) ?? [])
      : [];
  const service =
    endpoint === "" ? undefined : mappingAt(mappingAt(spec, "privateEndpoints"), endpoint)["service"];
  if (typeof service === "string" && service !== "object-storage")
    return { ...diagnostic, ...ofService(service) };
  const isOfZones = Object.keys(mappingAt(spec, path)).every((name) =>
    Object.hasOwn(mappingAt(spec, "zones"), name),
  );
  if (fix.startsWith("# a list ") && !isOfZones) return { ...diagnostic, fix: removing(path) };
  const size = /^# remove (zones\..+\.(?:hosts|prefix))$/.exec(fix)?.[1];
  if (size !== undefined && isOnlySize(size, spec)) return { ...diagnostic, fix: "hosts: 50" };
  const whole = fix.replace(/(?<=^# (?:remove|instead of) )[^\s:]+/, (removed) => wholeOf(removed, spec));
  return {
    ...diagnostic,
    fix: whole.replaceAll(PLACEHOLDERS, (_, word: string) => WORDS[word]?.(spec, path) ?? ""),
  };
}

/** Only a bucket's ARN can be made of its name. */
const ofService = (service: string): Pick<Diagnostic, "detail" | "fix"> => ({
  detail: "An ARN has six parts with colons between: arn, partition, service, region, account, resource.",
  fix: `# name what belongs to ${service} by its ARN: arn:aws:…`,
});

/** A zone without a size would be the next error. */
function isOnlySize(path: SpecPath, spec: Mapping): boolean {
  const zone = itemAt(spec, path);
  return isMapping(zone) && SIZES.filter((size) => size in zone).length === 1;
}

const SIZES = ["hosts", "prefix", "cidr"];

/**
 * What has to go with a part: a flow without its only port is none. What narrows an item never goes alone, because the rest
 * would open or set aside more than was written.
 */
function wholeOf(path: SpecPath, spec: Mapping): SpecPath {
  const segments = splitPath(path);
  const above = joinPath("", ...segments.slice(0, -1));
  const isWhole = segments.length < 3 || !ITEMS.test(path);
  if (isWhole) return path;
  const list = itemAt(spec, path);
  if (/^assertions\[\d+\]\.[a-z]+$/.test(path) && isMapping(list) && Object.keys(list).length === 1)
    return above;
  const goesAlone = isEntry(path)
    ? !Array.isArray(list) || list.length > 1 || isOptionalList(above)
    : !isNeeded(path);
  return goesAlone ? path : wholeOf(above.replace(/\.sources$/, ""), spec);
}

const ITEMS = /^(?:flows|egress|assertions|waive|privateEndpoints|externalNetworks|publish)\b/;

const isNeeded = (path: SpecPath): boolean => isRequired(path) || /^waive\[\d+\]\./.test(path);

const isOptionalList = (path: SpecPath): boolean => !isNeeded(path) && !path.endsWith(".sources");

const PLACEHOLDERS = /<(zone|other|private|cloud|region|range|block|network|consumers)>/g;

const WORDS: Readonly<Record<string, (spec: Mapping, path: SpecPath) => string>> = {
  zone: (spec, path) => zonesFor(spec, path)[0] ?? "app",
  other: (spec, path) => zonesFor(spec, path)[1] ?? zonesFor(spec, path)[0] ?? "app",
  private: (spec, path) =>
    zonesFor(spec, path).find((name) => exposureOf(spec, name) === "private") ??
    zonesFor(spec, path)[0] ??
    "app",
  cloud: cloudOf,
  region: (spec) => REGIONS[cloudOf(spec)],
  range: () => "10.20.0.0/16",
  block: freeBlock,
  network: (spec) =>
    formatCidr(
      NETWORKS.find((network) => blocksOf(spec).every((block) => !overlaps(block, network))) ??
        cidr("172.16.0.0/16"),
    ),
  consumers: (spec) => CONSUMERS[cloudOf(spec)],
};

/** Every cloud's oldest region: no guess at what is meant, but one that exists. */
export const REGIONS: Readonly<Record<Cloud, string>> = {
  aws: "us-east-1",
  azure: "eastus2",
  google: "us-east1",
};

const CONSUMERS: Readonly<Record<Cloud, string>> = {
  aws: 'aws: ["arn:aws:iam::111122223333:root"]',
  azure: 'azure: ["00000000-0000-0000-0000-000000000000"]',
  google: "google: [partner-project]",
};

/** The cloud that the spec speaks of, by name or by the regions it gives. */
function cloudOf({ cloud, region }: Mapping): Cloud {
  const given = isMapping(region) ? region : {};
  return CLOUDS.find((each) => each === cloud) ?? CLOUDS.find((each) => each in given) ?? "aws";
}

const mappingAt = (spec: Mapping, key: string): Mapping => {
  const part = spec[key];
  return isMapping(part) ? part : {};
};

const exposureOf = (spec: Mapping, name: string): unknown =>
  mappingAt(mappingAt(spec, "zones"), name)["exposure"];

/** Zones by name, those that the item of the path does not name yet first. */
function zonesFor(spec: Mapping, path: SpecPath): string[] {
  const names = Object.keys(mappingAt(spec, "zones")).filter((name) => parseName(name).ok);
  const item = itemAt(spec, path);
  const own = Object.values(isMapping(item) ? item : {}).flat();
  return [...names.filter((name) => !own.includes(name)), ...names.filter((name) => own.includes(name))];
}

/** What holds the last key of a path. */
const itemAt = (spec: Mapping, path: SpecPath): unknown =>
  splitPath(path)
    .slice(0, -1)
    .reduce<unknown>(
      (value, segment) =>
        Array.isArray(value) ? value[Number(segment)] : isMapping(value) ? value[segment] : undefined,
      spec,
    );

/** Blocks that the spec speaks of, its own range among them. */
function blocksOf(spec: Mapping): Cidr[] {
  const zones = Object.values(mappingAt(spec, "zones")).map((zone) =>
    isMapping(zone) ? zone["cidr"] : undefined,
  );
  const networks = Object.values(mappingAt(spec, "externalNetworks")).flatMap((network) =>
    isMapping(network) ? network["cidrs"] : undefined,
  );
  return [spec["cidr"], ...zones, ...networks].flatMap(blockIn);
}

function blockIn(text: unknown): Cidr[] {
  const parsed = typeof text === "string" ? parseCidr(text) : undefined;
  return parsed?.ok ? [parsed.cidr] : [];
}

const NETWORKS = ["172.16.0.0/16", "192.168.0.0/16", "10.200.0.0/16", "10.0.0.0/16"].map(cidr);

/** The first /24 of the range that no zone has: four slots of 59 hosts. */
function freeBlock(spec: Mapping): string {
  const [range = cidr("10.20.0.0/16")] = blockIn(spec["cidr"]);
  const taken = blocksOf(spec).filter((block) => formatCidr(block) !== formatCidr(range));
  return formatCidr(lowestFree(range, taken, 24) ?? { base: range.base, prefix: 24 });
}
