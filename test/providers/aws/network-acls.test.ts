/** Network ACLs that are too small for exact entries, and what is reported of them. */
import { type Part, review, type Spec, spec } from "./rendered";

const zonesOf = (count: number, exposure: string): Part =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`z${index}`, { exposure, prefix: 28 }]));

describe("network ACLs that are coarser than what is declared", () => {
  const coarse = (of: Spec) => review(of).filter(({ code }) => code === "aws-acl-coarse");

  test("those of endpoints are reported where endpoints are declared", () => {
    const zones = zonesOf(64, "isolated");
    const of = spec({ zones, privateEndpoints: { it: { service: "logs", from: Object.keys(zones) } } });
    expect(coarse(of)).toMatchObject([
      {
        path: "privateEndpoints",
        summary: "a network ACL is coarser than what is declared",
        detail: expect.stringContaining("Those of the private endpoints admit"),
        facts: { count: 1 },
      },
    ]);
  });

  test("those of firewall and NAT gateways are reported where egress is declared, each in its coarsest step", () => {
    const zones = zonesOf(20, "private");
    const ports = ["443/tcp", "8443/tcp", "9443/tcp"];
    const of = spec({
      zones,
      egress: [{ from: Object.keys(zones), to: ["mirror.example.com"], ports, why: "a test" }],
    });
    const [first, ...more] = coarse(of);
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      path: "egress",
      summary: "2 network ACLs are coarser than what is declared",
      facts: { count: 2 },
    });
    expect(first?.detail.match(/the egress firewall/g)).toHaveLength(1);
  });
});
