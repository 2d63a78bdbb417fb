/** Every single value of a document changed, one at a time. */
import type { TerraformDocument } from "../../src/verifier/terraform/document";

export type Path = readonly string[];

/** Paths of all values of one part of the document. */
export function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, item]) => leavesOf(item, [...path, key]));
}

type Container = Record<string, unknown>;

/** Shares with the document everything that is not on the way to the value. */
export function withOther(document: TerraformDocument, path: Path): TerraformDocument {
  const copy: Container = { ...document };
  let at = copy;
  for (const key of path.slice(0, -1)) {
    const part = at[key] as Container;
    at[key] = (Array.isArray(part) ? [...part] : { ...part }) as Container;
    at = at[key] as Container;
  }
  const last = path.at(-1) ?? "";
  at[last] = other(at[last]);
  return copy;
}

/** Another value of the same type. */
function other(value: unknown): unknown {
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  return value === null ? "x" : `${String(value)}x`;
}
