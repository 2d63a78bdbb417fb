/** Documents after renames: nothing is replaced, from wherever a state comes. */
import { parseLock } from "../../src/addresses/parse-lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import { loadSpec } from "../../src/app/load";
import { brokenPromises } from "../../src/verifier/verify";
import {
  afterMoves,
  movesIn,
  namesOf,
  type Ran,
  type Rename,
  readSpec,
  renamedSpec,
  runAfter,
  type Spec,
  TARGETS,
} from "../support/renamed-specs";

const EVERY_PART = readSpec("test/terraform/specs/every-part.enclave.yaml");

/** Another name for every zone and every endpoint, shorter or longer than it was. */
const renamesOf = (spec: Spec, end: string): Rename[] =>
  (["zones", "privateEndpoints"] as const).flatMap((kind) =>
    namesOf(spec, kind).map((from, index) => ({
      kind,
      from,
      to: `${kind === "zones" ? "z" : "e"}${index}${end}`,
    })),
  );

describe.each(TARGETS)("on %s", (_, target) => {
  const first = runAfter(undefined, EVERY_PART, target);
  const renames = renamesOf(EVERY_PART, "-renamed");
  const renamed = renamedSpec(EVERY_PART, renames);
  const second = runAfter(first.lock, renamed, target);

  test("every zone and every endpoint has another name, and nothing but names is another", () => {
    expect(movesIn(second.document).length).toBeGreaterThan(40);
    expect(afterMoves(second.document, second.document)).toEqual(afterMoves(first.document, second.document));
    const { zones, private_endpoints } = second.document["output"] as Record<string, { value: object }>;
    expect(Object.keys(zones?.value ?? {}).sort()).toEqual(namesOf(renamed, "zones").sort());
    expect(Object.keys(private_endpoints?.value ?? {}).sort()).toEqual(
      namesOf(renamed, "privateEndpoints").sort(),
    );
  });

  test("a second run writes the same, whether the lines stay or go", () => {
    expect(runAfter(second.lock, renamed, target)).toEqual(second);
    expect(runAfter(second.lock, renamedSpec(EVERY_PART, renames, false), target)).toEqual(second);
  });

  test("after three renames a state of any run finds its way", () => {
    const again = renamedSpec(renamed, renamesOf(renamed, "-x"));
    const third = runAfter(second.lock, again, target);
    const back = renamedSpec(again, [{ kind: "zones", from: namesOf(again, "zones")[0] ?? "", to: "edge" }]);
    const fourth = runAfter(third.lock, back, target);
    const wanted = afterMoves(fourth.document, fourth.document);
    for (const { document } of [first, second, third])
      expect(afterMoves(document, fourth.document)).toEqual(wanted);
  });

  test("forgotten renames are not told, and the cloud keeps the names all the same", () => {
    const forgotten = runAfter(second.lock, renamed, target, { forgetRenames: true });
    expect(movesIn(forgotten.document)).toEqual([]);
    const { moved: _, ...rest } = second.document;
    expect(forgotten.document).toEqual(rest);
    expect(runAfter(forgotten.lock, renamed, target)).toEqual(forgotten);
  });

  test("what is renamed stays also where others come and go in the same run", () => {
    const isolated = { exposure: "isolated", hosts: 5 };
    const withZone = (name: string): Spec => ({
      ...EVERY_PART,
      zones: { ...(EVERY_PART["zones"] as object), [name]: isolated },
    });
    const before = runAfter(undefined, withZone("leaver"), target);
    const names = [{ kind: "zones", from: "serve", to: "inference" } as const];
    const after = runAfter(before.lock, renamedSpec(withZone("newcomer"), names), target, {
      removed: ["leaver"],
    });
    const without = (name: string, { document }: Ran) =>
      Object.fromEntries(
        Object.entries(afterMoves(document, after.document)).filter((texts) => !texts.join().includes(name)),
      );
    expect(without("newcomer", after)).toEqual(without("leaver", before));
    expect(Object.keys(without("newcomer", after))).toContainEqual(expect.stringMatching(/inference(_1)?$/));
  });
});

describe("the verifier says what is wrong", () => {
  const target = { cloud: "aws" } as const;
  const { lock } = runAfter(undefined, EVERY_PART, target);
  const renamed = renamedSpec(EVERY_PART, renamesOf(EVERY_PART, "-renamed"));
  const { document } = runAfter(lock, renamed, target);

  const spoil = (from: RegExp, to: string): string[] => {
    const text = JSON.stringify(document);
    expect(text).toMatch(from);
    const { enclave, addresses } = askedBy(renamed, lock);
    return brokenPromises(target.cloud, JSON.parse(text.replace(from, to)), enclave, addresses).map(
      ({ promise }) => promise,
    );
  };

  test("of nothing, as it is", () => expect(spoil(/"moved"/, '"moved"')).toEqual([]));

  test.each<[string, RegExp, string, string | RegExp]>([
    [
      "a reference to a former address",
      /\$\{(\w+)\.z0_renamed/,
      "${$1.edge",
      "every reference leads to something",
    ],
    ["a reference to another zone", /(_subnet\w*\.)z0_renamed_1(?=\.id\})/, "$1z1_renamed_1", /./],
    ["a move from another address", /"from":"(\w+\.)edge/, '"from":"$1gate', "keeps everything but a name"],
    ["a move less", /\{"from":"\w+_subnet(?:work)?\.edge_1","to":"[^"]+"\},?/, "", "each former address"],
    ["a move to nowhere", /"to":"(\w+\.)z0_renamed/, '"to":"$1nowhere', "one that is there"],
    ["no moves", /"moved":\[[^\]]*\],?/, "", "each former address"],
    ["a former name in a condition", /(contains\(var\.quarantine, \\")z1-renamed/, "$1gate", /./],
  ])("of %s", (_what, from, to, promise) => {
    const broken = spoil(from, to);
    expect(broken.join("; ")).toMatch(promise);
  });
});

/** What the verifier knows of a spec after a run. */
function askedBy(spec: Spec, lock: string) {
  const { enclave } = loadSpec(JSON.stringify(spec), "some.enclave.yaml");
  const past = parseLock(lock);
  if (enclave === undefined || "damage" in past) throw new Error("the spec is not valid");
  const { addresses } = resolveAddresses(enclave, past.lock, { frozen: false, reclaim: false });
  if (addresses === undefined) throw new Error("the spec has no addresses");
  return { enclave, addresses };
}
