/** What rules, entries, passes and names say: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/aws/invariants";
import { add, copyOf, expectNoticed, type Mutation, remove, rewrite, set } from "../../support/mutations";
import { EXAMPLE, render } from "./rendered";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const NACL = "aws_network_acl_rule";
const LISTS = "aws_route53_resolver_firewall_domain_list";
const FLOW = "redaction_to_vector_db_5432_tcp";
const PASSES = ["rule_group", "rules_source", "rules_string"] as const;
const UNPLANNED = "the firewall passes what is not planned";

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "another zone as the source",
    rewrite(INGRESS, FLOW, ["referenced_security_group_id"], ": aws_security_group.redaction", ": aws_security_group.ingress"),
    [`${INGRESS}.${FLOW} names another peer than aws_security_group.redaction.id`],
  ],
  [
    "a rule in another zone's group",
    set(INGRESS, FLOW, { security_group_id: "${aws_security_group.inference.id}" }),
    [`${INGRESS}.${FLOW} is in another group than vector_db`],
  ],
  ["every port", set(EGRESS, FLOW, { from_port: 0, to_port: 65535 }), [`${EGRESS}.${FLOW} opens 0-65535/tcp, not 5432/tcp`]],
  ["another protocol", set(EGRESS, FLOW, { ip_protocol: "udp" }), [`${EGRESS}.${FLOW} opens 5432/udp, not 5432/tcp`]],
  [
    "a wider source of the internet",
    rewrite(INGRESS, "internet_to_ingress_443_tcp", ["cidr_ipv4"], ': \\"0.0.0.0/0\\"', ': \\"0.0.0.0/1\\"'),
    [`${INGRESS}.internet_to_ingress_443_tcp names another peer than "0.0.0.0/0"`],
  ],
  [
    "a flow that stays when its target is cut off",
    rewrite(INGRESS, FLOW, ["referenced_security_group_id"], ' || contains(var.quarantine, \\"vector-db\\")', ""),
    [`${INGRESS}.${FLOW} stays open in quarantine`],
  ],
  [
    "somebody in place of nobody",
    rewrite(INGRESS, FLOW, ["referenced_security_group_id"], /aws_security_group\.enclave_void_\w+/, "aws_security_group.ingress"),
    [`${INGRESS}.${FLOW} stays open in quarantine`],
  ],
  [
    "the whole enclave in front of a store",
    copyOf(NACL, "vector_db_in_from_redaction_5432_tcp", "x", { cidr_block: "10.20.0.0/16", protocol: "-1", rule_number: 9 }),
    [`${NACL}.x is not planned`],
  ],
  ["an entry less", remove(NACL, "vector_db_in_from_redaction_5432_tcp"), [`${NACL}.vector_db_in_from_redaction_5432_tcp is missing`]],
  [
    "a wider entry",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { cidr_block: "10.20.0.0/16" }),
    [
      `${NACL}.vector_db_in_from_redaction_5432_tcp says vector_db in 1004 allow tcp 5432-5432 10.20.0.0/16, not vector_db in 1004 allow tcp 5432-5432 10.20.4.0/23`,
    ],
  ],
  [
    "all of ICMP for errors",
    set(NACL, "vector_db_in_from_enclave_icmp_errors", { icmp_type: -1 }),
    [
      `${NACL}.vector_db_in_from_enclave_icmp_errors says vector_db in 10 allow icmp 10.20.0.0/16, not vector_db in 10 allow icmp errors 10.20.0.0/16`,
    ],
  ],
  [
    "a deny that allows",
    set(NACL, "ingress_out_to_not_internet_10_0_0_0_8", { rule_action: "allow", rule_number: 28499 }),
    ["${aws_network_acl.ingress.id} outbound: 10.0.0.0/8 passes as the internet"],
  ],
  [
    "a pass to another name",
    rewrite("aws_networkfirewall_rule_group", "enclave", PASSES, /(pass (?:(?!alert).)*?)mirror\.example\.com/, "$1evil.example.org"),
    [UNPLANNED],
  ],
  ["a pass on another port", rewrite("aws_networkfirewall_rule_group", "enclave", PASSES, /pass (.*?) 443 /, "pass $1 8443 "), [UNPLANNED]],
  [
    "a pass to all that ends alike",
    rewrite("aws_networkfirewall_rule_group", "enclave", PASSES, /(pass (?:(?!alert).)*?mirror\.example\.com\\"; )startswith; /, "$1"),
    [UNPLANNED],
  ],
  [
    "a pass that is not logged",
    rewrite("aws_networkfirewall_rule_group", "enclave", PASSES, /alert (.*?)mirror\.example\.com/, "alert $1x.example.com"),
    ["the firewall does not log what it passes"],
  ],
  [
    "a zone's addresses widened",
    rewrite("aws_networkfirewall_rule_group", "enclave", ["rule_group", "rule_variables", "ip_sets"], "10.20.16.0/20", "10.20.0.0/16"),
    ["the firewall's ZONE_INFERENCE is not that zone"],
  ],
  [
    "one more name that resolves",
    rewrite(LISTS, "enclave_needed", ["domains"], '"mirror.example.com."', '"mirror.example.com.","*.evil.example.org."'),
    ['the name "*.evil.example.org." that resolves is not planned'],
  ],
  ["a list of names more", add(LISTS, "x", { domains: ["evil.example.org."] }), ["a list of names is not planned"]],
];

describe("private-rag", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));
