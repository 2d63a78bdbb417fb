/** The emulator answers what moto does not, and refuses what AWS refuses: a cycle on an emulator that accepts everything proves little. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Life, liveThrough, type Result, startLife } from "./life";
import { describeWith } from "./needs";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, type Workspace } from "./workspace";

const NETWORK = {
  aws_vpc: { v: { cidr_block: "10.0.0.0/16" } },
  aws_subnet: {
    s: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.0.0.0/24", availability_zone: "us-east-1a" },
  },
  aws_security_group: {
    g: { name: "g", vpc_id: "${aws_vpc.v.id}" },
    h: { name: "h", vpc_id: "${aws_vpc.v.id}" },
  },
};

const peer = (description: string) => ({
  aws_vpc_security_group_ingress_rule: {
    r: {
      security_group_id: "${aws_security_group.g.id}",
      referenced_security_group_id: "${aws_security_group.h.id}",
      ip_protocol: "tcp",
      from_port: 443,
      to_port: 443,
      description,
    },
  },
});

/** Two rules that differ in nothing but their description. */
const twice = () => {
  const { r } = peer("first").aws_vpc_security_group_ingress_rule;
  return { aws_vpc_security_group_ingress_rule: { r, again: { ...r, description: "second" } } };
};

const rules = (capacity: number, order: string) => ({
  aws_networkfirewall_rule_group: {
    r: {
      name: "r",
      type: "STATEFUL",
      capacity,
      rule_group: {
        rules_source: {
          rules_string:
            'pass tls any any -> any 443 (tls.sni; content:"a.example.com"; sid:1;)\ndrop udp any any -> any any (sid:2;)',
        },
        stateful_rule_options: { rule_order: order },
      },
    },
  },
});

const INSPECTION = {
  aws_networkfirewall_tls_inspection_configuration: {
    t: {
      name: "t",
      tls_inspection_configuration: {
        server_certificate_configuration: {
          certificate_authority_arn:
            "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
          scope: {
            protocols: [6],
            source: { address_definition: "10.0.0.0/16" },
            destination: { address_definition: "0.0.0.0/0" },
            destination_ports: { from_port: 443, to_port: 443 },
            source_ports: { from_port: 0, to_port: 65535 },
          },
        },
      },
    },
  },
};

const policy = (more: Readonly<Record<string, unknown>> = {}) => ({
  aws_networkfirewall_firewall_policy: {
    p: {
      name: "p",
      firewall_policy: {
        stateless_default_actions: ["aws:forward_to_sfe"],
        stateless_fragment_default_actions: ["aws:forward_to_sfe"],
        stateful_engine_options: { rule_order: "STRICT_ORDER" },
        stateful_rule_group_reference: {
          resource_arn: "${aws_networkfirewall_rule_group.r.arn}",
          priority: 1,
        },
        ...more,
      },
    },
  },
});

const defaults = (...actions: readonly string[]) => policy({ stateful_default_actions: actions });

const entries = (count: number) => ({
  aws_network_acl: {
    a: {
      vpc_id: "${aws_vpc.v.id}",
      egress: Array.from({ length: count }, (_, index) => ({
        rule_no: index + 1,
        protocol: "-1",
        action: "deny",
        cidr_block: "10.0.0.0/16",
        ipv6_cidr_block: null,
        from_port: 0,
        to_port: 0,
        icmp_type: null,
        icmp_code: null,
      })),
    },
  },
});

/** A way out of one of the VPC's two blocks, as a whole. */
const wayOutOf = (block: string) => ({
  aws_vpc_ipv4_cidr_block_association: { p: { vpc_id: "${aws_vpc.v.id}", cidr_block: "10.1.0.0/16" } },
  aws_internet_gateway: { i: { vpc_id: "${aws_vpc.v.id}" } },
  aws_route_table: {
    t: { vpc_id: "${aws_vpc.v.id}", depends_on: ["aws_vpc_ipv4_cidr_block_association.p"] },
  },
  aws_route: {
    r: {
      route_table_id: "${aws_route_table.t.id}",
      destination_cidr_block: block,
      gateway_id: "${aws_internet_gateway.i.id}",
    },
  },
});

const search = {
  aws_opensearchserverless_vpc_endpoint: {
    e: {
      name: "search",
      vpc_id: "${aws_vpc.v.id}",
      subnet_ids: ["${aws_subnet.s.id}"],
      security_group_ids: ["${aws_security_group.g.id}"],
    },
  },
};

describeWith(["terraform", "plugin:aws", "moto"], "the emulator of aws", () => {
  let workspace: Workspace;
  let life: Life;

  afterEach(async () => {
    await life.end();
    closeWorkspace(workspace);
  });

  async function live(resource: Readonly<Record<string, unknown>>): Promise<readonly Result[]> {
    const source = findPlugin("aws");
    if ("missing" in source) throw new Error(source.missing);
    const folder = mkdtempSync(path.join(tmpdir(), "enclave-small-"));
    writeFileSync(
      path.join(folder, "main.tf.json"),
      JSON.stringify({ provider: { aws: { region: "us-east-1" } }, resource }, null, 1),
    );
    workspace = openWorkspace(folder, source.found);
    rmSync(folder, { recursive: true });
    life = await startLife(workspace, "aws");
    return liveThrough(life, []);
  }

  test("holds TLS inspection, rule descriptions and OpenSearch Serverless endpoints through a whole life", async () => {
    const results = await live({
      ...NETWORK,
      ...peer("model: weights (#1)"),
      ...rules(2, "STRICT_ORDER"),
      ...INSPECTION,
      ...policy({
        tls_inspection_configuration_arn: "${aws_networkfirewall_tls_inspection_configuration.t.arn}",
      }),
      ...search,
    });
    expect(results.filter(({ held }) => !held)).toEqual([]);
    expect(results).toHaveLength(6);
  });

  test.each([
    ["a description that AWS does not take", { ...NETWORK, ...peer("a -> b") }, "Invalid rule description"],
    ["a second rule for the same peer and port", { ...NETWORK, ...twice() }, "already exists"],
    ["rules beyond the capacity", rules(1, "STRICT_ORDER"), "needs a capacity of 2"],
    [
      "a rule group of another order than its policy",
      { ...rules(9, "DEFAULT_ACTION_ORDER"), ...policy() },
      "has another rule order",
    ],
    [
      "a default action that there is not",
      { ...rules(9, "STRICT_ORDER"), ...defaults("aws:drop_established_app") },
      "no stateful default action",
    ],
    [
      "default actions of two kinds",
      { ...rules(9, "STRICT_ORDER"), ...defaults("aws:drop_established", "aws:alert_established_app_layer") },
      "cannot exist together",
    ],
    ["a route for the VPC's own block", { ...NETWORK, ...wayOutOf("10.0.0.0/16") }, "RouteAlreadyExists"],
    [
      "a route for another block of the VPC",
      { ...NETWORK, ...wayOutOf("10.1.0.0/16") },
      "RouteAlreadyExists",
    ],
    ["a 41st entry of a network ACL", { ...NETWORK, ...entries(41) }, "has more than 40 entries"],
  ])("refuses %s", async (_title, resource, message) => {
    expect((await live(resource)).at(-1)).toMatchObject({
      step: "apply",
      held: false,
      said: expect.stringContaining(message),
    });
  });
});
