/** A Terraform JSON document as it is read: resources, attributes, blocks, references, variables, outputs. */

/** Terraform's JSON syntax: `document.resource.aws_subnet.inference_1.cidr_block`. */
export type TerraformDocument = Readonly<Record<string, unknown>>;

export type Attributes = Readonly<Record<string, unknown>>;

const byName = new WeakMap<object, ReadonlyMap<string, Attributes>>();

/** Resources of one type by name; empty when there are none. */
export function resourcesOf(document: TerraformDocument, type: string): ReadonlyMap<string, Attributes> {
  const bodies = (table(document, "resource")[type] ?? {}) as Table;
  const found = byName.get(bodies) ?? new Map(Object.entries(bodies));
  byName.set(bodies, found);
  return found;
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

type Table = Readonly<Record<string, Attributes>>;

export const table = (document: TerraformDocument, block: string): Table => (document[block] ?? {}) as Table;

export interface Variable {
  readonly hasDefault: boolean;
  readonly default: unknown;
  readonly type: string;
  readonly nullable: unknown;
  /** Of its validations. */
  readonly conditions: readonly string[];
}

export const variablesOf = (document: TerraformDocument): ReadonlyMap<string, Variable> =>
  new Map(
    Object.entries(table(document, "variable")).map(([name, body]) => [
      name,
      {
        hasDefault: Object.hasOwn(body, "default"),
        default: body["default"],
        type: text(body, "type"),
        nullable: body["nullable"],
        conditions: blocks(body, "validation").map((each) => text(each, "condition")),
      },
    ]),
  );

export const outputOf = (document: TerraformDocument, name: string): unknown =>
  table(document, "output")[name]?.["value"];

/** The entry of one endpoint in the output `private_endpoints`. */
export const endpointOutput = (document: TerraformDocument, endpoint: string): Attributes =>
  ((outputOf(document, "private_endpoints") ?? {}) as Table)[endpoint] ?? {};

const forms = new Map<string, RegExp>();

/** Names of the resources of one type that a value refers to, wherever in it. */
export function references(value: unknown, type: string): string[] {
  if (value === undefined) return [];
  const form = forms.get(type) ?? new RegExp(`\\b${type}\\.(\\w+)`, "g");
  forms.set(type, form);
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return [...new Set([...text.matchAll(form)].map(([, name]) => name ?? ""))];
}

export const resourceTypesLike = (document: TerraformDocument, pattern: RegExp): string[] =>
  Object.keys(table(document, "resource")).filter((type) => pattern.test(type));

const everywhere = new WeakMap<object, readonly [string, Attributes][]>();

/** Every resource with its address. */
export function everyResource(document: TerraformDocument): readonly [string, Attributes][] {
  const types = table(document, "resource");
  const found =
    everywhere.get(types) ??
    Object.entries(types).flatMap(([type, bodies]) =>
      Object.entries(bodies as Table).map(([name, body]): [string, Attributes] => [`${type}.${name}`, body]),
    );
  everywhere.set(types, found);
  return found;
}

/** Whether any value anywhere in it mentions the text. */
export const mentions = (value: unknown, text: string): boolean => JSON.stringify(value ?? "").includes(text);

/** Resources with the argument `tags` or `labels` that lack the enclave's name or the variable. */
export const untaggedIn = (
  document: TerraformDocument,
  argument: "tags" | "labels",
  enclave: string,
): string[] =>
  everyResource(document).flatMap(([address, body]) => {
    if (body[argument] === undefined) return [];
    const [, name] = /\bvar\.tags\b.* enclave = "([^"]+)".*\}\)\}$/.exec(text(body, argument)) ?? [];
    return name === enclave ? [] : [address];
  });

/** Zones that the tags of some resource name. */
export const zonesTagged = (document: TerraformDocument, argument: "tags" | "labels"): ReadonlySet<string> =>
  new Set(
    everyResource(document).flatMap(([, body]) => / zone = "([^"]+)"/.exec(text(body, argument))?.[1] ?? []),
  );

/** Resources whose count or for_each depends on the quarantine. */
export const conditionalOnQuarantine = (document: TerraformDocument): [string, Attributes][] =>
  everyResource(document).filter(([, body]) =>
    [body["count"], body["for_each"]].some(
      (value) => value !== undefined && mentions(value, "var.quarantine"),
    ),
  );
