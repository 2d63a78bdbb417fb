/** Renames at random, and of each zone and each endpoint alone: a state of any run finds its way, and nothing is replaced. */
import fc from "fast-check";
import { anySpec, runs } from "../support/random-specs";
import {
  afterMoves,
  namesOf,
  type Ran,
  type Rename,
  readSpec,
  renamedSpec,
  runAfter,
  type Spec,
  TARGETS,
} from "../support/renamed-specs";

const KINDS = ["zones", "privateEndpoints"] as const;

/** Names that are parts of others, and words that addresses have. */
const NEW_NAMES = [
  "a",
  "app-app",
  "internet-443",
  "in-from",
  "to",
  "x-1",
  "endpoint",
  "s3",
  "subnet",
  "nat-1",
];

/** Some of the zones and endpoints get new names; nobody has them yet. */
const someRenames = (spec: Spec, names: readonly string[]): fc.Arbitrary<Rename[]> => {
  const all = KINDS.flatMap((kind) => namesOf(spec, kind).map((from) => ({ kind, from })));
  return fc
    .tuple(fc.subarray(all, { minLength: 1 }), fc.shuffledSubarray([...names], { minLength: names.length }))
    .map(([some, to]) =>
      some.flatMap((each, index) => (to[index] === undefined ? [] : [{ ...each, to: to[index] }])),
    );
};

const story = anySpec.chain((spec) =>
  someRenames(spec, NEW_NAMES).chain((renames) => {
    const second = renamedSpec(spec, renames);
    return someRenames(
      second,
      NEW_NAMES.map((name) => `${name}-z`),
    ).map((again) => [spec, second, renamedSpec(second, again)] as const);
  }),
);

test.each(TARGETS.filter(([, { cloud }]) => cloud !== "google"))(
  "on %s, after two runs with renames at random",
  (_, target) => {
    fc.assert(
      fc.property(story, (specs) => {
        const ran: Ran[] = [];
        for (const spec of specs) ran.push(runAfter(ran.at(-1)?.lock, spec, target));
        const last = ran.at(-1)?.document ?? {};
        const wanted = afterMoves(last, last);
        for (const { document } of ran) expect(afterMoves(document, last)).toEqual(wanted);
      }),
      runs(15),
    );
  },
);

const FILES = [
  "test/terraform/specs/every-part.enclave.yaml",
  "examples/private-rag/private-rag.enclave.yaml",
];

const CASES = TARGETS.flatMap(([name, target]) => [
  ...FILES.map((file) => ({ name, target, file })),
  { name, target, file: `test/terraform/specs/${target.cloud}-alone.enclave.yaml` },
]);

test.each(CASES)("on $name, each zone and each endpoint alone of $file", ({ target, file }) => {
  const spec = readSpec(file);
  const before = runAfter(undefined, spec, target);
  for (const kind of KINDS)
    for (const from of namesOf(spec, kind)) {
      const renamed = renamedSpec(spec, [{ kind, from, to: "another" }]);
      const { document } = runAfter(before.lock, renamed, target);
      expect(afterMoves(document, document)).toEqual(afterMoves(before.document, document));
    }
});
