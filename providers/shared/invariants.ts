/** What every cloud's check of its own rendered document is made of. A sentence in a result says what is broken. */
import { literalPrinter, type Printer } from "../../src/addresses/address";
import { cidr, parseCidr, sizeOf } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { resourceTypes } from "./document";

export const unless = (held: boolean, sentence: string): string[] => (held ? [] : [sentence]);

/** What no enclave may have is said as that; only then is a document compared with its own plan. */
export const orElse = (broken: string[], next: () => string[]): string[] =>
  broken.length > 0 ? broken : next();

/** `types` is everything that the cloud ever renders: any other type of resource is a way that nobody planned. */
export const brokenFrame = (document: TerraformDocument, types: ReadonlySet<string>): string[] => [
  ...resourceTypes(document)
    .filter((type) => !types.has(type))
    .map((type) => `${type} is a kind of resource that no enclave has`),
  ...unless(document["data"] === undefined, "a data source would need credentials while planning"),
];

/** Exactly what is planned, by name: none is more, none is missing. */
export function differing(
  found: readonly string[],
  planned: ReadonlySet<string>,
  named: (name: string) => string,
): string[] {
  const present = new Set(found);
  return [
    ...[...present].filter((name) => !planned.has(name)).map((name) => `${named(name)} is not planned`),
    ...[...planned].filter((name) => !present.has(name)).map((name) => `${named(name)} is missing`),
  ];
}

/**
 * Prints blocks in the range that a document has, found from where the first zone's first subnet lies in it. A subnet that cannot
 * be read lies nowhere: then nothing is as planned.
 */
export function printerFrom({ zones, range }: NetworkPlan, firstSubnet: string): Printer {
  const parsed = parseCidr(firstSubnet);
  if (!parsed.ok) return literalPrinter(cidr("0.0.0.0/8"));
  const { base, prefix } = parsed.cidr;
  const slot = zones[0]?.subnets[0] ?? range;
  return literalPrinter({ base: base - slot.index * sizeOf(parsed.cidr), prefix: prefix - slot.newbits });
}
