/** What every rendered document holds alike, whatever the cloud: variables, outputs, references, tags. */
import type { Attributes } from "../../providers/shared/document";
import type { TerraformDocument } from "../../src/plan/provider";
import type { Variable } from "./reader";

type Table = Readonly<Record<string, Attributes>>;

export const table = (document: TerraformDocument, block: string): Table => (document[block] ?? {}) as Table;

export const variablesOf = (document: TerraformDocument): ReadonlyMap<string, Variable> =>
  new Map(
    Object.entries(table(document, "variable")).map(([name, body]) => [
      name,
      { hasDefault: Object.hasOwn(body, "default"), default: body["default"] },
    ]),
  );

export const outputOf = (document: TerraformDocument, name: string): unknown =>
  table(document, "output")[name]?.["value"];

/** What the output `private_endpoints` says of one of them. */
export const endpointOutput = (document: TerraformDocument, endpoint: string): Attributes =>
  ((outputOf(document, "private_endpoints") ?? {}) as Table)[endpoint] ?? {};

/** Names of the resources of one type that a value refers to, wherever in it. */
export const referredTo = (value: unknown, type: string): string[] => [
  ...new Set(
    [...JSON.stringify(value ?? "").matchAll(new RegExp(`\\b${type}\\.(\\w+)`, "g"))].map(
      ([, name]) => name ?? "",
    ),
  ),
];

export const resourceTypesLike = (document: TerraformDocument, pattern: RegExp): string[] =>
  Object.keys(table(document, "resource")).filter((type) => pattern.test(type));

/** Every resource with its address. */
export const everyResource = (document: TerraformDocument): [string, Attributes][] =>
  Object.entries(table(document, "resource")).flatMap(([type, bodies]) =>
    Object.entries(bodies as Table).map(([name, body]): [string, Attributes] => [`${type}.${name}`, body]),
  );

/** Whether any value anywhere in it mentions the text. */
export const mentions = (value: unknown, text: string): boolean => JSON.stringify(value ?? "").includes(text);

/** Resources with the argument `tags` or `labels` that lack the enclave's name or the variable. */
export const untaggedIn = (document: TerraformDocument, argument: "tags" | "labels"): string[] =>
  everyResource(document).flatMap(([address, body]) => {
    const value = body[argument];
    if (value === undefined) return [];
    return mentions(value, "var.tags") && /enclave = \\"/.test(JSON.stringify(value)) ? [] : [address];
  });

export const taggedIn = (document: TerraformDocument, argument: "tags" | "labels", zone: string): string[] =>
  everyResource(document).flatMap(([address, body]) =>
    mentions(body[argument], `zone = \\"${zone}\\"`) ? [address] : [],
  );

/** Resources whose count or for_each depends on the quarantine. */
export const conditionalOnQuarantine = (document: TerraformDocument): [string, Attributes][] =>
  everyResource(document).filter(([, body]) => mentions([body["count"], body["for_each"]], "var.quarantine"));

/** A name against an exact name or a wildcard that holds everything below its domain, but not the domain. */
export const matchesName = (pattern: string, name: string): boolean =>
  pattern === "*" || (pattern.startsWith("*.") ? name.endsWith(pattern.slice(1)) : name === pattern);

export function parseTraffic(traffic: string): {
  readonly protocol: "tcp" | "udp" | "icmp" | "gre";
  readonly port: number;
} {
  const [, port = "0", protocol = traffic] = /^(\d+)\/(\w+)$/.exec(traffic) ?? [];
  if (protocol !== "tcp" && protocol !== "udp" && protocol !== "icmp" && protocol !== "gre")
    throw new Error(`no traffic: ${traffic}`);
  return { protocol, port: Number(port) };
}

/** Reads a network once for each list of zones that are cut off; none when absent. */
export function forEachQuarantine<Net>(
  read: (cut: readonly string[]) => Net,
): (cut?: readonly string[]) => Net {
  const nets = new Map<string, Net>();
  return (cut = []) => {
    const net = nets.get(cut.join()) ?? read(cut);
    nets.set(cut.join(), net);
    return net;
  };
}
