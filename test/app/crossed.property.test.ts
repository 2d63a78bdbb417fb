/** Whole specs crossed with each other: no input ends in anything but diagnostics or a plan. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse } from "yaml";
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { cloudTools } from "../../src/app/synthesize";
import { CLOUDS } from "../../src/clouds/cloud";
import { hasErrors } from "../../src/diagnostics/diagnostic";
import { keysOf } from "../../src/model/lookup";
import { SPECS } from "../conformance/specs";
import { runs } from "../support/random-specs";
import { encode, FULL, SOUND } from "./whole-specs";

const SPEC_FILES = join(__dirname, "../terraform/specs");

const WHOLE: readonly object[] = [
  SOUND,
  FULL,
  ...Object.values(SPECS),
  ...readdirSync(SPEC_FILES).map((file) => parse(readFileSync(join(SPEC_FILES, file), "utf8")) as object),
];

type Place = readonly string[];

/** Every place below the top of a value, outermost first. */
function placesIn(value: unknown, here: Place = []): Place[] {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return below.flatMap(([key, each]) => [[...here, key], ...placesIn(each, [...here, key])]);
}

const at = (value: unknown, place: Place): unknown =>
  place.reduce<unknown>((each, key) => (each as Record<string, unknown> | undefined)?.[key], value);

type Holder = Record<string, unknown>;

/** What becomes of a part, given a part of another spec. */
const CROSSINGS = {
  replace: (holder: Holder, key: string, given: unknown) =>
    Object.assign(holder, { [key]: structuredClone(given) }),
  wrap: (holder: Holder, key: string) => Object.assign(holder, { [key]: [holder[key]] }),
  name: (holder: Holder, key: string, given: unknown) =>
    Object.assign(holder, { [String(given)]: holder[key] }),
  double: (holder: Holder, key: string) =>
    Array.isArray(holder)
      ? holder.push(holder[Number(key)])
      : Object.assign(holder, { [`${key}2`]: holder[key] }),
  remove: (holder: Holder, key: string) =>
    Array.isArray(holder) ? holder.splice(Number(key), 1) : Reflect.deleteProperty(holder, key),
} as const;

interface Crossing {
  readonly place: Place;
  readonly given: unknown;
  readonly how: keyof typeof CROSSINGS;
}

const crossing = (whole: unknown): fc.Arbitrary<Crossing> =>
  fc.record({
    place: fc.constantFrom(...placesIn(whole)),
    given: fc
      .constantFrom(...WHOLE)
      .chain((other) => fc.constantFrom(...placesIn(other)).map((place) => at(other, place))),
    how: fc.constantFrom(...keysOf(CROSSINGS)),
  });

/** Does nothing where the place is gone. */
function cross(spec: unknown, { place, given, how }: Crossing): void {
  const holder = at(spec, place.slice(0, -1));
  const key = place.at(-1) ?? "";
  if (typeof holder === "object" && holder !== null && key in holder)
    CROSSINGS[how](holder as Holder, key, given);
}

test.each(CLOUDS)("on %s, crossed specs are planned or refused, and nothing is thrown", (cloud) => {
  const crossed = fc
    .constantFrom(...WHOLE)
    .chain((whole) =>
      fc.tuple(fc.constant(whole), fc.array(crossing(whole), { minLength: 1, maxLength: 5 })),
    );
  fc.assert(
    fc.property(crossed, ([whole, crossings]) => {
      const spec = structuredClone(whole);
      for (const each of crossings) cross(spec, each);
      const options = { cloud, frozenLock: false, reclaim: false };
      const { diagnostics, ready } = prepare(
        loadSpec(encode(spec), "spec.json"),
        undefined,
        options,
        cloudTools.providerFor,
      );
      expect(ready === undefined).toBe(hasErrors(diagnostics));
    }),
    runs(300),
  );
});
