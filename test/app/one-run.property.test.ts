/** The passes over a spec in which values are replaced by others at random. */
import fc from "fast-check";
import { providerFor } from "../../providers/index";
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { hasErrors } from "../../src/diagnostics/diagnostic";
import { runs } from "../support/random-specs";
import { encode, FULL, SOUND } from "./whole-specs";

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    "",
    0,
    -1,
    1.5,
    true,
    [],
    {},
    [[]],
    { a: 1 },
    "internet",
    "app",
    "10.20.0.0/12",
    "10.20.64.0/20",
    28,
    "a".repeat(200),
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

test.each([
  ["a spec", SOUND],
  ["a spec of everything", FULL],
])("in %s with anything at any place, the passes find errors and throw nothing", (_, whole) => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...placesIn(whole)), junk), { minLength: 1, maxLength: 4 }),
      (changes) => {
        const spec = structuredClone(whole);
        for (const [place, value] of changes) put(spec, place, value);
        const loaded = loadSpec(encode(spec), "spec.json");
        const { diagnostics, ready } = prepare(
          loaded,
          undefined,
          { cloud: "all", frozenLock: false, reclaim: false },
          providerFor,
        );
        expect(ready === undefined).toBe(hasErrors(diagnostics));
      },
    ),
    runs(100),
  );
});

type Place = readonly string[];

/** Every place in a value, outermost first. */
function placesIn(value: unknown, here: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [here];
  return [
    ...(here.length === 0 ? [] : [here]),
    ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...here, key])),
  ];
}

/** Does nothing where the place is gone. */
function put(target: object, place: Place, value: unknown): void {
  const owner = place
    .slice(0, -1)
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      target,
    );
  const key = place.at(-1);
  if (typeof owner === "object" && owner !== null && key !== undefined)
    Object.assign(owner, { [key]: structuredClone(value) });
}
