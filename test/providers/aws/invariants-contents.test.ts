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
const says = (subject: string, argument: string, is: unknown, wanted: unknown): string =>
  `${subject} says ${argument} ${JSON.stringify(is)}, not ${JSON.stringify(wanted)}`;
const CUT_OFF = 'contains(var.quarantine, "redaction") || contains(var.quarantine, "vector-db")';
const group = (name: string): string => `aws_security_group.${name}.id`;
/** What the rule at the store's end says of its peer: nobody while one of the two is cut off, else the other. */
const peer = (condition: string, cutOff: string, connected: string): string =>
  `\${${condition} ? ${group(cutOff)} : ${group(connected)}}`;
const PEER = peer(CUT_OFF, "enclave_void_redaction", "redaction");
const OPENING = '${contains(var.quarantine, "ingress") ? "127.0.0.1/32" : "0.0.0.0/0"}';
const UNPLANNED = "the firewall passes what is not planned";

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "another zone as the source",
    rewrite(
      INGRESS,
      FLOW,
      ["referenced_security_group_id"],
      ": aws_security_group.redaction",
      ": aws_security_group.ingress",
    ),
    [
      says(
        `${INGRESS}.${FLOW}`,
        "referenced_security_group_id",
        peer(CUT_OFF, "enclave_void_redaction", "ingress"),
        PEER,
      ),
    ],
  ],
  [
    "a rule in another zone's group",
    set(INGRESS, FLOW, { security_group_id: "${aws_security_group.inference.id}" }),
    [
      says(
        `${INGRESS}.${FLOW}`,
        "security_group_id",
        "${aws_security_group.inference.id}",
        "${aws_security_group.vector_db.id}",
      ),
    ],
  ],
  [
    "every port",
    set(EGRESS, FLOW, { from_port: 0, to_port: 65535 }),
    [says(`${EGRESS}.${FLOW}`, "from_port", 0, 5432), says(`${EGRESS}.${FLOW}`, "to_port", 65535, 5432)],
  ],
  [
    "another protocol",
    set(EGRESS, FLOW, { ip_protocol: "udp" }),
    [says(`${EGRESS}.${FLOW}`, "ip_protocol", "udp", "tcp")],
  ],
  [
    "a wider source of the internet",
    rewrite(INGRESS, "internet_to_ingress_443_tcp", ["cidr_ipv4"], ': \\"0.0.0.0/0\\"', ': \\"0.0.0.0/1\\"'),
    [
      says(
        `${INGRESS}.internet_to_ingress_443_tcp`,
        "cidr_ipv4",
        OPENING.replace("0.0.0.0/0", "0.0.0.0/1"),
        OPENING,
      ),
    ],
  ],
  [
    "a flow that stays when its target is cut off",
    rewrite(
      INGRESS,
      FLOW,
      ["referenced_security_group_id"],
      ' || contains(var.quarantine, \\"vector-db\\")',
      "",
    ),
    [
      says(
        `${INGRESS}.${FLOW}`,
        "referenced_security_group_id",
        peer(CUT_OFF.replace(/ .*/, ' "redaction")'), "enclave_void_redaction", "redaction"),
        PEER,
      ),
    ],
  ],
  [
    "somebody in place of nobody",
    rewrite(
      INGRESS,
      FLOW,
      ["referenced_security_group_id"],
      /aws_security_group\.enclave_void_\w+/,
      "aws_security_group.ingress",
    ),
    [says(`${INGRESS}.${FLOW}`, "referenced_security_group_id", peer(CUT_OFF, "ingress", "redaction"), PEER)],
  ],
  [
    "the whole enclave in front of a store",
    copyOf(NACL, "vector_db_in_from_redaction_5432_tcp", "x", {
      cidr_block: "10.20.0.0/16",
      protocol: "-1",
      rule_number: 9,
    }),
    [`${NACL}.x is not planned`],
  ],
  [
    "an entry less",
    remove(NACL, "vector_db_in_from_enclave_icmp_errors"),
    [`${NACL}.vector_db_in_from_enclave_icmp_errors is missing`],
  ],
  [
    "a wider entry",
    set(NACL, "vector_db_in_from_redaction_5432_tcp", { cidr_block: "10.20.0.0/16" }),
    [says(`${NACL}.vector_db_in_from_redaction_5432_tcp`, "cidr_block", "10.20.0.0/16", "10.20.4.0/23")],
  ],
  [
    "all of ICMP for errors",
    set(NACL, "vector_db_in_from_enclave_icmp_errors", { icmp_type: -1 }),
    [says(`${NACL}.vector_db_in_from_enclave_icmp_errors`, "icmp_type", -1, 3)],
  ],
  [
    "a deny that allows",
    set(NACL, "ingress_out_to_not_internet_10_0_0_0_8", { rule_action: "allow", rule_number: 28499 }),
    ["${aws_network_acl.ingress.id} outbound: 10.0.0.0/8 passes as the internet"],
  ],
  [
    "a pass to another name",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      PASSES,
      /(pass (?:(?!alert).)*?)mirror\.example\.com/,
      "$1evil.example.org",
    ),
    [UNPLANNED],
  ],
  [
    "a pass on another port",
    rewrite("aws_networkfirewall_rule_group", "enclave", PASSES, /pass (.*?) 443 /, "pass $1 8443 "),
    [UNPLANNED],
  ],
  [
    "a pass to all that ends alike",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      PASSES,
      /(pass (?:(?!alert).)*?mirror\.example\.com\\"; )startswith; /,
      "$1",
    ),
    [UNPLANNED],
  ],
  [
    "a pass that is not logged",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      PASSES,
      /alert (.*?)mirror\.example\.com/,
      "alert $1x.example.com",
    ),
    ["the firewall does not log what it passes"],
  ],
  [
    "a zone's addresses widened",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      ["rule_group", "rule_variables", "ip_sets"],
      "10.20.16.0/20",
      "10.20.0.0/16",
    ),
    ["the firewall's ZONE_INFERENCE is not that zone"],
  ],
  [
    "one more name that resolves",
    rewrite(
      LISTS,
      "enclave_needed",
      ["domains"],
      '"mirror.example.com."',
      '"mirror.example.com.","*.evil.example.org."',
    ),
    ['the name "*.evil.example.org." that resolves is not planned'],
  ],
  [
    "IPv6 beside it",
    set(EGRESS, FLOW, { cidr_ipv6: "::/0" }),
    [`${EGRESS}.${FLOW} says cidr_ipv6 "::/0", not nothing`],
  ],
  [
    "an outpost's address",
    set("aws_subnet", "ingress_1", { map_customer_owned_ip_on_launch: true }),
    ["aws_subnet.ingress_1 says map_customer_owned_ip_on_launch true, not nothing"],
  ],
  [
    "a key for everybody",
    rewrite("aws_kms_key", "enclave_logs", ["policy"], /arn:[^,]*:root/, "*"),
    [expect.stringMatching(/^aws_kms_key\.enclave_logs says policy .*"AWS":"\*"/) as string],
  ],
  [
    "no quarantine from the start",
    (_, document) => {
      const { quarantine } = document["variable"] as { quarantine: { default: string[] } };
      quarantine.default.push("ingress");
    },
    ['variable.quarantine says default ["ingress"], not nothing'],
  ],
  [
    "a list of names more",
    add(LISTS, "x", { domains: ["evil.example.org."] }),
    ["a list of names is not planned"],
  ],
];

describe("private-rag", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));
