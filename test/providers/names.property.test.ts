/** Whatever the contract allows as a name, of zones and endpoints alike. */
import fc from "fast-check";
import { CLOUDS } from "../../src/clouds/cloud";
import { custom, type Parts, refusals } from "../support/named-parts";
import { runs } from "../support/random-specs";

/** Pieces that names of rendered things are made of, so that a random joining has a chance to meet one. */
const PIECES = [
  "a",
  "b",
  "to",
  "enclave",
  "custom",
  "s3",
  "kms",
  "service",
  "1",
  "443",
  "tcp",
  "google",
  "apis",
  "blob",
  "logs",
];

const names = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 })
  .map((pieces) => pieces.join("-").replace(/^(?=\d)/, "x"))
  .filter((name) => name.length <= 20 && !/^enclave/.test(name));

const parts: fc.Arbitrary<Parts> = fc.uniqueArray(names, { minLength: 2, maxLength: 5 }).chain((zones) => {
  const from = fc.subarray(zones, { minLength: 1 });
  const storage = fc.record({
    service: fc.constant("object-storage"),
    from,
    access: fc.constantFrom("read", "write"),
  });
  const other = fc.record({ service: fc.constantFrom("keys", "logs"), from });
  const endpoint = fc.oneof(storage, other, fc.record({ service: fc.constant("custom"), from }));
  const zone = fc.constantFrom(...zones);
  return fc.record({
    zones: fc.constant(zones),
    flows: fc.array(
      fc.record({ from: zone, to: zone, ports: fc.constant(["443/tcp"]), why: fc.constant("a test") }),
      { maxLength: 3 },
    ),
    privateEndpoints: fc
      .array(fc.tuple(names, endpoint), { maxLength: 4 })
      .map((list) =>
        Object.fromEntries(
          list.map(([name, one]) => [name, one.service === "custom" ? custom(name, one.from) : one]),
        ),
      ),
  });
});

test.each(CLOUDS)(
  "%s: whatever things are called, they render or are refused, and never meet in one address unseen",
  (cloud) => {
    fc.assert(
      fc.property(parts, (one) => {
        for (const code of refusals(cloud, one))
          expect(code).toMatch(
            /^(address-collision|aws-address-taken|aws-endpoint-rights-differ|name-ambiguous|flow-repeated)$/,
          );
      }),
      runs(60),
    );
  },
);
