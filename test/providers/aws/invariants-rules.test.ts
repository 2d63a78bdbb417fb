/** Groups and network ACLs: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/aws/invariants";
import { add, copyOf, expectNoticed, type Mutation, remove, set, setNested } from "../../support/mutations";
import { EXAMPLE, render, spec } from "./rendered";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const NACL = "aws_network_acl_rule";
const open = { cidr_block: "0.0.0.0/0", egress: false, rule_action: "allow" };

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "rules inside a group",
    set("aws_security_group", "vector_db", { ingress: [] }),
    ["group vector_db has rules of its own"],
  ],
  [
    "a group for nobody planned",
    add("aws_security_group", "enclave_nat", {}),
    ["aws_security_group.enclave_nat is not planned"],
  ],
  [
    "a zone's group taken away",
    remove("aws_security_group", "redaction"),
    ["aws_security_group.redaction is missing"],
  ],
  ["one rule more", copyOf(EGRESS, "ingress_to_inference_8080_tcp", "x", {}), [`${EGRESS}.x is not planned`]],
  [
    "one rule less",
    remove(INGRESS, "ingress_to_inference_8080_tcp"),
    [`${INGRESS}.ingress_to_inference_8080_tcp is missing`],
  ],
  [
    "two peers",
    set(INGRESS, "ingress_to_inference_8080_tcp", { prefix_list_id: "pl-1" }),
    [`${INGRESS}.ingress_to_inference_8080_tcp names 2 peers`],
  ],
  [
    "no quarantine",
    set(INGRESS, "ingress_to_inference_8080_tcp", {
      referenced_security_group_id: "${aws_security_group.ingress.id}",
    }),
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
    "another zone in front of the NAT gateways",
    set(NACL, "enclave_nat_in_from_inference_443_tcp", { cidr_block: "10.20.64.0/22" }),
    ["enclave_nat_in_from_inference_443_tcp admits who does not leave"],
  ],
];

describe("the example", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));

const HELD_UP = ["a network ACL holds up 5432/tcp from redaction to vector_db"];
const BACK_HELD_UP = ["a network ACL holds up replies to 5432/tcp from redaction to vector_db"];
const WITHOUT: readonly Mutation[] = [
  ["no entry for those who ask", remove(NACL, "vector_db_in_from_redaction_5432_tcp"), HELD_UP],
  ["no entry for those who are asked", remove(NACL, "redaction_out_to_vector_db_5432_tcp"), HELD_UP],
  [
    "an entry that denies",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { rule_action: "deny" }),
    HELD_UP,
  ],
  [
    "an entry of another port",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { from_port: 5433 }),
    HELD_UP,
  ],
  [
    "an entry of another protocol",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { protocol: "udp" }),
    HELD_UP,
  ],
  [
    "an entry of one subnet",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { cidr_block: "10.20.4.0/25" }),
    HELD_UP,
  ],
  ["no way back out", remove(NACL, "vector_db_out_to_redaction__replies_tcp"), BACK_HELD_UP],
  ["no way back in", remove(NACL, "redaction_in_from_vector_db__replies_tcp"), BACK_HELD_UP],
  [
    "an endpoint that nobody comes to",
    remove(NACL, "enclave_endpoints_in_from_redaction_443_tcp"),
    ["a network ACL holds up 443/tcp from redaction to enclave_endpoints"],
  ],
];

describe("what the example lets through,", () => expectNoticed(render(EXAMPLE), brokenInvariants, WITHOUT));

const PINGED = spec({
  zones: {
    a: { exposure: "isolated", prefix: 28 },
    b: { exposure: "isolated", prefix: 28 },
    c: { exposure: "isolated", prefix: 28 },
  },
  flows: [
    { from: "a", to: "b", ports: ["icmp"], why: "a test" },
    { from: "a", to: "c", ports: ["any"], why: "a test" },
  ],
});

describe("what has no ports,", () =>
  expectNoticed(render(PINGED), brokenInvariants, [
    [
      "errors alone",
      set(NACL, "b_in_from_a_icmp", { icmp_type: 3 }),
      ["a network ACL holds up icmp from a to b"],
    ],
    [
      "no answer",
      remove(NACL, "b_out_to_a__replies_icmp"),
      ["a network ACL holds up replies to icmp from a to b"],
    ],
    [
      "one protocol of any",
      set(NACL, "c_in_from_a_any", { protocol: "tcp", to_port: 65535 }),
      ["a network ACL holds up any from a to c"],
    ],
  ]));
