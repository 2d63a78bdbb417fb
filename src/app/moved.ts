/** Finds what one rendering gives another address or number than an earlier one did. */

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === "object" && value !== null;

/** Numbers by which rules are ordered; every other number may change. */
const NUMBERS: ReadonlySet<string> = new Set(["priority", "rule_no", "rule_number"]);

/** The first resource of both documents that the second one moves, in words. */
export function firstMoved(before: Tree, after: Tree): string | undefined {
  for (const [type, resources] of Object.entries(treeAt(before, "resource")))
    for (const [name, old] of Object.entries(isTree(resources) ? resources : {})) {
      const moved = movedIn("", old, treeAt(treeAt(treeAt(after, "resource"), type), name));
      if (moved !== undefined) return `${type}.${name} has ${moved[0]} and would get ${moved[1]}`;
    }
  return undefined;
}

const treeAt = (tree: Tree, key: string): Tree => (isTree(tree[key]) ? tree[key] : {});

type Move = readonly [from: string, to: string];

function movedIn(key: string, before: unknown, after: unknown): Move | undefined {
  if (typeof before === "string" && typeof after === "string") return movedAddress(before, after);
  if (typeof before === "number" && typeof after === "number")
    return NUMBERS.has(key) && before !== after ? [`${key} ${before}`, String(after)] : undefined;
  if (!isTree(before) || !isTree(after)) return undefined;
  for (const [inner, value] of Object.entries(before)) {
    const moved = movedIn(inner, value, counterpart(inner, value, after));
    if (moved !== undefined) return moved;
  }
  return undefined;
}

/** Entries of a list that have names are the same entry by name, whatever came between them. */
function counterpart(key: string, value: unknown, after: Tree): unknown {
  const name = isTree(value) ? value["name"] : undefined;
  if (!Array.isArray(after) || name === undefined) return after[key];
  return after.find((each: unknown) => isTree(each) && each["name"] === name);
}

const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g;

/** Addresses may stand inside of an expression. Another count of them is another rule. */
function movedAddress(before: string, after: string): Move | undefined {
  const [old, now] = [before.match(ADDRESS) ?? [], after.match(ADDRESS) ?? []];
  const index = old.findIndex((address, at) => address !== now[at]);
  return old.length !== now.length || index < 0 ? undefined : [old[index] ?? "", now[index] ?? ""];
}
