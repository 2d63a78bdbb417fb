/** AWS: the way out is the enclave's own, stands in its own place, and reads its rules in their order. */
import { type Fault, unless } from "../replay/fault";
import {
  type Attributes,
  blocks,
  nested,
  references,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
} from "../terraform/document";

const FIREWALL = "aws_networkfirewall_firewall";
const POLICY = "aws_networkfirewall_firewall_policy";
const GROUP = "aws_networkfirewall_rule_group";
const INSPECTION = "aws_networkfirewall_tls_inspection_configuration";
const VPC = "${aws_vpc.enclave.id}";

/** By the availability zone in which each stands. */
const ENDPOINTS =
  /^\$\{\{ for state in aws_networkfirewall_firewall\.enclave\.firewall_status\[0\]\.sync_states : state\.availability_zone => state\.attachment\[0\]\.endpoint_id \}\}$/;

export const inspectorsIn = (document: TerraformDocument): string[] =>
  [FIREWALL, POLICY, GROUP, "aws_nat_gateway", "aws_eip"].flatMap((type) =>
    [...resourcesOf(document, type).keys()].map((name) => `${type}.${name}`),
  );

export function inspectionFaults(document: TerraformDocument): Fault[] {
  const firewalls = [...resourcesOf(document, FIREWALL)];
  return [
    ...firewalls.flatMap(([name, body]) => firewallFaults(name, body)),
    ...[...resourcesOf(document, POLICY)].flatMap(([name, body]) =>
      policyFaults(document, name, nested(body, "firewall_policy")),
    ),
    ...[...resourcesOf(document, GROUP)].flatMap(([name, body]) =>
      unless(
        text(nested(nested(body, "rule_group"), "stateful_rule_options"), "rule_order") === "STRICT_ORDER" &&
          text(body, "type") === "STATEFUL",
        `${GROUP}.${name}`,
        "its rules are not read in their order",
      ),
    ),
    ...[...resourcesOf(document, INSPECTION)].flatMap(([name, body]) => {
      const whole = nested(nested(body, "tls_inspection_configuration"), "server_certificate_configuration");
      const revoked = nested(whole, "check_certificate_revocation_status");
      return unless(
        ["revoked_status_action", "unknown_status_action"].every((each) => text(revoked, each) === "DROP"),
        `${INSPECTION}.${name}`,
        "it takes certificates that may be revoked",
      );
    }),
    ...unless(
      firewalls.length === 0 || ENDPOINTS.test(text(table(document, "locals"), "enclave_firewall_endpoints")),
      "local.enclave_firewall_endpoints",
      "endpoints of the firewall are not found by availability zone",
    ),
  ];
}

function firewallFaults(name: string, body: Attributes): Fault[] {
  const subnets = blocks(body, "subnet_mapping").flatMap((each) =>
    references(each["subnet_id"], "aws_subnet"),
  );
  const own =
    text(body, "firewall_policy_arn") === `\${${POLICY}.enclave.arn}` && text(body, "vpc_id") === VPC;
  return [
    ...unless(own, `${FIREWALL}.${name}`, "it has another policy or another VPC"),
    ...unless(
      subnets.length > 0 && subnets.every((subnet) => /^enclave_firewall_\d$/.test(subnet)),
      `${FIREWALL}.${name}`,
      "it stands outside its own subnets",
    ),
  ];
}

function policyFaults(
  document: TerraformDocument,
  name: string,
  policy: Readonly<Record<string, unknown>> | undefined,
): Fault[] {
  const listed = blocks(policy, "stateful_rule_group_reference").map((each) => text(each, "resource_arn"));
  const own = [...resourcesOf(document, GROUP).keys()].map((group) => `\${${GROUP}.${group}.arn}`);
  const options = nested(policy, "stateful_engine_options");
  return [
    ...unless(
      listed.join() === own.join() && own.length > 0,
      `${POLICY}.${name}`,
      "it has rules that are not the enclave's own",
    ),
    ...unless(
      text(options, "rule_order") === "STRICT_ORDER" &&
        ["DROP", "REJECT"].includes(text(options, "stream_exception_policy")),
      `${POLICY}.${name}`,
      "its rules are not read in their order, or a broken stream passes",
    ),
  ];
}
