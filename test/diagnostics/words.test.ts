import fc from "fast-check";
import { exitCodeOf } from "../../src/diagnostics/diagnostic";
import { nearest } from "../../src/diagnostics/did-you-mean";
import { error, finding, warning } from "../../src/diagnostics/make";
import { joinPath, type Segment, splitPath } from "../../src/diagnostics/path";

describe("paths", () => {
  test.each([
    [["zones", "vector-db", "cidr"], "zones.vector-db.cidr"],
    [["flows", 2, "ports", 0], "flows[2].ports[0]"],
    [["tags", "cost centre"], 'tags["cost centre"]'],
    [["tags", "a.b"], 'tags["a.b"]'],
    [["0"], '["0"]'],
    [[], ""],
  ] as [Segment[], string][])("%j is written %s", (segments, path) => {
    expect(joinPath("", ...segments)).toBe(path);
    expect(splitPath(path)).toEqual(segments);
  });

  test("any segments come back as they went in", () => {
    const segment = fc.oneof(fc.string(), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 6 }), (segments) =>
        expect(splitPath(joinPath("", ...segments))).toEqual(segments),
      ),
    );
  });

  test("what is no path has no segments", () => expect(splitPath("#?!")).toEqual([]));
});

describe("did you mean", () => {
  const known = ["hosts", "exposure", "availabilityZones", "private", "isolated"];
  test.each([
    ["hots", "hosts"],
    ["exposre", "exposure"],
    ["availability_zones", "availabilityZones"],
    ["HOSTS", "hosts"],
    ["isloated", "isolated"],
    ["publish", undefined],
    ["priv", "private"],
    ["pr", undefined],
    ["x", undefined],
    ["", undefined],
  ])("%s: %s", (word, meant) => expect(nearest(word, known)).toBe(meant));

  test("a word cut short is the shortest that begins with it", () =>
    expect(nearest("zone", ["zoneNames", "zones"])).toBe("zones"));
  test("an empty name is never meant", () => expect(nearest("a", [""])).toBeUndefined());
  test("nothing is meant where there is nothing", () => expect(nearest("hosts", [])).toBeUndefined());
});

describe("making diagnostics", () => {
  test("a summary is never longer than a line", () =>
    expect(error("internal", "", "x".repeat(150), "").summary).toBe(`${"x".repeat(99)}…`));
  test.each([
    ["nothing", [], 0],
    ["a warning", [warning("internal", "", "s", "")], 0],
    ["a finding", [finding("internal", "", "s", "")], 1],
    ["an error", [error("internal", "", "s", "")], 2],
    ["a finding and an error", [finding("internal", "", "s", ""), error("internal", "", "s", "")], 2],
  ] as const)("%s ends with %s", (_what, diagnostics, code) => expect(exitCodeOf(diagnostics)).toBe(code));
});
