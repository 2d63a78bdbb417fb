/** Parts of a document whose values depend on the quarantine, each read once for every choice of the zones that it asks about. */
import type { Attributes } from "../terraform/document";
import { type Inputs, zonesIn } from "../terraform/expressions";

export interface Dependent<T> {
  /** Zones whose quarantine can change the value. */
  readonly zones: readonly string[];
  at(cut: readonly string[]): T;
  /** Each different value under no quarantine, under each of the zones alone, and under all of them. */
  variants(): readonly T[];
}

export function dependent<T>(
  body: Attributes,
  read: (inputs: Inputs, zones: readonly string[]) => T,
): Dependent<T> {
  const zones = [...new Set(Object.values(body).flatMap(zonesIn))];
  const known = new Map<string, T>();
  const at = (cut: readonly string[]): T => {
    const quarantine = zones.length === 0 ? zones : zones.filter((zone) => cut.includes(zone));
    const key = quarantine.join();
    const value = known.has(key) ? (known.get(key) as T) : read({ quarantine }, zones);
    known.set(key, value);
    return value;
  };
  const variants = (): T[] => [...new Set([[], ...zones.map((zone) => [zone]), zones].map(at))];
  return { zones, at, variants };
}

/** Reads a network once for each list of zones in quarantine; none when absent. */
export function forEachQuarantine<Net>(
  read: (cut: readonly string[]) => Net,
): (cut?: readonly string[]) => Net {
  const nets = new Map<string, Net>();
  return (cut = []) => {
    const key = cut.join();
    const net = nets.get(key) ?? read(cut);
    nets.set(key, net);
    return net;
  };
}
