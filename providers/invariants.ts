/** What every cloud's check of its own rendered document is made of. A sentence in a result says what is broken. */
import { literalPrinter, type Printer } from "../src/addresses/address";
import { cidr, sizeOf } from "../src/net/cidr";
import type { NetworkPlan } from "../src/plan/network-plan";
import type { TerraformDocument } from "../src/provider";
import { resourceTypes } from "./document";

export const unless = (held: boolean, sentence: string): string[] => (held ? [] : [sentence]);

/** What no enclave may have is said as that; only then is a document compared with its own plan. */
export const orElse = (broken: string[], next: () => string[]): string[] => (broken.length > 0 ? broken : next());

/** `types` is everything that the cloud ever renders: any other type of resource is a way that nobody planned. */
export const brokenFrame = (document: TerraformDocument, types: ReadonlySet<string>): string[] => [
  ...resourceTypes(document)
    .filter((type) => !types.has(type))
    .map((type) => `${type} is a kind of resource that no enclave has`),
  ...unless(document["data"] === undefined, "a data source would need credentials while planning"),
];

/** Exactly what is planned, by name: none is more, none is missing. */
export function differing(found: readonly string[], planned: ReadonlySet<string>, named: (name: string) => string): string[] {
  const present = new Set(found);
  return [
    ...[...present].filter((name) => !planned.has(name)).map((name) => `${named(name)} is not planned`),
    ...[...planned].filter((name) => !present.has(name)).map((name) => `${named(name)} is missing`),
  ];
}

/** For the enclave's range as a document has it, in which `first` is the block of the first zone's first subnet. */
export function printerFrom(plan: NetworkPlan, first: string): Printer {
  const block = cidr(first);
  const slot = plan.zones[0]?.subnets[0] ?? plan.range;
  return literalPrinter({ base: block.base - slot.index * sizeOf(block), prefix: block.prefix - slot.newbits });
}
