/** Slips in names that resolve on AWS. */
import { add, all, type Change, expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { example, gateways } from "./specs";

const LISTS = "aws_route53_resolver_firewall_domain_list";
const ASSOCIATION = "aws_route53_resolver_firewall_rule_group_association";
const RESOLVES = "nothing resolves but the needed names";
const names = (found: string, by: string): Change => rewrite(LISTS, "enclave_needed", "domains", found, by);

const NAMES: readonly Slip[] = [
  [
    "one name more",
    names('"mirror.example.com."', '"mirror.example.com.","evil.example.org."'),
    RESOLVES,
    `${LISTS}.enclave_needed`,
  ],
  [
    "a domain for a name",
    names('"mirror.example.com."', '"mirror.example.com.","*.example.com."'),
    RESOLVES,
    `${LISTS}.enclave_needed`,
  ],
  [
    "a whole top-level domain",
    names('"mirror.example.com."', '"mirror.example.com.","*.com."'),
    RESOLVES,
    `${LISTS}.enclave_needed`,
  ],
  [
    "every name",
    names('"mirror.example.com."', '"mirror.example.com.","*."'),
    RESOLVES,
    `${LISTS}.enclave_needed`,
  ],
  [
    "a wildcard's domain",
    names('"*.huggingface.co."', '"*.huggingface.co.","huggingface.co."'),
    "a wildcard does not let its domain resolve",
    `${LISTS}.enclave_needed`,
  ],
  [
    "a name below an exact one",
    names('"mirror.example.com."', '"mirror.example.com.","*.mirror.example.com."'),
    "a name that is needed exactly lets no name below it resolve",
    `${LISTS}.enclave_needed`,
  ],
  [
    "a name that is lost",
    names('"mirror.example.com.",', ""),
    "names of declared ways out resolve",
    `${LISTS}.enclave_all`,
  ],
  [
    "an endpoint's name that is lost",
    names('"logs.us-east-1.amazonaws.com.",', ""),
    "names of private endpoints resolve",
    `${LISTS}.enclave_all`,
  ],
  [
    "a list of names more",
    all(
      add(LISTS, "x", { domains: ["evil.example.org."] }),
      add("aws_route53_resolver_firewall_rule", "x", {
        action: "ALLOW",
        firewall_domain_redirection_action: "TRUST_REDIRECTION_DOMAIN",
        priority: 101,
        firewall_domain_list_id: `\${${LISTS}.x.id}`,
        firewall_rule_group_id: "${aws_route53_resolver_firewall_rule_group.enclave.id}",
      }),
    ),
    RESOLVES,
    `${LISTS}.x`,
  ],
  [
    "names not blocked",
    set(LISTS, "enclave_all", { domains: [] }),
    RESOLVES,
    "aws_route53_resolver_firewall_rule",
  ],
  [
    "a block that allows",
    set("aws_route53_resolver_firewall_rule", "enclave_all", { action: "ALERT" }),
    RESOLVES,
    `${LISTS}.enclave_all`,
  ],
  [
    "a block too early",
    set("aws_route53_resolver_firewall_rule", "enclave_all", { priority: 1 }),
    "names of declared ways out resolve",
    `${LISTS}.enclave_all`,
  ],
  [
    "a DNS firewall that fails open",
    set("aws_route53_resolver_firewall_config", "enclave", { firewall_fail_open: "ENABLED" }),
    RESOLVES,
    "aws_route53_resolver_firewall_config",
  ],
  ["no DNS firewall", remove(ASSOCIATION, "enclave"), RESOLVES, ASSOCIATION],
  ["a DNS firewall elsewhere", set(ASSOCIATION, "enclave", { vpc_id: "vpc-1" }), RESOLVES, ASSOCIATION],
  [
    "another DNS firewall",
    set(ASSOCIATION, "enclave", { firewall_rule_group_id: "rslvr-frg-1" }),
    RESOLVES,
    ASSOCIATION,
  ],
  [
    "public names for an endpoint",
    set("aws_vpc_endpoint", "enclave_logs", { private_dns_enabled: false }),
    "names of private endpoints lead to them, and to nothing public",
    "aws_vpc_endpoint.enclave_logs",
  ],
  [
    "other resolvers",
    add("aws_vpc_dhcp_options", "x", { domain_name_servers: ["8.8.8.8"] }),
    "no resolver is asked but the one that is filtered",
    "aws_vpc_dhcp_options",
  ],
];

describe("names of the example", () => expectNoticed("aws", example(), NAMES));

const LEAD = "names of private endpoints lead to them, and to nothing public";
const PARTNER = "aws_vpc_endpoint.enclave_custom_partner";
const ZONE = "aws_route53_zone";
const RECORD = "aws_route53_record";
const OWN = "enclave_custom_partner__partner_example_com";

describe("names of a third party", () =>
  expectNoticed("aws", gateways(), [
    ["no record", remove(RECORD, OWN), LEAD, PARTNER],
    [
      "no record of what is below a name",
      remove(RECORD, "enclave_custom_partner__any_partner_example_com"),
      LEAD,
      PARTNER,
    ],
    ["a zone of another network", set(ZONE, OWN, { vpc: [{ vpc_id: "vpc-1" }] }), LEAD, PARTNER],
    ["a zone of another name", set(ZONE, OWN, { name: "other.example.com" }), LEAD, PARTNER],
    ["a record of a text", set(RECORD, OWN, { type: "TXT" }), LEAD, PARTNER],
    [
      "a record of another endpoint",
      rewrite(RECORD, OWN, "alias", "enclave_custom_partner", "enclave_logs"),
      LEAD,
      PARTNER,
    ],
    [
      "a nearer zone that answers otherwise",
      add(ZONE, "x", { name: "any.partner.example.com", vpc: [{ vpc_id: "${aws_vpc.enclave.id}" }] }),
      LEAD,
      PARTNER,
    ],
    [
      "private names that are the service's",
      set("aws_vpc_endpoint", "enclave_custom_partner", { private_dns_enabled: true }),
      LEAD,
      PARTNER,
    ],
  ]));
