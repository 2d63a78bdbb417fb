/** Where zones and infrastructure go, and what a lock file keeps in its place. */
import { literalPrinter } from "../../src/addresses/address";
import type { Resolution, ResolveOptions } from "../../src/addresses/resolve";
import { type EnclaveLines, zone, zones } from "./enclaves";
import { OPEN, run } from "./runs";

const RECLAIM: ResolveOptions = { frozen: false, reclaim: true };
const FROZEN: ResolveOptions = { frozen: true, reclaim: false, lockFile: "test.enclave.lock.json" };

function blocks({ addresses, diagnostics }: Resolution): Record<string, string> {
  if (addresses === undefined) throw new Error(JSON.stringify(diagnostics));
  const printer = literalPrinter(addresses.range);
  return Object.fromEntries(
    Object.entries(addresses.zones).map(([name, block]) => [name, printer.cidr(block)]),
  );
}

const sites = ({ addresses }: Resolution): string[] =>
  addresses === undefined
    ? []
    : Object.values(addresses.sites).map((block) => literalPrinter(addresses.range).cidr(block));

describe("placement", () => {
  test("zones with a cidr first, infrastructure from the top around them, sized zones into the lowest gap", () => {
    const result = run(
      [],
      zones(
        zone("a", 1000),
        zone("b", "/28"),
        zone("top", "10.20.255.0/24"),
        zone("low", "10.20.0.0/22"),
        zone("c", 200),
      ),
    );
    expect(blocks(result)).toEqual({
      a: "10.20.16.0/20",
      b: "10.20.4.0/26",
      top: "10.20.255.0/24",
      low: "10.20.0.0/22",
      c: "10.20.8.0/22",
    });
    expect(sites(result)).toEqual([
      "10.20.254.0/24",
      "10.20.253.192/26",
      "10.20.253.128/26",
      "10.20.253.64/26",
      "10.20.253.0/26",
    ]);
  });

  test("each site takes the highest gap of its own size", () => {
    const result = run([], {
      range: "10.20.0.0/20",
      zones: [zone("high", "10.20.15.128/26"), zone("mid", "10.20.14.0/26")],
    });
    expect(sites(result)).toEqual([
      "10.20.13.0/24",
      "10.20.15.192/26",
      "10.20.15.64/26",
      "10.20.15.0/26",
      "10.20.14.192/26",
    ]);
  });

  test("the smallest range holds the infrastructure and zones beside it", () => {
    const result = run([], { range: "10.20.0.0/22", zones: [zone("a", 27), zone("b", 27), zone("c", 59)] });
    expect(blocks(result)).toEqual({ a: "10.20.0.0/25", b: "10.20.0.128/25", c: "10.20.1.0/24" });
    expect(sites(result)[0]).toBe("10.20.3.0/24");
  });

  test("names of properties that all objects have are names like others", () => {
    const result = run([], zones(zone("constructor", 10), zone("to-string", 10)));
    expect(result.addresses?.zones["constructor"]).toBeDefined();
    expect(result.addresses?.zones["valueOf"]).toBeUndefined();
    expect(result.addresses?.ordinals.parties["hasOwnProperty"]).toBeUndefined();
  });
});

describe("a lock file keeps", () => {
  const first = zones(zone("a", 200), zone("b", 200), zone("c", 200));

  test("the block of a removed zone from everybody else", () => {
    expect(
      blocks(
        run([first], zones(zone("a", 200), zone("c", 200), zone("d", 200)), { ...OPEN, removed: ["b"] }),
      ),
    ).toEqual({ a: "10.20.0.0/22", c: "10.20.8.0/22", d: "10.20.12.0/22" });
  });

  test("it for good, until --reclaim", () => {
    const gone = [first, zones(zone("a", 200), zone("c", 200)), zones(zone("a", 200), zone("c", 200))];
    const next = zones(zone("a", 200), zone("c", 200), zone("d", 200));
    expect(blocks(run(gone, next))["d"]).toBe("10.20.12.0/22");
    expect(blocks(run(gone, next, RECLAIM))["d"]).toBe("10.20.4.0/22");
    expect(blocks(run([first], next, { ...RECLAIM, removed: ["b"] }))["d"]).toBe("10.20.4.0/22");
  });

  test("a block that is larger than what is now asked, or asked in another way", () => {
    const later = zones(zone("a", 3), zone("b", "/24"), zone("c", "10.20.8.0/22"));
    expect(run([first], later, FROZEN)).toMatchObject({ changed: false, diagnostics: [] });
  });

  test("a renamed zone's block and numbers, and the leftover line does no harm", () => {
    const old = {
      ...first,
      flows: ["a>b 443", "b>b 443"],
      egress: ["b>mirror.example.com 443"],
      endpoints: ["b>b"],
    };
    const renamed = {
      zones: [zone("x", 200), zone("a", 200), zone("z", 200, "b"), zone("c", 200)],
      flows: ["x>z 443", "z>z 443", "a>z 443"],
      egress: ["z>mirror.example.com 443"],
      endpoints: ["z>b"],
    };
    const { addresses } = run([old], renamed);
    expect(blocks(run([old], renamed))).toEqual({
      x: "10.20.12.0/22",
      a: "10.20.0.0/22",
      z: "10.20.4.0/22",
      c: "10.20.8.0/22",
    });
    expect(addresses?.ordinals).toEqual({
      parties: { a: 1, z: 2, c: 3, x: 4 },
      connections: { "a>z 443/tcp": 1, "z>z 443/tcp": 2, "x>z 443/tcp": 3 },
      endpoints: { b: 1 },
      endpointUses: { "z>b": 1 },
      departures: { "z>mirror.example.com 443": 1 },
      exits: { "z 443": 1 },
      regionalEndpoints: {},
    });
    expect(run([old, renamed], renamed, FROZEN)).toMatchObject({ changed: false, diagnostics: [] });
  });

  test("a renamed zone's numbers also when a network that is gone had the new name", () => {
    const old = { zones: [zone("a", 200), zone("b", 200)], externals: ["z"], flows: ["z>a 443", "b>a 443"] };
    const { ordinals } =
      run([old], { zones: [zone("a", 200), zone("z", 200, "b")], flows: ["z>a 443", "a>z 443"] }).addresses ??
      {};
    expect(ordinals).toMatchObject({
      parties: { a: 1, z: 2 },
      connections: { "z>a 443/tcp": 2, "a>z 443/tcp": 3 },
    });
  });

  test("numbers from those who come later, until --reclaim gives out the gaps, lowest first", () => {
    const many = { ...first, flows: ["a>b 1", "a>b 2", "a>b 3"] };
    const later = { ...first, flows: ["a>b 9", "a>b 8", "a>b 2"] };
    expect(run([many], later).addresses?.ordinals.connections).toEqual({
      "a>b 9/tcp": 4,
      "a>b 8/tcp": 5,
      "a>b 2/tcp": 2,
    });
    expect(run([many], later, RECLAIM).addresses?.ordinals.connections).toEqual({
      "a>b 9/tcp": 1,
      "a>b 8/tcp": 3,
      "a>b 2/tcp": 2,
    });
  });

  test("the greatest number ever given, when its owner is gone", () => {
    const flows = (...ports: number[]): EnclaveLines => ({
      ...first,
      flows: ports.map((port) => `a>b ${port}`),
    });
    expect(run([flows(1, 2), flows(1)], flows(1, 3)).addresses?.ordinals.connections).toEqual({
      "a>b 1/tcp": 1,
      "a>b 3/tcp": 3,
    });
  });
});
