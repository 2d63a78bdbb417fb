/** A connection keeps to one availability zone, there and back: a firewall drops replies to connections that it has not seen begin. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { referred, slotOfSubnet, subnetOfRange, type ZonedRoute, zonedRoutes } from "./availability-zones";
import { endpointIn, mockProvider } from "./mock-provider";
import { describeWith } from "./needs";
import { EXAMPLES, type Rendered, readRendered, resourcesOf, synth } from "./rendered";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, type Ran, terraform, type Workspace } from "./workspace";

function defaultZones(document: Rendered): readonly string[] {
  return (document["variable"] as { availability_zones: { default: readonly string[] } }).availability_zones
    .default;
}

/** One assertion per route to the firewall, judged by Terraform after an apply against the mock. */
function assertions(routes: readonly ZonedRoute[], zoneOf: (slot: number) => string): readonly unknown[] {
  return routes.map(({ name, slot, route: { cidr_block: cidr } }) => ({
    condition: `\${one([for each in aws_route_table.${name}.route : each.vpc_endpoint_id if each.cidr_block == "${cidr}"]) == "${endpointIn(zoneOf(slot))}"}`,
    error_message: `aws_route_table.${name} leads to the firewall endpoint of another availability zone`,
  }));
}

describeWith(["terraform", "plugin:aws"], "availability-zone symmetry on aws", () => {
  describe.each(EXAMPLES)("%s", (spec) => {
    let document: Rendered;
    let workspace: Workspace;
    let toFirewall: readonly ZonedRoute[];

    beforeAll(() => {
      const source = findPlugin("aws");
      if ("missing" in source) throw new Error(source.missing);
      const folder = synth(spec, "aws");
      document = readRendered(folder);
      toFirewall = zonedRoutes(document).filter(({ route }) => route["vpc_endpoint_id"] !== undefined);
      workspace = openWorkspace(folder, source.found);
      expect(terraform(workspace, "init", ["init", "-input=false"])).toMatchObject({ code: 0 });
    });

    afterAll(() => closeWorkspace(workspace));

    function judged(name: string, assert: readonly unknown[]): Ran {
      const file = {
        mock_provider: mockProvider(document, defaultZones(document)),
        // Terraform's tests end with a destroy.
        variables: { deletion_protection: false },
        run: { life: { command: "apply", assert } },
      };
      writeFileSync(path.join(workspace.folder, `${name}.tftest.json`), JSON.stringify(file));
      return terraform(workspace, name, ["test", `-filter=${name}.tftest.json`]);
    }

    test("routes to the firewall and to the NAT gateway exist where a firewall does", () => {
      const nat = zonedRoutes(document).filter(({ route }) => route["nat_gateway_id"] !== undefined);
      const firewalls = resourcesOf(document, "aws_networkfirewall_firewall").size;
      expect({ firewall: toFirewall.length > 0, nat: nat.length > 0 }).toEqual({
        firewall: firewalls > 0,
        nat: firewalls > 0,
      });
    });

    test("Terraform finds every route at the firewall endpoint of its own zone", () => {
      if (toFirewall.length === 0) return;
      const zones = defaultZones(document);
      expect(
        judged(
          "symmetric",
          assertions(toFirewall, (slot) => zones[slot] ?? ""),
        ),
      ).toMatchObject({ code: 0 });
    });

    test("and would say so if one were at another's", () => {
      if (toFirewall.length === 0) return;
      const run = judged(
        "crossed",
        assertions(toFirewall.slice(0, 1), () => "elsewhere"),
      );
      expect(run.text).toContain("leads to the firewall endpoint of another availability zone");
      expect(run.code).toBe(1);
    });

    test("the NAT gateway behind the firewall is of the same zone", () => {
      for (const { name, slot, route } of zonedRoutes(document)) {
        if (route["nat_gateway_id"] === undefined) continue;
        const gateway = resourcesOf(document, "aws_nat_gateway").get(
          referred(route["nat_gateway_id"]).replace("aws_nat_gateway.", ""),
        );
        expect({ name, slot: slotOfSubnet(document, referred(gateway?.["subnet_id"])) }).toEqual({
          name,
          slot,
        });
      }
    });

    test("a way back to a subnet goes through the zone of that subnet", () => {
      for (const { name, slot, route } of toFirewall) {
        const subnet = subnetOfRange(document, route["cidr_block"]);
        if (subnet !== undefined)
          expect({ name, slot: slotOfSubnet(document, subnet) }).toEqual({ name, slot });
      }
    });
  });
});
