/**
 * The only way out: subnet → firewall endpoint of the same availability zone → NAT gateway → internet
 * gateway, and back by the same endpoint. Before address translation zones can still be told apart.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 */
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import { NetworkfirewallFirewallPolicy } from "@cdktf/provider-aws/lib/networkfirewall-firewall-policy";
import { NetworkfirewallTlsInspectionConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-tls-inspection-configuration";
import { formatCidr, NOT_INTERNET } from "../../../src/net/cidr";
import { type Address, after, expr, exprBoolean, id, ref } from "../../shared/expressions";
import { hasEgress, leavingZones } from "../../shared/questions";
import { addLocal, addResource, type Rendering } from "../../shared/resources";
import { FIREWALL, INTERNET_GATEWAY, subnetsOf, VPC_ID } from "./addresses";
import { policyName, renderEgressRules } from "./egress-rules";
import { named, tags } from "./naming";
import { judgesRequests, portsOf } from "./suricata";

export function renderEgress(rendering: Rendering): void {
  if (!hasEgress(rendering.plan)) return;
  renderPolicy(rendering);
  renderFirewall(rendering);
  for (let slot = 0; slot < rendering.plan.availabilityZones; slot++) renderGateway(rendering, slot + 1);
}

/** Behind rules that drop the same: AWS's own net. It drops whatever no rule passes, and so every request of HTTP. */
const DEFAULT_ACTIONS = [
  "aws:drop_established_app_layer_to_server",
  "aws:alert_established_app_layer_to_server",
];

function renderPolicy(rendering: Rendering): void {
  const rules = renderEgressRules(rendering);
  const inspection = rendering.plan.inspection === "request" ? renderInspection(rendering) : undefined;
  addResource(rendering, NetworkfirewallFirewallPolicy, "enclave", {
    ...named(rendering, policyName(rendering.plan).join("-")),
    lifecycle: { createBeforeDestroy: true },
    firewallPolicy: {
      statelessDefaultActions: ["aws:forward_to_sfe"],
      statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
      // Any stricter, and the handshake or the first half of a post-quantum ClientHello would be dropped.
      ...(judgesRequests(rendering.plan) ? {} : { statefulDefaultActions: DEFAULT_ACTIONS }),
      // What comes in the middle of a stream, as after a change of the firewall, is told to begin again; streamed
      // answers may be silent for longer than the 350 seconds that AWS would wait.
      // https://aws.github.io/aws-security-services-best-practices/guides/network-firewall/
      statefulEngineOptions: {
        ruleOrder: "STRICT_ORDER",
        streamExceptionPolicy: "REJECT",
        flowTimeouts: { tcpIdleTimeoutSeconds: 6000 },
      },
      statefulRuleGroupReference: [{ priority: 100, resourceArn: ref(rules, "arn") }],
      policyVariables: {
        ruleVariables: [{ key: "HOME_NET", ipSet: { definition: NOT_INTERNET.map(formatCidr) } }],
      },
      ...(inspection === undefined ? {} : { tlsInspectionConfigurationArn: ref(inspection, "arn") }),
    },
  });
}

/** Else whoever may change the firewall could give it another policy, or take it out of a zone. */
const PROTECTIONS = ["deleteProtection", "firewallPolicyChangeProtection", "subnetChangeProtection"];

function renderFirewall(rendering: Rendering): void {
  addResource(rendering, NetworkfirewallFirewall, "enclave", {
    ...named(rendering, "egress"),
    firewallPolicyArn: ref("aws_networkfirewall_firewall_policy.enclave", "arn"),
    vpcId: VPC_ID,
    subnetMapping: subnetsOf(rendering.plan, "enclave_firewall").map((subnet) => ({ subnetId: id(subnet) })),
    ...Object.fromEntries(PROTECTIONS.map((each) => [each, exprBoolean("var.deletion_protection")])),
  });
  // Found by availability zone, never by position: AWS promises no order of sync states.
  const states = `${FIREWALL}.firewall_status[0].sync_states`;
  const endpoints = `for state in ${states} : state.availability_zone => state.attachment[0].endpoint_id`;
  addLocal(rendering, "enclave_firewall_endpoints", expr(`{ ${endpoints} }`));
}

/** Decrypts what leaves on the ports that speak TLS, with the certificate authority that the spec names. */
function renderInspection(rendering: Rendering): Address {
  const { plan, printer } = rendering;
  const certificate = plan.settings.aws.inspectionCertificateArn;
  if (certificate === undefined) throw new Error("internal: request inspection without a certificate");
  const ports = portsOf(plan.departures.filter(({ protocol }) => protocol === "tls"));
  const scope = {
    protocols: [6],
    source: leavingZones(plan).map((zone) => ({ addressDefinition: printer.cidr(zone.block) })),
    sourcePorts: [{ fromPort: 0, toPort: 65535 }],
    destination: [{ addressDefinition: "0.0.0.0/0" }],
    destinationPorts: ports.map((port) => ({ fromPort: port, toPort: port })),
  };
  const configuration = {
    certificateAuthorityArn: certificate,
    checkCertificateRevocationStatus: [{ revokedStatusAction: "DROP", unknownStatusAction: "DROP" }],
    scope: [scope],
  };
  return addResource(rendering, NetworkfirewallTlsInspectionConfiguration, "enclave", {
    ...named(rendering, "egress"),
    description: `What leaves enclave ${plan.name}, request by request`,
    tlsInspectionConfiguration: [{ serverCertificateConfiguration: [configuration] }],
  });
}

function renderGateway(rendering: Rendering, number: number): void {
  const name = `enclave_nat_${number}`;
  const tagged = tags(rendering, `nat-${number}`);
  const reserved = { domain: "vpc", tags: tagged, ...after(INTERNET_GATEWAY) };
  addResource(rendering, NatGateway, name, {
    allocationId: id(addResource(rendering, Eip, name, reserved)),
    subnetId: id(`aws_subnet.${name}`),
    connectivityType: "public",
    tags: tagged,
    // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/nat_gateway
    ...after(INTERNET_GATEWAY),
  });
}
