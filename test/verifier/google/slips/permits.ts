/** Slips in permits of the firewall policy, and in the order in which its rules are judged. */
import type { Slip } from "../../slips";
import { addRule, match, moveRule, POLICY, rule, UNREADABLE, withoutRule } from "./slip";

const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const BESIDE = "a flow opens its own ports and protocols, and nothing else";
const UNDECLARED = "zones without a flow between them open nothing to each other";
const WITHIN = "hosts of one zone reach each other only by a declared flow";
const IPV6 = "there is no IPv6";
const DENIALS = "every denial is recorded";
const AROUND = "nothing leads around endpoints and inspection";
const IN = "web-to-app-8080-tcp-in";
const OUT = "web-to-app-8080-tcp-out";
const ports = (...values: string[]) => ({ layer4_config: [{ ip_protocol: "tcp", ports: values }] });

const SOUND = "rules are such as the cloud takes, and none undoes another";
export const PERMITS: readonly Slip[] = [
  ["a port more", rule(IN, match(ports("8080", "22"))), BESIDE, POLICY],
  ["a wider range of ports", rule(OUT, match(ports("8080-8081"))), BESIDE, POLICY],
  [
    "a narrower range of ports",
    rule(
      "app-to-db-8000-8100-udp-in",
      match({ layer4_config: [{ ip_protocol: "udp", ports: ["8000-8099"] }] }),
    ),
    FLOW,
    POLICY,
  ],
  ["no ports, which are all", rule(IN, match({ layer4_config: [{ ip_protocol: "tcp" }] })), BESIDE, POLICY],
  [
    "another protocol",
    rule(IN, match({ layer4_config: [{ ip_protocol: "udp", ports: ["8080"] }] })),
    FLOW,
    POLICY,
  ],
  ["all protocols", rule(IN, match({ layer4_config: [{ ip_protocol: "all" }] })), BESIDE, POLICY],
  [
    "a protocol that no enclave has",
    rule(IN, match({ layer4_config: [{ ip_protocol: "esp" }] })),
    UNREADABLE,
    POLICY,
  ],
  [
    "a source of another zone more",
    rule(IN, match({ src_ip_ranges: ["10.20.0.0/22", "10.20.64.0/22"] })),
    UNDECLARED,
    POLICY,
  ],
  ["a source that holds two zones", rule(IN, match({ src_ip_ranges: ["10.20.0.0/21"] })), WITHIN, POLICY],
  ["a source of one slot alone", rule(IN, match({ src_ip_ranges: ["10.20.0.0/24"] })), FLOW, POLICY],
  ["no source, which is everybody", rule(IN, match({ src_ip_ranges: undefined })), UNDECLARED, POLICY],
  [
    "a target of another zone more",
    rule(OUT, match({ dest_ip_ranges: ["10.20.4.0/22", "10.20.8.0/24"] })),
    UNDECLARED,
    POLICY,
  ],
  [
    "no target, which is everybody",
    rule(OUT, match({ dest_ip_ranges: undefined })),
    "a zone without a way out opens nothing to the internet",
    POLICY,
  ],
  [
    "an address of the internet as a target",
    rule(OUT, match({ dest_ip_ranges: ["8.8.8.0/24"] })),
    "a zone without a way out opens nothing to the internet",
    POLICY,
  ],
  [
    "a private range outside the enclave",
    rule(OUT, match({ dest_ip_ranges: ["10.20.4.0/22", "192.168.0.0/16"] })),
    "private ranges outside the enclave are not the internet",
    POLICY,
  ],
  ["a range that is none", rule(IN, match({ src_ip_ranges: ["10.20.0.0/40"] })), UNREADABLE, POLICY],
  ["an IPv6 range", rule(IN, match({ src_ip_ranges: ["10.20.0.0/22", "fd00::/8"] })), IPV6, POLICY],
  ["names in place of ranges", rule(OUT, match({ dest_fqdns: ["example.com"] })), UNREADABLE, POLICY],
  [
    "for the machines of one account alone",
    rule("enclave-deny-egress-out", (one) => (one.target_service_accounts = ["a@b.c"])),
    UNREADABLE,
    POLICY,
  ],
  [
    "for machines with a tag alone",
    rule(IN, (one) => (one.target_secure_tags = [{ name: "tagValues/1" }])),
    UNREADABLE,
    POLICY,
  ],
  ["the rule at the sender is lost", withoutRule(OUT), FLOW, POLICY],
  ["the rule at the receiver is lost", withoutRule(IN), FLOW, POLICY],
  ["the direction is turned", rule(IN, (one) => (one.direction = "EGRESS")), FLOW, POLICY],
  ["a permit becomes a denial", rule(IN, (one) => (one.action = "deny")), FLOW, POLICY],
  ["a permit is handed on", rule(IN, (one) => (one.action = "goto_next")), UNREADABLE, POLICY],
  [
    "a permit is handed to a security profile",
    rule(IN, (one) => (one.action = "apply_security_profile_group")),
    UNREADABLE,
    POLICY,
  ],
  ["a permit is switched off", rule(IN, (one) => (one.disabled = true)), FLOW, POLICY],
  ["neither on nor off", rule(IN, (one) => (one.disabled = "${var.other}")), UNREADABLE, POLICY],
  [
    "a permit twice, at another priority",
    addRule(IN, (one) => {
      one.priority = 29_999;
    }),
    SOUND,
    POLICY,
  ],
  ["a permit twice", addRule(IN, () => {}), SOUND, POLICY],
  [
    "a permit for another flow",
    addRule(IN, (one) => {
      one.priority = 29_999;
      one.match.src_ip_ranges = ["10.20.11.0/24"];
    }),
    UNDECLARED,
    POLICY,
  ],
  ["a permit moved behind the denials", moveRule(IN, 61_000), FLOW, POLICY],
  ["rules out of their order", rule(IN, (one) => (one.priority = 61_000)), SOUND, POLICY],
  ["no number for a priority", rule(IN, (one) => (one.priority = "first")), UNREADABLE, POLICY],
  ["a denial moved before the permits", moveRule("enclave-deny-ingress-in", 1), FLOW, POLICY],
  ["what a permit admits is not logged", rule(IN, (one) => (one.enable_logging = false)), DENIALS, POLICY],
  [
    "what a denial drops is not logged",
    rule("enclave-deny-egress-out", (one) => delete one.enable_logging),
    DENIALS,
    POLICY,
  ],
  [
    "a permit gives no reason",
    rule(IN, (one) => (one.description = " ")),
    "everything that permits says why",
    POLICY,
  ],
  [
    "load balancers from a wider range",
    rule("internet-to-web-443-tcp-in", match({ src_ip_ranges: ["130.211.0.0/16", "35.191.0.0/16"] })),
    AROUND,
    POLICY,
  ],
  [
    "load balancers from half of a range",
    rule("internet-to-web-443-tcp-in", match({ src_ip_ranges: ["130.211.0.0/22", "35.191.0.0/17"] })),
    "load balancers look after what they may serve",
    POLICY,
  ],
  [
    "a port more for load balancers",
    rule("internet-to-web-443-tcp-in", match(ports("443", "80"))),
    "the internet reaches a zone on the declared ports alone",
    POLICY,
  ],
  [
    "health checks on fewer ports than flows open",
    rule("load-balancer-to-vault-in", match(ports("1-1024"))),
    "load balancers look after what they may serve",
    POLICY,
  ],
  [
    "health checks on a port more",
    rule("load-balancer-to-db-in", match(ports("5432", "22"))),
    "load balancers look after nothing else",
    POLICY,
  ],
  [
    "health checks of UDP",
    rule("load-balancer-to-db-in", match({ layer4_config: [{ ip_protocol: "all" }] })),
    "load balancers look after nothing else",
    POLICY,
  ],
  [
    "no health checks",
    withoutRule("load-balancer-to-db-in"),
    "load balancers look after what they may serve",
    POLICY,
  ],
  [
    "health checks of a zone that did not ask for them",
    rule("load-balancer-to-db-in", (one) => one.match.dest_ip_ranges.push("10.20.1.0/24")),
    "load balancers look after nothing else",
    POLICY,
  ],
  [
    "health checks of a zone in quarantine",
    rule("load-balancer-to-db-in", (one) => (one.disabled = false)),
    "a zone in quarantine opens nothing and receives nothing",
    POLICY,
  ],
  [
    "health checks from the whole internet",
    rule("load-balancer-to-db-in", match({ src_ip_ranges: ["0.0.0.0/0"] })),
    AROUND,
    POLICY,
  ],
  [
    "load balancers to a zone that serves nobody",
    addRule("internet-to-web-443-tcp-in", (one) => {
      one.priority = 29_000;
      one.match.dest_ip_ranges = ["10.20.64.0/22"];
    }),
    "the internet reaches no zone that takes nothing from it",
    POLICY,
  ],
];
