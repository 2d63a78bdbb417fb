/** Fits a fix to the user's spec: with the user's own names, networks and clouds. */

import { CLOUDS, type Cloud } from "../../clouds/cloud";
import { CLOUD_FACTS } from "../../clouds/clouds";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { asYaml, isEntry, lastKey, removedPath, withRemovedPath } from "../../diagnostics/edit";
import { joinPath, splitPath } from "../../diagnostics/path";
import { type Cidr, cidr, formatCidr, overlaps, parseCidr } from "../../net/cidr";
import { lowestFree } from "../../net/free-space";
import { factsAt, fieldAt, fieldOf, fieldsOf, isOptionalPart, kindsOf } from "../schema/fields";
import { parseName } from "../schema/parse";
import { isMapping } from "../unknown";
import { adding, isRequired, sampleOf } from "./samples";

type Mapping = Readonly<Record<string, unknown>>;

/** `root` is the spec as read, right or wrong. */
export function fitting(diagnostic: Diagnostic, root: unknown): Diagnostic {
  const { code, fix, path } = diagnostic;
  const spec = mappingIn(root);
  if (fix === undefined) return diagnostic;
  const { onlyFor } = code === "value-shape" ? factsAt(path) : {};
  const service = mappingIn(valueAt(spec, joinPath("", ...splitPath(path).slice(0, 2))))["service"];
  if (onlyFor !== undefined && typeof service === "string" && service !== onlyFor.service) {
    const advice = `# name what belongs to ${service} ${onlyFor.otherwise}`;
    return { ...diagnostic, detail: onlyFor.detail, fix: advice };
  }
  const items = code === "type-wrong" ? pairsAsItems(path, spec) : undefined;
  const whole = items ?? withWholePart(fix, spec);
  return {
    ...diagnostic,
    fix: whole.replaceAll(PLACEHOLDER, (_, word: string) => WORDS[word]?.(spec, path) ?? ""),
  };
}

/** A list of flows from pairs of names, `{ app: db }`; undefined for everything else. */
function pairsAsItems(path: SpecPath, spec: Mapping): string | undefined {
  const item = fieldAt(joinPath(path, 0));
  const required = item === undefined ? [] : Object.entries(fieldsOf(item.schema)).filter(isRequiredField);
  const [source, target, ...others] = required;
  if (source?.[1].facts.refersTo === undefined || target === undefined) return undefined;
  const zones = mappingIn(spec["zones"]);
  const rest = others.map(([key, field]) => `${key}: ${sampleOf(field)}`);
  const takesOne = kindsOf(target[1].schema).includes("text");
  const lines: string[] = [];
  for (const [zone, to] of Object.entries(mappingIn(valueAt(spec, path)))) {
    const names = [to].flat().map((name) => (typeof name === "string" ? asYaml(name) : undefined));
    if (!Object.hasOwn(zones, zone) || names.includes(undefined)) return undefined;
    const ends = takesOne && names.length === 1 ? names[0] : `[${names.join(", ")}]`;
    lines.push(`  - { ${[`${source[0]}: ${zone}`, `${target[0]}: ${ends}`, ...rest].join(", ")} }`);
  }
  if (lines.length === 0) return undefined;
  return `# a list of what is opened, like:\n${adding(path, ["", ...lines].join("\n"))}`;
}

const isRequiredField = ([, { optional }]: readonly [string, { readonly optional: boolean }]): boolean =>
  !optional;

/** An edit that removes a part also removes everything that has no meaning without it. */
function withWholePart(fix: string, spec: Mapping): string {
  const path = removedPath(fix);
  if (path === undefined) return fix;
  const { exactlyOne = [] } = factsAt(above(path));
  const first = joinPath(above(path), exactlyOne[0] ?? "");
  // A zone without a size would be the next error.
  if (!isEntry(path) && exactlyOne.includes(lastKey(path)) && isLast(path, spec) && factsAt(first).sample)
    return adding(first);
  return withRemovedPath(fix, wholePart(path, spec));
}

/** True if the removal of a field leaves nothing in a mapping that needs exactly one field. */
function isLast(path: SpecPath, spec: Mapping): boolean {
  const { exactlyOne } = factsAt(above(path));
  const holder = mappingIn(valueAt(spec, above(path)));
  return exactlyOne !== undefined && !exactlyOne.some((key) => key !== lastKey(path) && key in holder);
}

/** The smallest part around `path` that the user can remove: a flow without its only port means nothing. */
function wholePart(path: SpecPath, spec: Mapping): SpecPath {
  if (!isOptionalPart(String(splitPath(path)[0]))) return path;
  let part = path;
  while (splitPath(part).length > 2 && !canGo(part, path, spec)) part = above(part);
  return part;
}

function canGo(part: SpecPath, path: SpecPath, spec: Mapping): boolean {
  if (isEntry(part)) {
    const list = valueAt(spec, above(part));
    return !Array.isArray(list) || list.length > 1;
  }
  const segments = splitPath(part);
  const outer = segments.map((_, index) => factsAt(joinPath("", ...segments.slice(0, index + 1))));
  // Without one of its entries, a list that narrows its item would let the item open more.
  const narrows = part !== path && outer.some((facts) => facts.narrows);
  return !narrows && !outer.some((facts) => facts.indivisible) && !isRequired(part) && !isLast(part, spec);
}

const WORDS: Readonly<Record<string, (spec: Mapping, path: SpecPath) => string>> = {
  zone: (spec, path) => zonesFor(spec, path)[0] ?? "app",
  other: (spec, path) => zonesFor(spec, path)[1] ?? zonesFor(spec, path)[0] ?? "app",
  private: (spec, path) => {
    const zones = mappingIn(spec["zones"]);
    const isPrivate = (name: string): boolean => mappingIn(zones[name])["exposure"] === "private";
    return zonesFor(spec, path).find(isPrivate) ?? zonesFor(spec, path)[0] ?? "app";
  },
  cloud: cloudOf,
  region: (spec) => CLOUD_FACTS[cloudOf(spec)].exampleRegion,
  consumers: (spec) => `${cloudOf(spec)}: [${sampleOf(fieldOf(CLOUD_FACTS[cloudOf(spec)].consumer))}]`,
  target: (spec) => `${cloudOf(spec)}: ${sampleOf(fieldOf(CLOUD_FACTS[cloudOf(spec)].target))}`,
  range: () => formatCidr(SOME_RANGE),
  block: freeBlock,
  network: (spec) => {
    const taken = blocksOf(spec);
    const free = NETWORKS.find((network) => !taken.some((block) => overlaps(block, network)));
    return formatCidr(free ?? SOME_NETWORK);
  },
};

const PLACEHOLDER = new RegExp(`<(${Object.keys(WORDS).join("|")})>`, "g");

/** The cloud that the spec names, or whose regions it gives. */
function cloudOf({ cloud, region }: Mapping): Cloud {
  const given = mappingIn(region);
  return CLOUDS.find((each) => each === cloud) ?? CLOUDS.find((each) => each in given) ?? CLOUDS[0];
}

/** Zones by name, first those that the item around the path does not name yet. */
function zonesFor(spec: Mapping, path: SpecPath): string[] {
  const names = Object.keys(mappingIn(spec["zones"])).filter((name) => parseName(name).ok);
  const own = Object.values(mappingIn(valueAt(spec, above(path)))).flat();
  return [...names.filter((name) => !own.includes(name)), ...names.filter((name) => own.includes(name))];
}

const SOME_RANGE = cidr("10.20.0.0/16");
const SOME_NETWORK = cidr("172.16.0.0/16");
const NETWORKS = [SOME_NETWORK, ...["192.168.0.0/16", "10.200.0.0/16", "10.0.0.0/16"].map(cidr)];

/** Blocks that the spec names, and its own range. */
function blocksOf(spec: Mapping): Cidr[] {
  const parts = [
    ...Object.values(mappingIn(spec["zones"])),
    ...Object.values(mappingIn(spec["externalNetworks"])),
  ];
  const blocks = parts.flatMap((part) => [mappingIn(part)["cidr"], mappingIn(part)["cidrs"]].flat());
  return [spec["cidr"], ...blocks].flatMap(blockIn);
}

function blockIn(text: unknown): Cidr[] {
  const parsed = typeof text === "string" ? parseCidr(text) : undefined;
  return parsed?.ok ? [parsed.cidr] : [];
}

/** The first /24 of the range that no zone has: four slots of 59 hosts. */
function freeBlock(spec: Mapping): string {
  const [range = SOME_RANGE] = blockIn(spec["cidr"]);
  const taken = blocksOf(spec).filter((block) => formatCidr(block) !== formatCidr(range));
  return formatCidr(lowestFree(range, taken, 24) ?? { base: range.base, prefix: 24 });
}

const above = (path: SpecPath): SpecPath => joinPath("", ...splitPath(path).slice(0, -1));

const mappingIn = (value: unknown): Mapping => (isMapping(value) ? value : {});

const valueAt = (spec: Mapping, path: SpecPath): unknown =>
  splitPath(path).reduce<unknown>(
    (value, segment) => (Array.isArray(value) ? value[Number(segment)] : mappingIn(value)[segment]),
    spec,
  );
