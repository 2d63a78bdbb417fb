/** Slips in the network firewall of AWS. */
import { add, type Change, expectNoticed, rewrite, type Slip, set } from "../slips";
import { closed, everything, example } from "./specs";

const POLICY = "aws_networkfirewall_firewall_policy";
const RULES = "aws_networkfirewall_rule_group";
const OTHERS = "a zone gets to no other name, on no other port, by no other protocol";
const DECLARED = "a zone gets to the names and ports that it declares";
const OWN = "the way out is the enclave's own, and stands in its own place";

const policy = (found: string | RegExp, by: string): Change =>
  rewrite(POLICY, "enclave", "firewall_policy", found, by);

const rules = (found: string | RegExp, by: string): Change =>
  rewrite(RULES, "enclave", "rule_group", found, by);

const FIREWALL: readonly Slip[] = [
  ["a firewall that lets pass", policy(/"aws:drop_established[^"]*",/, ""), OWN, `${POLICY}.enclave`],
  ["rules in any order", policy("STRICT_ORDER", "DEFAULT_ACTION_ORDER"), OWN, `${POLICY}.enclave`],
  ["a rule group in any order", rules("STRICT_ORDER", "DEFAULT_ACTION_ORDER"), OWN, `${RULES}.enclave`],
  [
    "packets that pass by",
    policy('"stateless_default_actions":["aws:forward_to_sfe"]', '"stateless_default_actions":["aws:pass"]'),
    OTHERS,
    `${POLICY}.enclave`,
  ],
  [
    "fragments that pass by",
    policy(
      '"stateless_fragment_default_actions":["aws:forward_to_sfe"]',
      '"stateless_fragment_default_actions":["aws:pass"]',
    ),
    OTHERS,
    `${POLICY}.enclave`,
  ],
  ["a home that lacks a private range", policy(',"172.16.0.0/12"', ""), DECLARED, `${RULES}.enclave`],
  [
    "a home that has a public range",
    policy('"172.16.0.0/12"', '"172.0.0.0/8"'),
    DECLARED,
    `${RULES}.enclave`,
  ],
  [
    "stateless rules",
    policy('"stateful_default', '"stateless_rule_group_reference":[{"priority":1}],"stateful_default'),
    OTHERS,
    `${POLICY}.enclave`,
  ],
  [
    "a second group of rules",
    policy(
      '"stateful_rule_group_reference":[',
      '"stateful_rule_group_reference":[{"priority":1,"resource_arn":"arn:aws:network-firewall:us-east-1:111122223333:stateful-rulegroup/open"},',
    ),
    OWN,
    `${POLICY}.enclave`,
  ],
  [
    "a firewall among workloads",
    rewrite("aws_networkfirewall_firewall", "enclave", "subnet_mapping", "enclave_firewall_1", "inference_1"),
    OWN,
    "aws_networkfirewall_firewall.enclave",
  ],
  [
    "another policy at the firewall",
    set("aws_networkfirewall_firewall", "enclave", {
      firewall_policy_arn: "arn:aws:network-firewall:us-east-1:111122223333:firewall-policy/open",
    }),
    OWN,
    "aws_networkfirewall_firewall.enclave",
  ],
  [
    "endpoints of the firewall by their order",
    (draft) =>
      Object.assign(draft["locals"] as object, {
        enclave_firewall_endpoints:
          "${aws_networkfirewall_firewall.enclave.firewall_status[0].sync_states[*].attachment[0].endpoint_id}",
      }),
    OWN,
    "local.enclave_firewall_endpoints",
  ],
  [
    "NAT in a zone",
    set("aws_nat_gateway", "enclave_nat_1", { subnet_id: "${aws_subnet.inference_1.id}" }),
    "only the way out has public addresses",
    "aws_nat_gateway.enclave_nat_1",
  ],
];

const OF_EVERYTHING: readonly Slip[] = [
  [
    "inspection that nothing uses",
    rewrite(POLICY, "enclave", "firewall_policy", /,"tls_inspection_configuration_arn":"[^"]*"/, ""),
    "inspection of requests decrypts what leaves",
    POLICY,
  ],
  [
    "a record that leads elsewhere",
    rewrite(
      "aws_route53_record",
      "enclave_custom_partner__x_svc_example_com",
      "alias",
      "enclave_custom_partner",
      "enclave_logs",
    ),
    "names of private endpoints lead to them, and to nothing public",
    "aws_vpc_endpoint.enclave_custom_partner",
  ],
  [
    "a port that is not decrypted",
    rewrite(
      "aws_networkfirewall_tls_inspection_configuration",
      "enclave",
      "tls_inspection_configuration",
      /"destination_ports":\[[^\]]*\]/,
      '"destination_ports":[]',
    ),
    DECLARED,
    `${RULES}.enclave`,
  ],
];

const OF_CLOSED: readonly Slip[] = [
  [
    "a firewall where nothing leaves",
    add("aws_networkfirewall_firewall", "enclave", { firewall_policy_arn: "x" }),
    "there is a way out only where something leaves",
    "aws_networkfirewall_firewall.enclave",
  ],
];

describe("the firewall of the example", () => expectNoticed("aws", example(), FIREWALL));
describe("inspection of requests and a name of a third party", () =>
  expectNoticed("aws", everything(), OF_EVERYTHING));
describe("an enclave that nothing leaves", () => expectNoticed("aws", closed(), OF_CLOSED));
