/** Finds what a rendering changes although only the lock may: addresses, rule numbers, names in the cloud. */
import { parseCidr } from "../net/cidr";
import { isPrivate } from "../net/ranges";

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

/** Numbers by which rules are ordered; every other number may change. */
const NUMBERS: ReadonlySet<string> = new Set(["priority", "rule_no", "rule_number"]);

/** What the second document of an enclave loses of the first one, in words. */
export function firstMoved(before: Tree, after: Tree): string | undefined {
  if (before["moved"] !== undefined && after["moved"] === undefined)
    return "the present file remembers names from before a rename, which would be lost";
  for (const [type, resources] of Object.entries(treeAt(before, "resource")))
    for (const [name, old] of Object.entries(isTree(resources) ? resources : {})) {
      const now = treeAt(treeAt(treeAt(after, "resource"), type), name);
      const moved = renamedIn(old, now) ?? movedIn("", old, now);
      if (moved !== undefined) return `${type}.${name} has ${moved[0]} and would get ${moved[1]}`;
    }
  return undefined;
}

const treeAt = (tree: Tree, key: string): Tree => (isTree(tree[key]) ? tree[key] : {});

type Move = readonly [from: string, to: string];

/** A resource that keeps its address in Terraform has another name in the cloud: the cloud replaces it. */
function renamedIn(before: unknown, after: Tree): Move | undefined {
  const [old, now] = [isTree(before) ? before["name"] : undefined, after["name"]];
  return typeof old === "string" && typeof now === "string" && old !== now
    ? [`the name ${JSON.stringify(old)}`, JSON.stringify(now)]
    : undefined;
}

function movedIn(key: string, before: unknown, after: unknown): Move | undefined {
  if (typeof before === "string" && typeof after === "string") return movedInText(before, after);
  if (typeof before === "number" && typeof after === "number")
    return NUMBERS.has(key) && before !== after ? [`${key} ${before}`, String(after)] : undefined;
  if (!isTree(before) || !isTree(after)) return undefined;
  if (areTexts(before) && areTexts(after)) return movedAddress([...before].sort(), [...after].sort());
  for (const [inner, value] of Object.entries(before)) {
    const moved = movedIn(inner, value, counterpart(inner, value, after));
    if (moved !== undefined) return moved;
  }
  return undefined;
}

/** The order of a list of addresses means nothing. */
const areTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((each) => typeof each === "string");

/** Entries of a list that have names are the same entry by name, whatever came between them. */
function counterpart(key: string, value: unknown, after: Tree): unknown {
  const name = nameOf(value);
  if (!Array.isArray(after) || name === undefined) return after[key];
  return after.find((each: unknown) => nameOf(each) === name);
}

const nameOf = (entry: unknown): unknown =>
  isTree(entry) ? (entry["name"] ?? entry["rule_name"]) : undefined;

const movedInText = (before: string, after: string): Move | undefined =>
  movedAddress([before], [after]) ?? renumbered(before, after);

const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g;

/** Only private addresses come from the lock. Another count of them is another rule. */
const privateIn = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.match(ADDRESS) ?? [])
    .filter((address) => {
      const parsed = parseCidr(address.includes("/") ? address : `${address}/32`);
      return parsed.ok && isPrivate(parsed.cidr);
    });

/** Addresses may stand inside of an expression. */
function movedAddress(before: readonly string[], after: readonly string[]): Move | undefined {
  const [old, now] = [privateIn(before), privateIn(after)];
  const index = old.findIndex((address, at) => address !== now[at]);
  return old.length !== now.length || index < 0 ? undefined : [old[index] ?? "", now[index] ?? ""];
}

/** Firewall rules on AWS stand in one text, each with its number. */
function renumbered(before: string, after: string): Move | undefined {
  const now = numbersIn(after);
  for (const [rule, number] of numbersIn(before)) {
    const other = now.get(rule) ?? number;
    if (other !== number) return [`sid ${number}`, other];
  }
  return undefined;
}

const numbersIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/^(.*)\bsid:(\d+)(.*)$/gm)].map(([, head = "", sid = "", tail = ""]) => [
      head + tail,
      sid,
    ]),
  );
