/** A promise that cannot be broken says nothing: each is broken by some spoiled document, on every cloud where it holds. */
import type { Cloud } from "../../src/clouds/cloud";
import { PROMISES } from "../../src/verifier/promises/all";
import { EXCEPTIONS } from "../../src/verifier/promises/exceptions";
import type { Asked, EnclavePromise } from "../../src/verifier/promises/promise";
import { COLUMNS, type Column } from "./columns";
import { asking, documentOf, SPEC_NAMES } from "./render";
import { type Change, spoiled } from "./sabotage";
import { sabotagesOf } from "./sabotages";

/** What is true by the cloud's own nature, so that no document of Terraform can make it false. */
const BY_NATURE: Readonly<Record<Cloud, readonly string[]>> = {
  aws: [
    // Load balancers are hosts of the zones in which they stand, with no address of their own from which they look.
    "load balancers look after what they may serve",
    "load balancers look after nothing else",
    // The policy of an endpoint holds whoever is let in.
    "an endpoint is open to its consumers only",
  ],
  // Each endpoint has an address of its own.
  azure: ["an endpoint is open to its consumers only"],
  google: [
    // A network has no range, only its subnetworks have.
    "the network lies in the range that the spec gives",
    // Google answers for these by zones of its own, which nothing in a document makes.
    "machines of the network find each other by name",
  ],
};

/** For each way to spoil the cloud's documents: whether a promise is then broken, or the document cannot be read. */
const spoilingsOf = (column: Column): Map<string, (promise: EnclavePromise) => boolean> =>
  new Map(
    [...sabotagesOf(column.cloud)].map(([name, changes]) => {
      const asked = SPEC_NAMES.flatMap((spec) => askedOfSpoiled(column, spec, changes));
      return [name, ({ faults }) => asked.some((each) => faults(each).length > 0)];
    }),
  );

function askedOfSpoiled(
  column: Column,
  spec: (typeof SPEC_NAMES)[number],
  changes: readonly Change[],
): Asked[] {
  const document = spoiled(documentOf(column, spec), changes);
  try {
    return [asking(column, spec, document)];
  } catch {
    // What cannot be read is refused whatever it promises.
    return [];
  }
}

describe.each(COLUMNS)("on $name it can be broken that", (column) => {
  const { cloud } = column;
  const spoilings = spoilingsOf(column);
  const holding = PROMISES.filter(
    ({ title }) => !EXCEPTIONS[cloud].some((exception) => exception.promise === title),
  );
  const fallible = holding.filter(({ title }) => !BY_NATURE[cloud].includes(title));

  test.each(fallible)("$title", (promise) => {
    expect([...spoilings.values()].some((breaks) => breaks(promise))).toBe(true);
  });

  test.each([
    "a zone in quarantine opens nothing and receives nothing",
    "a zone in quarantine gets to no name",
  ])("%s, where the quarantine changes nothing", (title) => {
    const breaks = spoilings.get("ignoresQuarantine");
    expect(PROMISES.filter((promise) => promise.title === title).map((promise) => breaks?.(promise))).toEqual(
      [true],
    );
  });
});
