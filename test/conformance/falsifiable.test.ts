/** A sentence that cannot fail says nothing: each is contradicted by some spoiled document, on every cloud where it holds. */
import { CLOUDS, type Cloud } from "../../src/model/cloud";
import type { Sentence } from "./asking";
import { EXCEPTIONS } from "./exceptions";
import type { Reader } from "./reader";
import { READERS } from "./readers";
import { documentOf } from "./render";
import { spoiled } from "./sabotage";
import { sabotagesOf } from "./sabotages";
import { SENTENCES } from "./sentences";
import { SPECS } from "./specs";

/** What is true by the cloud's own nature, so that no document of Terraform can make it false. */
const BY_NATURE: Readonly<Record<Cloud, readonly string[]>> = {
  // Load balancers are hosts of the zones in which they stand, with no address of their own from which they look.
  aws: ["load balancers look after nothing that does not serve the internet"],
  azure: [],
  google: [],
};

function spoiledReadersOf(cloud: Cloud): ((sentence: Sentence) => string[])[] {
  return [...sabotagesOf(cloud)].map(([name, changes]) => {
    const readings = new Map(
      Object.keys(SPECS).map((spec) => {
        const document = spoiled(documentOf(cloud, spec as keyof typeof SPECS), changes);
        return [spec, { document, read: READERS[cloud](document) as Reader }];
      }),
    );
    return ({ spec, contradictions }) => {
      const reading = readings.get(spec);
      return reading !== undefined && contradictions(reading.read, reading.document).length > 0 ? [name] : [];
    };
  });
}

describe.each(CLOUDS)("on %s it can fail that", (cloud) => {
  const spoilings = spoiledReadersOf(cloud);
  const holding = SENTENCES.filter(({ title }) => !EXCEPTIONS[cloud].some((exception) => exception.sentence === title));
  if (process.env["DUMP"])
    require("node:fs").writeFileSync(
      `/tmp/dump-${cloud}`,
      holding
        .map(
          (x) =>
            x.title.padEnd(90) +
            spoilings
              .flatMap((f) => {
                try {
                  return f(x);
                } catch (e) {
                  return ["THROWS " + String(e).slice(0, 60)];
                }
              })
              .join(" "),
        )
        .join("\n"),
    );
  const fallible = holding.filter(({ title }) => !BY_NATURE[cloud].includes(title));

  test.each(fallible)("$title", (sentence) => {
    expect(spoilings.some((contradicts) => contradicts(sentence).length > 0)).toBe(true);
  });
});
