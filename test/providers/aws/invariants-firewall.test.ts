/** The egress firewall: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/aws/invariants";
import { add, expectNoticed, type Mutation, rewrite, set, setNested } from "../../support/mutations";
import { EXAMPLE, render } from "./rendered";

const RULES = ["rule_group", "rules_source", "rules_string"] as const;

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "a firewall that lets pass",
    setNested(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      ["firewall_policy", "stateful_default_actions"],
      [],
    ),
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
    setNested(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      ["firewall_policy", "stateless_fragment_default_actions"],
      ["aws:pass"],
    ),
    ["packets pass the firewall's stateful rules by"],
  ],
  [
    "no home network",
    setNested("aws_networkfirewall_firewall_policy", "enclave", ["firewall_policy", "policy_variables"], {}),
    ["the firewall takes private addresses for the internet"],
  ],
  [
    "one pass more",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      RULES,
      /"$/,
      '\\npass ip any any -> any any (sid:1;)"',
    ),
    ["the firewall passes what is not planned"],
  ],
  [
    "a pass without a name",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      RULES,
      /(pass tls [^(]*\()tls\.sni; content:[^;]*;/,
      "$1",
    ),
    ["the firewall passes what is not planned"],
  ],
  [
    "QUIC",
    rewrite("aws_networkfirewall_rule_group", "enclave", RULES, "drop udp any", "alert udp any"),
    ["the firewall lets udp begin"],
  ],
  [
    "a set of addresses that quarantine leaves",
    rewrite(
      "aws_networkfirewall_rule_group",
      "enclave",
      ["rule_group", "rule_variables"],
      /"\$\{[^}]*\}"/,
      '"10.20.16.0/20"',
    ),
    ["the firewall's ZONE_INFERENCE leaves in quarantine"],
  ],
  [
    "a second group of rules",
    setNested(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      ["firewall_policy", "stateful_rule_group_reference"],
      [
        { resource_arn: "${aws_networkfirewall_rule_group.enclave.arn}" },
        { resource_arn: "arn:aws:network-firewall:us-east-1:111122223333:stateful-rulegroup/open" },
      ],
    ),
    ["the firewall has rules that nobody planned"],
  ],
  [
    "stateless rules",
    setNested(
      "aws_networkfirewall_firewall_policy",
      "enclave",
      ["firewall_policy", "stateless_rule_group_reference"],
      [{ priority: 1 }],
    ),
    ["the firewall has rules that nobody planned"],
  ],
  [
    "a firewall among workloads",
    set("aws_networkfirewall_firewall", "enclave", {
      subnet_mapping: [{ subnet_id: "${aws_subnet.inference_1.id}" }],
    }),
    ["the firewall stands outside its subnets"],
  ],
  [
    "endpoints by their order",
    (_, document) =>
      void Object.assign(document["locals"] as object, {
        enclave_firewall_endpoints:
          "${aws_networkfirewall_firewall.enclave.firewall_status[0].sync_states[*].attachment[0].endpoint_id}",
      }),
    ["the firewall's endpoints are not found by availability zone"],
  ],
];

const OF_CLOSED: readonly Mutation[] = [
  [
    "a firewall",
    add("aws_networkfirewall_firewall_policy", "enclave", { firewall_policy: {} }),
    ["there is a firewall although nothing leaves"],
  ],
];

const CLOSED = {
  name: "closed",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: { store: { exposure: "isolated", hosts: 20 } },
};

describe("the example", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));
describe("an enclave without egress", () => expectNoticed(render(CLOSED), brokenInvariants, OF_CLOSED));
