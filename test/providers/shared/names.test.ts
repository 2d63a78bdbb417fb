/** Two things with one name are one error, whatever they are. */
import fc from "fast-check";
import { type Named, reviewCollisions } from "../../../providers/shared/review/names";

const named = (kind: string, name: string, what: string, path: string): Named => ({ kind, name, what, path });
const report = { code: "azure-name-twice", why: "", facts: () => ({}) } as const;

test("names of two kinds may be the same", () => {
  const names = [named("subnetwork", "n", "a", "zones"), named("address", "n", "b", "zones")];
  expect([...reviewCollisions(names, report)]).toEqual([]);
});

test("a thing may have a name twice", () => {
  const names = [named("address", "n", "a", "zones"), named("address", "n", "a", "zones")];
  expect([...reviewCollisions(names, report)]).toEqual([]);
});

test("a thing with two names of others is one error, at its own place, that says the first other place", () => {
  const first = [named("rule", "n", "a", "flows[0]"), named("rule", "m", "b", "flows[1]")];
  const second = [named("rule", "n", "c", "flows[2]"), named("rule", "m", "c", "flows[2]")];
  expect([...reviewCollisions([...first, ...second], report)]).toMatchObject([
    { path: "flows[2]", detail: expect.stringContaining("flows[0]") },
  ]);
});

test("of different things, as many errors are reported as names are lost", () => {
  const name = fc.tuple(fc.constantFrom("subnetwork", "address"), fc.constantFrom("a", "b", "c", "d"));
  fc.assert(
    fc.property(fc.array(name), (pairs) => {
      const names = pairs.map(([kind, text], index) => named(kind, text, `thing ${index}`, "zones"));
      const kept = new Set(names.map(({ kind, name }) => `${kind} ${name}`)).size;
      expect([...reviewCollisions(names, report)]).toHaveLength(names.length - kept);
    }),
  );
});
