/** Parts of a spec in the document: blocks, names, tags, descriptions, backends, variables, outputs. */
import { bodies } from "./network";
import { EXAMPLE, type Part, render, type Spec, spec } from "./rendered";

const two = { zones: { front: { exposure: "public", hosts: 20 }, app: { exposure: "private", hosts: 20 } } };

describe("the document", () => {
  const one = (of: Spec, type: string, name = "enclave"): Part =>
    bodies(render(of).document, type).find(([found]) => found === name)?.[1] ?? {};

  test("a range wider than a /16 is a primary block and one more for each further /16 that is used", () => {
    const of = spec({
      cidr: "10.16.0.0/14",
      zones: { app: { exposure: "private", hosts: 20 }, far: { exposure: "isolated", cidr: "10.18.0.0/24" } },
    });
    expect(one(of, "aws_vpc")["cidr_block"]).toBe("10.16.0.0/16");
    expect(
      bodies(render(of).document, "aws_vpc_ipv4_cidr_block_association").map(([name, body]) => [
        name,
        body["cidr_block"],
      ]),
    ).toEqual([
      ["enclave_part_2", "10.18.0.0/16"],
      ["enclave_part_3", "10.19.0.0/16"],
    ]);
  });

  test("interfaces stand at their fixed host in each availability zone, with the zone's own group", () => {
    const of = spec({
      availabilityZones: 2,
      zones: {
        db: { exposure: "isolated", cidr: "10.20.64.0/22", interfaces: [{ name: "main", host: 10 }] },
      },
    });
    expect(
      bodies(render(of).document, "aws_network_interface").map(([name, body]) => [
        name,
        body["private_ips"],
        body["security_groups"],
      ]),
    ).toEqual([
      ["db_main_1", ["10.20.64.10"], ["${aws_security_group.db.id}"]],
      ["db_main_2", ["10.20.65.10"], ["${aws_security_group.db.id}"]],
    ]);
  });

  test("zones are given out once nothing but needed names resolves, because a new VPC answers for every name", () => {
    const { zones } = render(EXAMPLE).document["output"] as Readonly<Record<string, Part>>;
    expect(zones?.["depends_on"]).toEqual([
      "aws_route53_resolver_firewall_rule_group_association.enclave",
      "aws_route53_resolver_firewall_config.enclave",
    ]);
  });

  test("everything that takes tags carries the enclave, and the zone where it serves one", () => {
    const { document } = render(EXAMPLE);
    const tagged = Object.keys(document["resource"] as object)
      .flatMap((type) => bodies(document, type))
      .filter(([, body]) => body["tags"] !== undefined);
    expect(tagged.length).toBeGreaterThan(40);
    for (const [, body] of tagged)
      expect(body["tags"]).toMatch(
        /^\$\{merge\(var\.tags, \{ enclave = "private-rag", (zone = "[a-z-]+", )?Name = "private-rag-[a-z0-9-]+" \}\)\}$/,
      );
    for (const name of ["inference_1", "inference_2"])
      expect(one(EXAMPLE, "aws_subnet", name)["tags"]).toContain('zone = "inference"');
  });

  test("names and descriptions are what AWS takes, for the longest names and reasons there are", () => {
    const long = "a234567890-234567890";
    const why = "x".repeat(140);
    const of = spec({
      name: "e234567890-234567890-234",
      zones: { [long]: { exposure: "public", hosts: 20 } },
      flows: [1, 2, 3].map((each) => ({
        from: "internet",
        to: long,
        ports: ["443/tcp"],
        why: `${why.slice(1)}${each}`,
      })),
      privateEndpoints: { [long.replace("a", "b")]: { service: "secrets", from: [long] } },
    });
    const { document } = render(of);
    const groups = bodies(document, "aws_security_group");
    for (const [, body] of groups)
      expect(body).toMatchObject({
        name: expect.stringMatching(/^(?!sg-)[a-z0-9-]{1,255}$/),
        description: expect.stringMatching(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/),
      });
    const rules = [
      ...bodies(document, "aws_vpc_security_group_ingress_rule"),
      ...bodies(document, "aws_vpc_security_group_egress_rule"),
    ];
    for (const [, body] of rules) expect(body["description"]).toMatch(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    expect(rules.map(([, body]) => body["description"])).toContainEqual(`${why.slice(1)}1; and 2 more`);
    for (const [, body] of bodies(document, "aws_iam_role"))
      expect(String(body["name"]).length).toBeLessThanOrEqual(64);
  });

  test("a reason that looks like a template stays text", () => {
    const of = spec({
      ...two,
      flows: [{ from: "front", to: "app", ports: ["80/tcp"], why: "uses ${var.x} and $${y}" }],
    });
    expect(one(of, "aws_vpc_security_group_egress_rule", "front_to_app_80_tcp")["description"]).toBe(
      "uses $${var.x} and $$${y}",
    );
  });

  test.each([
    ["s3", { bucket: "tf-state", key: "rag.tfstate", region: "us-east-1" }],
    ["azurerm", { container_name: "tf", key: "rag.tfstate" }],
    ["gcs", { bucket: "tf-state" }],
    ["remote", { organization: "example", workspaces: { name: "rag" } }],
    ["local", { path: "state/rag.tfstate" }],
  ])("backend %s is written as the spec has it", (type, config) => {
    expect(render(spec({ backend: { type, config } })).document["terraform"]).toMatchObject({
      backend: { [type]: config },
    });
  });

  test("backend cloud is a block of its own", () => {
    const terraform = render(spec({ backend: { type: "cloud", config: { organization: "example" } } }))
      .document["terraform"];
    expect(terraform).toMatchObject({ cloud: { organization: "example" } });
    expect(terraform).not.toHaveProperty("backend");
  });
});
