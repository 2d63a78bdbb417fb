/** The egress firewall read back from the rendered document: it passes what is planned, by name, and nothing else. */
import { formatCidr, NOT_INTERNET } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, blocks, nested, resourcesOf, text, texts } from "../shared/document";
import { unless } from "../shared/invariants";
import { quoted, unlessQuarantined } from "../shared/rendering";
import { leavingZones, zoneNamed } from "../shared/zones";
import { printerOf } from "./planned";
import { zoneVariable } from "./render/firewall-rules";
import { NOWHERE } from "./render/flow-rules";

export function brokenFirewall(document: TerraformDocument, plan: NetworkPlan): string[] {
  const policy = nested(
    resourcesOf(document, "aws_networkfirewall_firewall_policy").get("enclave"),
    "firewall_policy",
  );
  if (plan.departures.length === 0)
    return policy === undefined ? [] : ["there is a firewall although nothing leaves"];
  const defaults = texts(policy, "stateful_default_actions");
  const stateless = [
    ...texts(policy, "stateless_default_actions"),
    ...texts(policy, "stateless_fragment_default_actions"),
  ];
  const groups = blocks(policy, "stateful_rule_group_reference").map((reference) =>
    text(reference, "resource_arn"),
  );
  const home = JSON.stringify(policy?.["policy_variables"] ?? {});
  return [
    ...unless(
      defaults.includes("aws:drop_established_app_layer_to_server"),
      "the firewall does not drop what nothing passed",
    ),
    ...unless(
      groups.join() === "${aws_networkfirewall_rule_group.enclave.arn}" &&
        blocks(policy, "stateless_rule_group_reference").length === 0,
      "the firewall has rules that nobody planned",
    ),
    ...brokenPasses(document, plan),
    ...brokenPlaces(document),
    ...unless(
      text(nested(policy, "stateful_engine_options"), "rule_order") === "STRICT_ORDER",
      "the firewall's rules are not in strict order",
    ),
    ...unless(
      stateless.length === 2 && stateless.every((action) => action === "aws:forward_to_sfe"),
      "packets pass the firewall's stateful rules by",
    ),
    ...unless(
      NOT_INTERNET.every((block) => home.includes(formatCidr(block))),
      "the firewall takes private addresses for the internet",
    ),
  ];
}

const PASS =
  /^(?:pass|alert) (tls|http) \$(ZONE_\w+) any -> \$EXTERNAL_NET (\d+) \((tls\.sni|http\.host); content:"([^"]+)"; (startswith; )?endswith; (?:nocase; )?flow:to_server; msg:"[^"]*"; sid:\d+; rev:1;\)$/;

/** `ZONE_APP tls 443 *.huggingface.co`; undefined for a pass that is not one name from one zone on one port. */
function passOf(rule: string): string | undefined {
  const [, protocol, zone, port, part, name = "", whole] = PASS.exec(rule) ?? [];
  if ((part === "tls.sni") !== (protocol === "tls") || (whole === undefined && !name.startsWith(".")))
    return undefined;
  return `${zone} ${protocol} ${port} ${whole === undefined ? "*" : ""}${name}`;
}

/** The passes are the departures, each from one zone's addresses to the internet with a name. */
function brokenPasses(document: TerraformDocument, plan: NetworkPlan): string[] {
  const group = nested(resourcesOf(document, "aws_networkfirewall_rule_group").get("enclave"), "rule_group");
  const rules = text(nested(group, "rules_source"), "rules_string").split("\n");
  const passes = rules.filter((rule) => rule.startsWith("pass")).map(passOf);
  const alerts = new Set(rules.filter((rule) => rule.startsWith("alert")).map(passOf));
  const planned = plan.departures.map(({ zone, name, port, protocol }) => {
    const seen = plan.inspection === "request" ? "http" : protocol;
    return `${zoneVariable(zoneNamed(plan.zones, zone))} ${seen} ${port} ${name}`;
  });
  const sets = blocks(nested(group, "rule_variables"), "ip_sets");
  const steady = sets.filter((set) =>
    texts(nested(set, "ip_set"), "definition").some((range) => !range.includes("contains(var.quarantine,")),
  );
  const printer = printerOf(document, plan);
  const own = new Map(
    leavingZones(plan).map((zone) => [
      zoneVariable(zone),
      unlessQuarantined([zone.name], quoted(printer.cidr(zone.block)), quoted(NOWHERE)),
    ]),
  );
  const foreign = sets.filter(
    (set) =>
      !steady.includes(set) &&
      texts(nested(set, "ip_set"), "definition").join() !== own.get(text(set, "key")),
  );
  return [
    ...unless(listed(passes) === listed(planned), "the firewall passes what is not planned"),
    ...unless(
      planned.every((pass) => alerts.has(pass)),
      "the firewall does not log what it passes",
    ),
    ...["udp", "icmp"].flatMap((protocol) =>
      unless(
        rules.some((rule) => rule.startsWith(`drop ${protocol} any any -> any any (`)),
        `the firewall lets ${protocol} begin`,
      ),
    ),
    ...steady.map((set) => `the firewall's ${text(set, "key")} leaves in quarantine`),
    ...foreign.map((set) => `the firewall's ${text(set, "key")} is not that zone`),
  ];
}

const listed = (lines: readonly (string | undefined)[]): string => [...lines].sort().join("\n");

/** In its own subnets, and found by routes through the availability zone in which it stands. */
function brokenPlaces(document: TerraformDocument): string[] {
  const subnets = blocks(
    resourcesOf(document, "aws_networkfirewall_firewall").get("enclave"),
    "subnet_mapping",
  ).map((mapping) => text(mapping, "subnet_id"));
  const byZone = text((document["locals"] ?? {}) as Attributes, "enclave_firewall_endpoints");
  return [
    ...unless(
      subnets.length > 0 &&
        subnets.every((subnet) => /^\$\{aws_subnet\.enclave_firewall_\d\.id\}$/.test(subnet)),
      "the firewall stands outside its subnets",
    ),
    ...unless(
      /^\$\{\{ for state in aws_networkfirewall_firewall\.enclave\.\S+ : state\.availability_zone => state\.attachment\[0\]\.endpoint_id \}\}$/.test(
        byZone,
      ),
      "the firewall's endpoints are not found by availability zone",
    ),
  ];
}
