/** Makes a fix one that fits the spec it is pasted into: with the user's own names, networks and clouds. */

import { parse } from "yaml";
import { CLOUDS, type Cloud } from "../../clouds/cloud";
import { CLOUD_FACTS } from "../../clouds/clouds";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { isEntry, lastKey, removedPath, withRemovedPath } from "../../diagnostics/edit";
import { joinPath, splitPath } from "../../diagnostics/path";
import { type Cidr, cidr, formatCidr, overlaps, parseCidr } from "../../net/cidr";
import { lowestFree } from "../../net/free-space";
import { factsAt, fieldAt, fieldOf, fieldsOf, isOptionalPart, kindsOf } from "../schema/fields";
import { parseName } from "../schema/parse";
import { isMapping } from "../unknown";
import { inLines } from "./proposals";
import { adding, isRequired, sampleOf } from "./samples";

type Mapping = Readonly<Record<string, unknown>>;

/** `root` is the spec as it was read, right or wrong. */
export function fitting(diagnostic: Diagnostic, root: unknown): Diagnostic {
  const spec = isMapping(root) ? root : {};
  if (diagnostic.fix === undefined) return diagnostic;
  const fit = { ...diagnostic, fix: fixFor(diagnostic, diagnostic.fix, spec) };
  const { onlyFor } = diagnostic.code === "value-shape" ? factsAt(diagnostic.path) : {};
  const service = onlyFor && mappingIn(itemOf(spec, diagnostic.path))["service"];
  if (onlyFor === undefined || typeof service !== "string" || service === onlyFor.service) return fit;
  return { ...fit, detail: onlyFor.detail, fix: `# name what belongs to ${service} ${onlyFor.otherwise}` };
}

function fixFor({ code, path }: Diagnostic, fix: string, spec: Mapping): string {
  const items = code === "type-wrong" ? pairsAsItems(path, spec) : undefined;
  if (items !== undefined) return items;
  const removed = removedPath(fix);
  const only = removed === undefined ? undefined : alternativeTo(removed, spec);
  if (only !== undefined) return adding(only);
  const whole = removed === undefined ? fix : withRemovedPath(fix, wholeOf(removed, spec));
  return whole.replaceAll(PLACEHOLDER, (_, word: string) => WORDS[word]?.(spec, path) ?? "");
}

/** Of fields of which exactly one is given, the first, where it has a value of its own and `path` is the one that goes. */
function alternativeTo(path: SpecPath, spec: Mapping): SpecPath | undefined {
  const { exactlyOne = [] } = factsAt(above(path));
  const first = joinPath(above(path), exactlyOne[0] ?? "");
  if (isEntry(path) || !exactlyOne.includes(lastKey(path)) || !isLast(path, spec)) return undefined;
  return factsAt(first).sample === undefined ? undefined : first;
}

/** True where a mapping of which exactly one field is given would be left with none. */
function isLast(path: SpecPath, spec: Mapping): boolean {
  const { exactlyOne } = factsAt(above(path));
  const holder = mappingIn(holderOf(spec, path));
  return exactlyOne !== undefined && !exactlyOne.some((key) => key !== lastKey(path) && key in holder);
}

/** Pairs of names in place of a list of flows, `{ app: db }`, as such a list; undefined for everything else. */
function pairsAsItems(path: SpecPath, spec: Mapping): string | undefined {
  const pairs = Object.entries(mappingIn(valueAt(spec, path)));
  const item = fieldAt(joinPath(path, 0));
  const fields = item === undefined ? [] : Object.entries(fieldsOf(item.schema));
  const [source, target, ...others] = fields.filter(([, { optional }]) => !optional);
  const zones = mappingIn(spec["zones"]);
  if (pairs.length === 0 || source?.[1].facts.refersTo === undefined || target === undefined)
    return undefined;
  const isName = (value: unknown): boolean => typeof value === "string";
  if (!pairs.every(([zone, to]) => Object.hasOwn(zones, zone) && [to].flat().every(isName))) return undefined;
  const rest = others.map(([key, field]) => [key, parse(sampleOf(field) ?? "")] as const);
  const takesOne = kindsOf(target[1].schema).includes("text");
  const items = pairs.map(([zone, to]) =>
    Object.fromEntries([[source[0], zone], [target[0], takesOne ? to : [to].flat()], ...rest]),
  );
  return `# a list of what is opened, like:\n${adding(path, inLines(items))}`;
}

/**
 * The part that has to go with what is at `path`: a flow without its only port means nothing. A field that narrows its item never
 * goes because one of its entries goes: the item would open or set aside more than was written.
 */
function wholeOf(path: SpecPath, spec: Mapping): SpecPath {
  if (!isOptionalPart(String(splitPath(path)[0]))) return path;
  let part = path;
  while (splitPath(part).length > 2 && !canGo(part, path, spec)) part = above(part);
  return part;
}

function canGo(part: SpecPath, path: SpecPath, spec: Mapping): boolean {
  if (isEntry(part)) {
    const list = holderOf(spec, part);
    return !Array.isArray(list) || list.length > 1;
  }
  const segments = splitPath(part);
  const outer = segments.map((_, index) => factsAt(joinPath("", ...segments.slice(0, index + 1))));
  const narrows = part !== path && outer.some((facts) => facts.narrows);
  return !narrows && !outer.some((facts) => facts.indivisible) && !isRequired(part) && !isLast(part, spec);
}

const PLACEHOLDER = /<(zone|other|private|cloud|region|range|block|network|consumers|target)>/g;

const WORDS: Readonly<Record<string, (spec: Mapping, path: SpecPath) => string>> = {
  zone: (spec, path) => zonesFor(spec, path)[0] ?? "app",
  other: (spec, path) => zonesFor(spec, path)[1] ?? zonesFor(spec, path)[0] ?? "app",
  private: privateZone,
  cloud: cloudOf,
  region: (spec) => CLOUD_FACTS[cloudOf(spec)].exampleRegion,
  range: () => formatCidr(SOME_RANGE),
  block: freeBlock,
  network: (spec) => {
    const taken = blocksOf(spec);
    const free = NETWORKS.find((network) => !taken.some((block) => overlaps(block, network)));
    return formatCidr(free ?? SOME_NETWORK);
  },
  consumers: (spec) => {
    const cloud = cloudOf(spec);
    return `${cloud}: [${sampleOf(fieldOf(CLOUD_FACTS[cloud].consumer))}]`;
  },
  target: (spec) => `${cloudOf(spec)}: ${sampleOf(fieldOf(CLOUD_FACTS[cloudOf(spec)].target))}`,
};

/** The cloud that the spec speaks of, by name or by the regions it gives. */
function cloudOf({ cloud, region }: Mapping): Cloud {
  const given = mappingIn(region);
  return CLOUDS.find((each) => each === cloud) ?? CLOUDS.find((each) => each in given) ?? CLOUDS[0];
}

/** Zones by name, those that the item of the path does not name yet first. */
function zonesFor(spec: Mapping, path: SpecPath): string[] {
  const names = Object.keys(mappingIn(spec["zones"])).filter((name) => parseName(name).ok);
  const own = Object.values(mappingIn(holderOf(spec, path))).flat();
  return [...names.filter((name) => !own.includes(name)), ...names.filter((name) => own.includes(name))];
}

function privateZone(spec: Mapping, path: SpecPath): string {
  const names = zonesFor(spec, path);
  const zones = mappingIn(spec["zones"]);
  return names.find((name) => mappingIn(zones[name])["exposure"] === "private") ?? names[0] ?? "app";
}

const SOME_RANGE = cidr("10.20.0.0/16");
const SOME_NETWORK = cidr("172.16.0.0/16");
const NETWORKS = [SOME_NETWORK, ...["192.168.0.0/16", "10.200.0.0/16", "10.0.0.0/16"].map(cidr)];

/** Blocks that the spec speaks of, its own range among them. */
function blocksOf(spec: Mapping): Cidr[] {
  const zones = Object.values(mappingIn(spec["zones"])).map((zone) => mappingIn(zone)["cidr"]);
  const networks = Object.values(mappingIn(spec["externalNetworks"])).flatMap(
    (network) => mappingIn(network)["cidrs"],
  );
  return [spec["cidr"], ...zones, ...networks].flatMap(blockIn);
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

/** The mapping or list that has the last segment of a path. */
const holderOf = (spec: Mapping, path: SpecPath): unknown => valueAt(spec, above(path));

/** The item of a part that a path lies in. */
const itemOf = (spec: Mapping, path: SpecPath): unknown =>
  valueAt(spec, joinPath("", ...splitPath(path).slice(0, 2)));
