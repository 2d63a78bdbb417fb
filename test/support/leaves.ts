/** Every single value of a rendered document changed, one at a time, to see which of them no invariant looks at. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";

type Path = readonly string[];

interface Rendered {
  readonly document: TerraformDocument;
  readonly plan: NetworkPlan;
}

/**
 * Values of resources of these types whose change goes unnoticed, as `type.name.path`; `ignored` are arguments, at any depth, that
 * open nothing.
 */
export function unnoticed(
  { document, plan }: Rendered,
  check: (document: TerraformDocument, plan: NetworkPlan) => readonly string[],
  types: readonly string[],
  ignored: readonly string[],
): string[] {
  const resources = document["resource"] as Record<string, unknown>;
  const leaves = types.flatMap((type) => leavesOf(resources[type], [type], ignored));
  if (leaves.length === 0) throw new Error(`nothing is rendered of ${types.join(", ")}`);
  return leaves
    .filter((path) => check(changed(document, ["resource", ...path]), plan).length === 0)
    .map((path) => path.join("."));
}

function leavesOf(value: unknown, path: Path, ignored: readonly string[]): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) =>
    ignored.includes(key) ? [] : leavesOf(item, [...path, key], ignored),
  );
}

/** Shares with the document everything that is not on the way to the value. */
function changed(document: TerraformDocument, path: Path): TerraformDocument {
  const copy: Container = { ...document };
  let at = copy;
  for (const key of path.slice(0, -1)) {
    const part = at[key] as Container;
    at = at[key] = (Array.isArray(part) ? [...part] : { ...part }) as Container;
  }
  const last = path.at(-1) ?? "";
  const value = at[last];
  at[last] =
    typeof value === "number"
      ? value + 1
      : typeof value === "boolean"
        ? !value
        : value === null
          ? "x"
          : `${String(value)}x`;
  return copy;
}

type Container = Record<string, unknown>;
