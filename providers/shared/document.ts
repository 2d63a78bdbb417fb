/** Reading a rendered document back: what invariant checks and tests of every cloud need of it. */
import type { TerraformDocument } from "../../src/plan/provider";

export type Attributes = Readonly<Record<string, unknown>>;

/** Resources of one type by name; empty when there are none. */
export function resourcesOf(document: TerraformDocument, type: string): ReadonlyMap<string, Attributes> {
  const all = (document["resource"] ?? {}) as Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  return new Map(Object.entries(all[type] ?? {}));
}

export const resourceTypes = (document: TerraformDocument): string[] =>
  Object.keys((document["resource"] ?? {}) as object);

/** The argument as text; absent and of another type are the empty string. */
export function text(attributes: Attributes | undefined, name: string): string {
  const value = attributes?.[name];
  return typeof value === "string"
    ? value
    : typeof value === "number" || typeof value === "boolean"
      ? String(value)
      : "";
}

export function texts(attributes: Attributes | undefined, name: string): string[] {
  const value = attributes?.[name];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The first block of a nested argument, which Terraform's JSON writes as an object or a list of one. */
export function nested(attributes: Attributes | undefined, name: string): Attributes | undefined {
  const value = attributes?.[name];
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === "object" && first !== null ? (first as Attributes) : undefined;
}

/** All blocks of a nested argument. */
export function blocks(attributes: Attributes | undefined, name: string): Attributes[] {
  const value = attributes?.[name];
  return (Array.isArray(value) ? value : [value ?? []].flat()).filter(
    (one): one is Attributes => typeof one === "object" && one !== null,
  );
}
