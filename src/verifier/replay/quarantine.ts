/**
 * Parts of a document whose values depend on the quarantine, each read once for every choice of the zones
 * that it asks about.
 */
import type { Attributes } from "../terraform/document";
import { type Inputs, zonesIn } from "../terraform/expressions";

export interface Dependent<T> {
  /** Zones whose quarantine can change the value. */
  readonly zones: readonly string[];
  at(cut: readonly string[]): T;
  /** Each different value under no quarantine, under each of the zones alone, and under all of them. */
  variants(): readonly T[];
}

export function dependent<T>(body: Attributes, read: (inputs: Inputs) => T): Dependent<T> {
  const zones = [...new Set(Object.values(body).flatMap(zonesIn))];
  if (zones.length === 0) {
    const value = read({ quarantine: zones });
    return { zones, at: () => value, variants: () => [value] };
  }
  const known = new Map<string, T>();
  const at = (cut: readonly string[]): T => {
    const quarantine = zones.filter((zone) => cut.includes(zone));
    const key = quarantine.join();
    const value = known.has(key) ? (known.get(key) as T) : read({ quarantine });
    known.set(key, value);
    return value;
  };
  let all: readonly T[] | undefined;
  const variants = (): readonly T[] => {
    all ??= [...new Set([[], ...zones.map((zone) => [zone]), zones].map(at))];
    return all;
  };
  return { zones, at, variants };
}
