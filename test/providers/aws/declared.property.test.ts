/** Every kind of packet through random enclaves: one passes if and only if the spec declares it, in quarantine too. */
import fc from "fast-check";
import { anySpec, type NetSpec, runs } from "../../support/random-specs";
import { coarsest, denseSpecs } from "./dense";
import { bodies, readNetwork } from "./network";
import { type Rendered, synth } from "./rendered";
import { EDGES, misjudged } from "./world";

const RUN = runs(24);
const somePorts = fc.uniqueArray(fc.constantFrom(...EDGES), { minLength: 3, maxLength: 3 });
const cutOf = (spec: NetSpec): fc.Arbitrary<string[]> =>
  fc.subarray(Object.keys(spec.zones), { minLength: 1, maxLength: 2 });
const anyCase = anySpec.chain((spec) =>
  fc.record({ spec: fc.constant(spec), ports: somePorts, cut: cutOf(spec) }),
);

/** What the generated documents contained, so that a property about nothing is noticed. */
const seen = new Map<string, number>();

function note({ document }: Rendered): void {
  const gateways = bodies(document, "aws_vpc_endpoint").filter(
    ([, body]) => body["vpc_endpoint_type"] === "Gateway",
  );
  const counts = {
    nat: bodies(document, "aws_nat_gateway").length,
    igw: bodies(document, "aws_internet_gateway").length,
    gateways: gateways.length,
  };
  for (const [name, count] of Object.entries({
    ...counts,
    endpoints: bodies(document, "aws_vpc_endpoint").length - gateways.length,
    all: 1,
  }))
    if (count > 0) seen.set(name, (seen.get(name) ?? 0) + 1);
}

test("a connection can be opened if and only if the spec declares it, and neither into nor out of a quarantined zone", () => {
  fc.assert(
    fc.property(anyCase, ({ spec, ports, cut }) => {
      const { rendered, diagnostics } = synth(spec);
      if (rendered === undefined) {
        expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toContain(
          "aws-endpoint-rights-differ",
        );
        return;
      }
      note(rendered);
      expect(misjudged(spec, readNetwork(rendered.document, []), rendered.document, ports)).toEqual([]);
      expect(misjudged(spec, readNetwork(rendered.document, cut), rendered.document, ports, cut)).toEqual([]);
    }),
    RUN,
  );
});

test("most generated specs render, and all ways in and out are among them", () => {
  expect(seen.get("all") ?? 0).toBeGreaterThan(RUN.numRuns * 0.6);
  const rare = ["nat", "igw", "gateways", "endpoints"].filter(
    (kind) => (seen.get(kind) ?? 0) < RUN.numRuns * 0.04,
  );
  expect(rare).toEqual([]);
});

test.each(denseSpecs)("network ACLs that hold %s admit no connection that is not declared", (step, spec) => {
  const { rendered, diagnostics } = synth(spec);
  if (rendered === undefined) throw new Error(JSON.stringify(diagnostics));
  expect(coarsest(diagnostics)).toBe(step);
  const ports = [443, 1023, 1024, 8443, 8444, 9001, 65535];
  expect(misjudged(spec, readNetwork(rendered.document, []), rendered.document, ports)).toEqual([]);
  const [cut = ""] = Object.keys(spec.zones);
  expect(misjudged(spec, readNetwork(rendered.document, [cut]), rendered.document, ports, [cut])).toEqual([]);
});
