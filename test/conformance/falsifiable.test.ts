/** A sentence that cannot fail says nothing: each is contradicted by some spoiled document, on every cloud where it holds. */
import type { Cloud } from "../../src/clouds/cloud";
import { READERS } from "../../src/verifier/readers";
import type { Sentence } from "./asking";
import { COLUMNS, type Column } from "./columns";
import { EXCEPTIONS } from "./exceptions";
import { documentOf } from "./render";
import { spoiled } from "./sabotage";
import { sabotagesOf } from "./sabotages";
import { SENTENCES } from "./sentences";
import { SPECS, type SpecName } from "./specs";

const SPEC_NAMES = Object.keys(SPECS) as SpecName[];

/** What is true by the cloud's own nature, so that no document of Terraform can make it false. */
const BY_NATURE: Readonly<Record<Cloud, readonly string[]>> = {
  // Load balancers are hosts of the zones in which they stand, with no address of their own from which they look.
  aws: [
    "load balancers look after nothing that does not serve the internet",
    "load balancers look after what serves the internet on its ports alone",
  ],
  azure: [],
  google: [],
};

/** For each way to spoil the cloud's documents: whether a sentence is then contradicted. */
function spoiledReadersOf(column: Column): ((sentence: Sentence) => boolean)[] {
  return [...sabotagesOf(column.cloud).values()].map((changes) => {
    const readings = new Map(
      SPEC_NAMES.map((spec) => {
        const document = spoiled(documentOf(column, spec), changes);
        return [spec, { document, read: READERS[column.cloud](document) }];
      }),
    );
    return ({ spec, contradictions }) => {
      const reading = readings.get(spec);
      return reading !== undefined && contradictions(reading.read, reading.document).length > 0;
    };
  });
}

describe.each(COLUMNS)("on $name it can fail that", (column) => {
  const { cloud } = column;
  const spoilings = spoiledReadersOf(column);
  const holding = SENTENCES.filter(
    ({ title }) => !EXCEPTIONS[cloud].some((exception) => exception.sentence === title),
  );
  const fallible = holding.filter(({ title }) => !BY_NATURE[cloud].includes(title));

  test.each(fallible)("$title", (sentence) => {
    expect(spoilings.some((contradicts) => contradicts(sentence))).toBe(true);
  });

  test.each([
    "a zone in quarantine opens nothing and receives nothing",
    "a public zone in quarantine receives nothing from the internet",
  ])("%s, where the quarantine changes nothing", (title) => {
    const document = spoiled(documentOf(column, "whole"), sabotagesOf(cloud).get("ignoresQuarantine") ?? []);
    const asked = SENTENCES.filter((sentence) => sentence.title === title);
    expect(
      asked.flatMap(({ contradictions }) => contradictions(READERS[cloud](document), document)),
    ).not.toEqual([]);
  });
});
