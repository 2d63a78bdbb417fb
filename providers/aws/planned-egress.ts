/** The way out as the plan wants it: firewall, what it lets pass, NAT gateways, the list that stands for the internet. */
import { formatCidr, NOT_INTERNET } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr, literal, quarantined, quoted } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { leavingZones } from "../shared/zones";
import { ANYWHERE, arnOf, IN_VPC, INTERNET_GATEWAY, idOf, numbersOf, type Planned } from "./planned";
import { CAPACITIES } from "./render/egress";
import { firewallRules, zoneVariable } from "./render/firewall-rules";
import { NOWHERE } from "./render/flow-rules";
import { internetBlocks } from "./render/internet-list";
import { awsName } from "./render/naming";

const FIREWALL = "aws_networkfirewall_firewall.enclave";
const POLICY = "aws_networkfirewall_firewall_policy.enclave";
const RULES = "aws_networkfirewall_rule_group.enclave";
const INSPECTION = "aws_networkfirewall_tls_inspection_configuration.enclave";

export function plannedEgress(planned: Planned): Statement[] {
  const { plan } = planned;
  if (plan.departures.length === 0) return [];
  const mappings = numbersOf(plan).map((number) => ({
    subnet_id: idOf(`aws_subnet.enclave_firewall_${number}`),
  }));
  const firewall = {
    ...IN_VPC,
    name: awsName(plan, "egress"),
    firewall_policy_arn: arnOf(POLICY),
    subnet_mapping: mappings,
    delete_protection: expr("var.deletion_protection"),
  };
  const found = `{ for state in ${FIREWALL}.firewall_status[0].sync_states : state.availability_zone => state.attachment[0].endpoint_id }`;
  return [
    [FIREWALL, firewall],
    ["local.enclave_firewall_endpoints", { value: expr(found) }],
    [POLICY, { name: awsName(plan, "egress"), firewall_policy: plannedPolicy(plan) }],
    [RULES, plannedRuleGroup(planned)],
    ...(plan.inspection === "request" ? [[INSPECTION, plannedInspection(planned)] as const] : []),
    ...numbersOf(plan).flatMap(plannedNat),
    ...plannedInternet(planned),
  ];
}

const plannedPolicy = ({ inspection }: NetworkPlan): Attributes => ({
  stateless_default_actions: ["aws:forward_to_sfe"],
  stateless_fragment_default_actions: ["aws:forward_to_sfe"],
  stateful_default_actions: [
    "aws:drop_established_app_layer_to_server",
    "aws:alert_established_app_layer_to_server",
  ],
  stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "DROP" },
  stateful_rule_group_reference: [{ priority: 100, resource_arn: arnOf(RULES) }],
  policy_variables: {
    rule_variables: [{ key: "HOME_NET", ip_set: { definition: NOT_INTERNET.map(formatCidr) } }],
  },
  ...(inspection === "request" ? { tls_inspection_configuration_arn: arnOf(INSPECTION) } : {}),
});

function plannedRuleGroup({ plan, printer }: Planned): Attributes {
  const rules = firewallRules(plan);
  const capacity = CAPACITIES.find((size) => size >= 2 * rules.length) ?? Math.max(...CAPACITIES);
  const sets = leavingZones(plan).map((zone) => ({
    key: zoneVariable(zone),
    ip_set: {
      definition: [
        expr(`${quarantined(zone.name)} ? ${quoted(NOWHERE)} : ${quoted(printer.cidr(zone.block))}`),
      ],
    },
  }));
  return {
    name: awsName(plan, "egress", String(capacity)),
    type: "STATEFUL",
    capacity,
    rule_group: {
      rule_variables: { ip_sets: sets },
      rules_source: { rules_string: literal(rules.join("\n")) },
      stateful_rule_options: { rule_order: "STRICT_ORDER" },
    },
    lifecycle: { create_before_destroy: true },
  };
}

/** From every leaving zone to every address, on the ports that speak TLS. */
function plannedInspection({ plan, printer }: Planned): Attributes {
  const ports = [
    ...new Set(plan.departures.filter(({ protocol }) => protocol === "tls").map(({ port }) => port)),
  ].sort((a, b) => a - b);
  const scope = {
    protocols: [6],
    source: leavingZones(plan).map(({ block }) => ({ address_definition: printer.cidr(block) })),
    source_ports: [{ from_port: 0, to_port: 65535 }],
    destination: [{ address_definition: ANYWHERE }],
    destination_ports: ports.map((port) => ({ from_port: port, to_port: port })),
  };
  const configuration = {
    certificate_authority_arn: plan.settings.aws.inspectionCertificateArn,
    check_certificate_revocation_status: [{ revoked_status_action: "DROP", unknown_status_action: "DROP" }],
    scope: [scope],
  };
  return {
    name: awsName(plan, "egress"),
    tls_inspection_configuration: [{ server_certificate_configuration: [configuration] }],
  };
}

const plannedNat = (number: number): Statement[] => [
  [`aws_eip.enclave_nat_${number}`, { domain: "vpc", depends_on: [INTERNET_GATEWAY] }],
  [
    `aws_nat_gateway.enclave_nat_${number}`,
    {
      allocation_id: idOf(`aws_eip.enclave_nat_${number}`),
      subnet_id: idOf(`aws_subnet.enclave_nat_${number}`),
      connectivity_type: "public",
      depends_on: [`aws_route.enclave_nat_${number}_internet`],
    },
  ],
];

/** Everything but the private range of the enclave, and a list of nothing for zones that are cut off. */
function plannedInternet({ plan, printer }: Planned): Statement[] {
  const cidrs = internetBlocks(plan, printer).map(formatCidr);
  const entry = cidrs.map((cidr) => ({ cidr, description: "Outside the private range of the enclave" }));
  const list = { address_family: "IPv4" };
  return [
    [
      "aws_ec2_managed_prefix_list.enclave_internet",
      { ...list, name: awsName(plan, "internet"), max_entries: entry.length, entry },
    ],
    [
      "aws_ec2_managed_prefix_list.enclave_void_internet",
      { ...list, name: awsName(plan, "void-internet"), max_entries: 1 },
    ],
  ];
}
