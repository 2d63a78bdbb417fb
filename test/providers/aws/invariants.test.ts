/** Each sentence that would keep a document from being written, provoked by one change of a document that is right. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants } from "../../../providers/aws/invariants";
import type { TerraformDocument } from "../../../src/provider";
import { type Rendered, render } from "./rendered";

const EXAMPLE = readFileSync(join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"), "utf8");

/** What the example has not: gateway endpoints, a range wider than a VPC takes, one network interface for each slot, no egress. */
const OTHER = {
  name: "other",
  region: "us-east-1",
  cidr: "10.32.0.0/15",
  zones: {
    front: { exposure: "public", hosts: 20, interfaces: [{ name: "gate", host: 10 }] },
    store: { exposure: "isolated", cidr: "10.33.0.0/24" },
  },
  flows: [{ from: "internet", to: "front", ports: ["443/tcp"], why: "a test" }],
  privateEndpoints: {
    one: { service: "object-storage", from: ["front"], access: "read" },
    two: { service: "object-storage", from: ["store"], access: "write" },
  },
};

type Body = Record<string, unknown>;
type Change = (resources: Record<string, Record<string, Body>>, document: Record<string, unknown>) => void;

/** The sentences about a document after one change; its plan stays. */
function brokenBy({ document, plan }: Rendered, change: Change): readonly string[] {
  const copy = structuredClone(document) as Record<string, unknown>;
  change(copy["resource"] as Record<string, Record<string, Body>>, copy);
  return brokenInvariants(copy as TerraformDocument, plan);
}

const set =
  (type: string, name: string, values: Body): Change =>
  (resources) => {
    const body = resources[type]?.[name];
    if (body === undefined) throw new Error(`no ${type}.${name}`);
    Object.assign(body, values);
  };

const add =
  (type: string, name: string, body: Body): Change =>
  (resources) => {
    resources[type] = { ...resources[type], [name]: body };
  };

const remove =
  (type: string, name: string): Change =>
  (resources) => {
    if (resources[type]?.[name] === undefined) throw new Error(`no ${type}.${name}`);
    delete resources[type][name];
  };

const copyOf =
  (type: string, name: string, as: string, values: Body): Change =>
  (resources) => {
    if (resources[type]?.[name] === undefined) throw new Error(`no ${type}.${name}`);
    resources[type][as] = { ...resources[type][name], ...values };
  };

const setNested =
  (type: string, name: string, path: readonly string[], value: unknown): Change =>
  (resources) => {
    let at: unknown = resources[type]?.[name];
    for (const key of path.slice(0, -1)) at = first((at as Body)[key]);
    (first(at) as Body)[path.at(-1) ?? ""] = value;
  };

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const NACL = "aws_network_acl_rule";
const internet = { gateway_id: "${aws_internet_gateway.enclave.id}", destination_cidr_block: "0.0.0.0/0" };
const table = (name: string) => ({ route_table_id: `\${aws_route_table.${name}.id}` });
const open = { cidr_block: "0.0.0.0/0", egress: false, rule_action: "allow" };

const OF_EXAMPLE: readonly (readonly [string, Change, readonly string[]])[] = [
  ["a peering", add("aws_vpc_peering_connection", "x", {}), ["aws_vpc_peering_connection is a kind of resource that no enclave has"]],
  [
    "an IPv6 gateway",
    add("aws_egress_only_internet_gateway", "x", {}),
    ["aws_egress_only_internet_gateway is a kind of resource that no enclave has"],
  ],
  [
    "a data source",
    (_, document) => void Object.assign(document, { data: { aws_region: { x: {} } } }),
    ["a data source would need credentials while planning"],
  ],
  ["no default group", remove("aws_default_security_group", "enclave"), ["aws_default_security_group is left as AWS makes it"]],
  [
    "a rule of the default group",
    set("aws_default_security_group", "enclave", { ingress: [{}] }),
    ["aws_default_security_group has an ingress"],
  ],
  ["a rule of the default ACL", set("aws_default_network_acl", "enclave", { egress: [{}] }), ["aws_default_network_acl has an egress"]],
  ["a route of the main table", set("aws_default_route_table", "enclave", { route: [{}] }), ["aws_default_route_table has an route"]],
  ["a lost table association", remove("aws_route_table_association", "vector_db_1"), ["subnet vector_db_1 has not its own route table"]],
  [
    "another zone's table",
    set("aws_route_table_association", "vector_db_1", table("ingress_1")),
    ["subnet vector_db_1 has not its own route table"],
  ],
  [
    "public addresses",
    set("aws_subnet", "vector_db_1", { map_public_ip_on_launch: true }),
    ["subnet vector_db_1 gives out public addresses"],
  ],
  ["IPv6", set("aws_subnet", "vector_db_1", { ipv6_cidr_block: "x" }), ["subnet vector_db_1 has IPv6, which nothing inspects"]],
  [
    "a way out of an isolated zone",
    add("aws_route", "x", { ...table("vector_db_1"), ...internet }),
    ["subnet vector_db_1 has routes to internet where none is planned"],
  ],
  [
    "a peer's route",
    add("aws_route", "x", { ...table("redaction_2"), vpc_peering_connection_id: "pcx-1" }),
    ["subnet redaction_2 has routes to other where none is planned"],
  ],
  [
    "egress past the firewall",
    set("aws_route", "inference_1_firewall", { vpc_endpoint_id: undefined, ...internet }),
    ["subnet inference_1 has routes to internet where firewall is planned"],
  ],
  ["no way out", remove("aws_route", "inference_1_firewall"), ["subnet inference_1 has routes to nothing where firewall is planned"]],
  [
    "the other availability zone's firewall",
    set("aws_route", "inference_1_firewall", {
      vpc_endpoint_id: "${local.enclave_firewall_endpoints[aws_subnet.enclave_firewall_2.availability_zone]}",
    }),
    ["inference_1_firewall leaves its availability zone"],
  ],
  ["a table of nothing", add("aws_route_table", "x", {}), ["route table x belongs to nothing"]],
  [
    "a route of the main table, beside it",
    add("aws_route", "x", { ...internet, route_table_id: "${aws_vpc.enclave.main_route_table_id}" }),
    ["route table ? belongs to nothing"],
  ],
  [
    "a way out of the endpoints",
    add("aws_route", "x", { ...table("enclave_endpoints_1"), ...internet }),
    ["x leads out of the endpoint subnets"],
  ],
  [
    "NAT passed by",
    set("aws_route", "enclave_firewall_1_nat", { nat_gateway_id: undefined, ...internet }),
    ["route table enclave_firewall_1 does not lead to nat alone"],
  ],
  [
    "no return route",
    remove("aws_route", "enclave_nat_1_inference"),
    ["replies from enclave_nat_1 go to nobody where 10.20.16.0/22 is planned"],
  ],
  [
    "a narrower return route",
    set("aws_route", "enclave_nat_1_inference", { destination_cidr_block: "10.20.16.0/23" }),
    ["replies from enclave_nat_1 go to 10.20.16.0/23 where 10.20.16.0/22 is planned"],
  ],
  ["a public address to spare", add("aws_eip", "x", {}), ["public address x belongs to no NAT gateway"]],
  [
    "NAT in a zone",
    set("aws_nat_gateway", "enclave_nat_1", { subnet_id: "${aws_subnet.inference_1.id}" }),
    ["NAT gateway enclave_nat_1 stands outside its subnet"],
  ],
  [
    "an interface with two groups",
    set("aws_network_interface", "vector_db_pgvector_1", { security_groups: ["a", "b"] }),
    ["network interface vector_db_pgvector_1 has not its zone's group alone"],
  ],
  ["rules inside a group", set("aws_security_group", "vector_db", { ingress: [] }), ["group vector_db has rules of its own"]],
  ["one rule more", copyOf(EGRESS, "ingress_to_inference_8080_tcp", "x", {}), [`${EGRESS}.x is not planned`]],
  ["one rule less", remove(INGRESS, "ingress_to_inference_8080_tcp"), [`${INGRESS}.ingress_to_inference_8080_tcp is missing`]],
  [
    "two peers",
    set(INGRESS, "ingress_to_inference_8080_tcp", { prefix_list_id: "pl-1" }),
    [`${INGRESS}.ingress_to_inference_8080_tcp names 2 peers`],
  ],
  [
    "no quarantine",
    set(INGRESS, "ingress_to_inference_8080_tcp", { referenced_security_group_id: "${aws_security_group.ingress.id}" }),
    [`${INGRESS}.ingress_to_inference_8080_tcp stays open in quarantine`],
  ],
  [
    "addresses for a group",
    set(INGRESS, "ingress_to_inference_8080_tcp", {
      referenced_security_group_id: undefined,
      cidr_ipv4: '${contains(var.quarantine, "inference") ? "127.0.0.1/32" : "0.0.0.0/0"}',
    }),
    [`${INGRESS}.ingress_to_inference_8080_tcp opens a zone that is not to meet the internet`],
  ],
  [
    "every address for the internet",
    set(EGRESS, "inference_to_internet_443_tcp", {
      prefix_list_id: undefined,
      cidr_ipv4: '${contains(var.quarantine, "inference") ? "127.0.0.1/32" : "0.0.0.0/0"}',
    }),
    [`${EGRESS}.inference_to_internet_443_tcp leaves to addresses that may be other zones'`],
  ],
  [
    "every protocol from the internet",
    set(INGRESS, "internet_to_ingress_443_tcp", { ip_protocol: "-1" }),
    [`${INGRESS}.internet_to_ingress_443_tcp opens every protocol to addresses`],
  ],
  [
    "the enclave in the internet",
    setNested("aws_ec2_managed_prefix_list", "enclave_internet", ["entry", "cidr"], "10.0.0.0/8"),
    ["the internet's prefix list holds 10.0.0.0/8, where the enclave lies"],
  ],
  [
    "a subnet without ACL",
    set("aws_network_acl", "vector_db", { subnet_ids: ["${aws_subnet.vector_db_1.id}"] }),
    ["subnet vector_db_2 has no network ACL of its own"],
  ],
  [
    "a private range from the internet",
    remove(NACL, "ingress_in_from_not_internet_10_0_0_0_8"),
    ["${aws_network_acl.ingress.id} inbound: 10.0.0.0/8 passes as the internet"],
  ],
  [
    "a denial after the permit",
    set(NACL, "ingress_in_from_not_internet_10_0_0_0_8", { rule_number: 32700 }),
    ["${aws_network_acl.ingress.id} inbound: 10.0.0.0/8 passes as the internet"],
  ],
  [
    "a number twice",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { rule_number: 10 }),
    ["${aws_network_acl.vector_db.id} inbound: two entries have one number"],
  ],
  [
    "a number too high",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { rule_number: 40000 }),
    ["${aws_network_acl.vector_db.id} inbound: a number is out of range"],
  ],
  [
    "too many entries",
    (resources) => {
      for (let index = 0; index < 40; index++)
        copyOf(NACL, "vector_db_quarantine_in", `x${index}`, { rule_number: 30000 + index })(resources, {});
    },
    ["${aws_network_acl.vector_db.id} inbound: 43 entries are more than AWS takes"],
  ],
  [
    "every protocol to every address",
    copyOf(NACL, "ingress_in_from_internet_443_tcp", "x", { ...open, protocol: "-1", rule_number: 32000 }),
    ["${aws_network_acl.ingress.id} inbound: every protocol is open to every address"],
  ],
  [
    "no endpoint policy",
    set("aws_vpc_endpoint", "enclave_s3", { policy: undefined }),
    ["endpoint enclave_s3 has no policy that keeps other accounts out"],
  ],
  [
    "strangers in an endpoint policy",
    set("aws_vpc_endpoint", "enclave_s3", { policy: JSON.stringify({ Statement: [{ Action: ["s3:PutObject"], Resource: ["*"] }] }) }),
    ["endpoint enclave_s3 has no policy that keeps other accounts out"],
  ],
  [
    "every action in an endpoint policy",
    set("aws_vpc_endpoint", "enclave_s3", {
      policy: JSON.stringify({
        Statement: [{ Action: ["*"], Resource: ["*"], Condition: { StringEquals: { "aws:PrincipalAccount": "x" } } }],
      }),
    }),
    ["endpoint enclave_s3 admits every action"],
  ],
  [
    "a second group at an endpoint",
    set("aws_vpc_endpoint", "enclave_s3", { security_group_ids: ["a", "b"] }),
    ["endpoint enclave_s3 has not one security group of its own"],
  ],
  [
    "a firewall that lets pass",
    setNested("aws_networkfirewall_firewall_policy", "enclave", ["firewall_policy", "stateful_default_actions"], []),
    ["the firewall does not drop what nothing passed"],
  ],
  [
    "rules in any order",
    setNested(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      ["firewall_policy", "stateful_engine_options", "rule_order"],
      "DEFAULT_ACTION_ORDER",
    ),
    ["the firewall's rules are not in strict order"],
  ],
  [
    "fragments that pass",
    setNested("aws_networkfirewall_firewall_policy", "enclave", ["firewall_policy", "stateless_fragment_default_actions"], ["aws:pass"]),
    ["packets pass the firewall's stateful rules by"],
  ],
  [
    "no home network",
    setNested("aws_networkfirewall_firewall_policy", "enclave", ["firewall_policy", "policy_variables"], {}),
    ["the firewall takes private addresses for the internet"],
  ],
  [
    "one pass more",
    setNested(
      "aws_networkfirewall_rule_group",
      "enclave",
      ["rule_group", "rules_source", "rules_string"],
      "pass ip any any -> any any (sid:1;)",
    ),
    ["the firewall passes what is not planned"],
  ],
  ["IPv6 of the VPC", set("aws_vpc", "enclave", { assign_generated_ipv6_cidr_block: true }), ["the VPC has IPv6, which nothing inspects"]],
  [
    "another zone's group at an interface",
    set("aws_network_interface", "vector_db_pgvector_1", { security_groups: ["${aws_security_group.ingress.id}"] }),
    ["network interface vector_db_pgvector_1 has not its zone's group alone"],
  ],
  [
    "no denial in quarantine",
    remove(NACL, "vector_db_quarantine_out"),
    ['quarantine leaves connections out of zone "vector-db" as they are'],
  ],
  [
    "a denial that never comes",
    set(NACL, "vector_db_quarantine_in", { count: 0 }),
    ['quarantine leaves connections into zone "vector-db" as they are'],
  ],
  [
    "names not blocked",
    set("aws_route53_resolver_firewall_domain_list", "enclave_all", { domains: [] }),
    ["names that nobody needs resolve"],
  ],
  [
    "a block too early",
    set("aws_route53_resolver_firewall_rule", "enclave_all", { priority: 1 }),
    ["needed names are blocked before they are allowed"],
  ],
  [
    "a whole top-level domain",
    set("aws_route53_resolver_firewall_domain_list", "enclave_needed", { domains: ["*.com."] }),
    ['"*.com." lets a whole domain of the internet resolve'],
  ],
  [
    "a DNS firewall that fails open",
    set("aws_route53_resolver_firewall_config", "enclave", { firewall_fail_open: "ENABLED" }),
    ["the DNS firewall fails open"],
  ],
  ["no DNS firewall", remove("aws_route53_resolver_firewall_rule_group_association", "enclave"), ["the DNS firewall is not on the VPC"]],
  ["half a flow log", set("aws_flow_log", "enclave", { traffic_type: "REJECT" }), ["flows of the VPC are not all logged"]],
  ["no query log", remove("aws_route53_resolver_query_log_config_association", "enclave"), ["DNS queries are not logged"]],
  ["no firewall log", remove("aws_networkfirewall_logging_configuration", "enclave"), ["what the firewall decides is not logged"]],
  [
    "a plain log",
    set("aws_cloudwatch_log_group", "enclave_dns", { kms_key_id: undefined }),
    ["log group enclave_dns is not encrypted and kept as asked"],
  ],
  [
    "a log for ever",
    set("aws_cloudwatch_log_group", "enclave_flow", { retention_in_days: undefined }),
    ["log group enclave_flow is not encrypted and kept as asked"],
  ],
];

const OF_OTHER: typeof OF_EXAMPLE = [
  [
    "a firewall",
    add("aws_networkfirewall_firewall_policy", "enclave", { firewall_policy: {} }),
    ["there is a firewall although nothing leaves"],
  ],
  [
    "a way to the internet taken away",
    remove("aws_route", "front_2_internet"),
    ["subnet front_2 has routes to nothing where internet is planned"],
  ],
  [
    "a gateway's policy",
    set("aws_vpc_endpoint", "enclave_s3_one", { policy: "" }),
    ["endpoint enclave_s3_one has no policy that keeps other accounts out"],
  ],
  [
    "an interface without group",
    set("aws_network_interface", "front_gate_2", { security_groups: [] }),
    ["network interface front_gate_2 has not its zone's group alone"],
  ],
];

describe("the example", () => {
  test("as it is rendered breaks nothing", () => expect(brokenBy(render(EXAMPLE), () => {})).toEqual([]));
  test.each(OF_EXAMPLE)("with %s is not written, for this reason alone", (_words, change, expected) => {
    expect(brokenBy(render(EXAMPLE), change)).toEqual(expected);
  });
});

describe("an enclave without egress", () => {
  test("as it is rendered breaks nothing", () => expect(brokenBy(render(OTHER), () => {})).toEqual([]));
  test.each(OF_OTHER)("with %s is not written, for this reason alone", (_words, change, expected) => {
    expect(brokenBy(render(OTHER), change)).toEqual(expected);
  });
});
