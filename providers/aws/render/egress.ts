/**
 * The only way out: subnet → firewall endpoint of the same availability zone → NAT gateway → internet gateway, and back by the
 * same endpoint. Inspection stands before address translation, where zones can still be told apart.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/arch-igw-ngw.html
 */
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import { NetworkfirewallFirewallPolicy } from "@cdktf/provider-aws/lib/networkfirewall-firewall-policy";
import { NetworkfirewallRuleGroup } from "@cdktf/provider-aws/lib/networkfirewall-rule-group";
import { NetworkfirewallTlsInspectionConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-tls-inspection-configuration";
import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { Token } from "cdktf";
import type { Because } from "../../../src/model/connections";
import { formatCidr, NOT_INTERNET } from "../../../src/net/cidr";
import type { PlannedZone } from "../../../src/plan/network-plan";
import {
  type Address,
  addLocal,
  addResource,
  dependable,
  expr,
  literal,
  quoted,
  type Rendering,
  unlessQuarantined,
} from "../../shared/rendering";
import { departuresOf, leavingZones } from "../../shared/zones";
import { firewallRules, zoneVariable } from "./firewall-rules";
import { groupOf, NOWHERE } from "./flow-rules";
import type { Groups, Network, PlacedSubnets } from "./handles";
import { INTERNET_LIST, renderInternetList, VOID_INTERNET_LIST } from "./internet-list";
import { awsName, description, tags } from "./naming";
import { renderSite } from "./network";

export interface EgressPath {
  readonly firewall: Address;
  readonly firewallSubnets: PlacedSubnets;
  readonly natSubnets: PlacedSubnets;
}

export function renderEgress(rendering: Rendering, network: Network, groups: Groups): EgressPath | undefined {
  if (rendering.plan.departures.length === 0) return undefined;
  const firewallSubnets = renderSite(rendering, "firewall");
  const natSubnets = renderSite(rendering, "nat");
  const firewall = renderFirewall(rendering, firewallSubnets);
  renderPath(rendering, network, firewallSubnets, natSubnets);
  renderInternetList(rendering);
  for (const zone of leavingZones(rendering.plan)) renderExitRules(rendering, groups, zone);
  return { firewall, firewallSubnets, natSubnets };
}

function renderFirewall(rendering: Rendering, subnets: PlacedSubnets): Address {
  const rules = renderRuleGroup(rendering);
  const inspection = rendering.plan.inspection === "request" ? renderInspection(rendering) : undefined;
  const policy = addResource(rendering, NetworkfirewallFirewallPolicy, "enclave", {
    name: awsName(rendering.plan, "egress"),
    firewallPolicy: {
      statelessDefaultActions: ["aws:forward_to_sfe"],
      statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
      // Only what can have no name any more: strict dropping would drop the handshake, and dropping whatever is established the first
      // half of a ClientHello with post-quantum keys.
      statefulDefaultActions: [
        "aws:drop_established_app_layer_to_server",
        "aws:alert_established_app_layer_to_server",
      ],
      statefulEngineOptions: { ruleOrder: "STRICT_ORDER", streamExceptionPolicy: "DROP" },
      statefulRuleGroupReference: [{ priority: 100, resourceArn: expr(`${rules}.arn`) }],
      policyVariables: {
        ruleVariables: [{ key: "HOME_NET", ipSet: { definition: NOT_INTERNET.map(formatCidr) } }],
      },
      ...(inspection === undefined ? {} : { tlsInspectionConfigurationArn: expr(`${inspection}.arn`) }),
    },
    tags: tags(rendering, "egress"),
  });
  const firewall = addResource(rendering, NetworkfirewallFirewall, "enclave", {
    name: awsName(rendering.plan, "egress"),
    firewallPolicyArn: expr(`${policy}.arn`),
    vpcId: expr("aws_vpc.enclave.id"),
    subnetMapping: subnets.subnets.map((subnet) => ({ subnetId: expr(`${subnet}.id`) })),
    deleteProtection: Token.asAny(expr("var.deletion_protection")),
    tags: tags(rendering, "egress"),
  });
  // Looked up by availability zone, never by position: the order of sync states is nobody's promise.
  addLocal(
    rendering,
    "enclave_firewall_endpoints",
    expr(
      `{ for state in ${firewall}.firewall_status[0].sync_states : state.availability_zone => state.attachment[0].endpoint_id }`,
    ),
  );
  return firewall;
}

/** Capacity can never change; each step is a group of its own that replaces the smaller one. */
export const CAPACITIES = [1000, 3000, 10000, 30000] as const;
export const MOST_RULES = 30000;

function renderRuleGroup(rendering: Rendering): Address {
  const rules = firewallRules(rendering.plan);
  const capacity = CAPACITIES.find((size) => size >= 2 * rules.length) ?? MOST_RULES;
  return addResource(rendering, NetworkfirewallRuleGroup, "enclave", {
    name: awsName(rendering.plan, "egress", String(capacity)),
    type: "STATEFUL",
    capacity,
    description: `What may leave enclave ${rendering.plan.name}`,
    ruleGroup: {
      ruleVariables: {
        ipSets: leavingZones(rendering.plan).map((zone) => ({
          key: zoneVariable(zone),
          ipSet: {
            definition: [
              unlessQuarantined([zone.name], `"${rendering.printer.cidr(zone.block)}"`, quoted(NOWHERE)),
            ],
          },
        })),
      },
      rulesSource: { rulesString: literal(rules.join("\n")) },
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
    },
    lifecycle: { createBeforeDestroy: true },
    tags: tags(rendering, "egress"),
  });
}

/** Decrypts what leaves on the ports that speak TLS, with the certificate authority that the spec names. */
function renderInspection(rendering: Rendering): Address {
  const certificate = rendering.plan.settings.aws.inspectionCertificateArn;
  if (certificate === undefined) throw new Error("internal: request inspection without a certificate");
  const ports = [
    ...new Set(
      rendering.plan.departures.flatMap((departure) => (departure.protocol === "tls" ? departure.port : [])),
    ),
  ].sort((a, b) => a - b);
  const zones = leavingZones(rendering.plan);
  return addResource(rendering, NetworkfirewallTlsInspectionConfiguration, "enclave", {
    name: awsName(rendering.plan, "egress"),
    description: `What leaves enclave ${rendering.plan.name}, request by request`,
    tlsInspectionConfiguration: [
      {
        serverCertificateConfiguration: [
          {
            certificateAuthorityArn: certificate,
            checkCertificateRevocationStatus: [{ revokedStatusAction: "DROP", unknownStatusAction: "DROP" }],
            scope: [
              {
                protocols: [6],
                source: zones.map((zone) => ({ addressDefinition: rendering.printer.cidr(zone.block) })),
                sourcePorts: [{ fromPort: 0, toPort: 65535 }],
                destination: [{ addressDefinition: "0.0.0.0/0" }],
                destinationPorts: ports.map((port) => ({ fromPort: port, toPort: port })),
              },
            ],
          },
        ],
      },
    ],
    tags: tags(rendering, "egress"),
  });
}

function renderPath(
  rendering: Rendering,
  network: Network,
  firewallSubnets: PlacedSubnets,
  natSubnets: PlacedSubnets,
): void {
  const route = (
    name: string,
    table: Address | undefined,
    target: Partial<RouteTarget>,
    destination = "0.0.0.0/0",
  ): Address =>
    addResource(rendering, Route, name, {
      routeTableId: expr(`${table}.id`),
      destinationCidrBlock: destination,
      ...target,
    });
  const internet = { gatewayId: expr(`${network.internetGateway}.id`) };
  natSubnets.subnets.forEach((subnet, slot) => {
    const number = slot + 1;
    const endpoint = {
      vpcEndpointId: expr(
        `local.enclave_firewall_endpoints[${firewallSubnets.subnets[slot]}.availability_zone]`,
      ),
    };
    const outward = route(`enclave_nat_${number}_internet`, natSubnets.routeTables[slot], internet);
    const nat = renderNat(rendering, number, subnet, outward);
    route(`enclave_firewall_${number}_nat`, firewallSubnets.routeTables[slot], {
      natGatewayId: expr(`${nat}.id`),
    });
    for (const zone of leavingZones(rendering.plan)) {
      const block = zone.subnets[slot];
      if (block === undefined) throw new Error(`internal: zone ${zone.name} has no slot ${number}`);
      route(`${zone.id}_${number}_firewall`, network.zones[zone.name]?.routeTables[slot], endpoint);
      // More specific than the VPC's own route, so that replies meet the same inspection as requests.
      route(
        `enclave_nat_${number}_${zone.id}`,
        natSubnets.routeTables[slot],
        endpoint,
        rendering.printer.cidr(block),
      );
    }
  });
}

interface RouteTarget {
  readonly gatewayId: string;
  readonly natGatewayId: string;
  readonly vpcEndpointId: string;
}

function renderNat(rendering: Rendering, number: number, subnet: Address, outward: Address): Address {
  const tagged = tags(rendering, `nat-${number}`);
  const address = addResource(rendering, Eip, `enclave_nat_${number}`, {
    domain: "vpc",
    tags: tagged,
    dependsOn: [dependable("aws_internet_gateway.enclave")],
  });
  return addResource(rendering, NatGateway, `enclave_nat_${number}`, {
    allocationId: expr(`${address}.id`),
    subnetId: expr(`${subnet}.id`),
    connectivityType: "public",
    tags: tagged,
    dependsOn: [dependable(outward)],
  });
}

/** A zone's group opens its ports to the internet; the ACL denies what else is private, the firewall what is not named. */
function renderExitRules(rendering: Rendering, groups: Groups, zone: PlannedZone): void {
  const departures = departuresOf(rendering.plan, zone);
  for (const port of [...new Set(departures.map((departure) => departure.port))]) {
    const because: Because[] = departures
      .filter((departure) => departure.port === port)
      .flatMap((departure) => departure.because);
    addResource(rendering, VpcSecurityGroupEgressRule, `${zone.id}_to_internet_${port}_tcp`, {
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
      securityGroupId: expr(`${groupOf(groups, zone.name).group}.id`),
      prefixListId: unlessQuarantined([zone.name], `${INTERNET_LIST}.id`, `${VOID_INTERNET_LIST}.id`),
      description: description(because),
      tags: tags(rendering, `${zone.name}-egress`, zone.name),
    });
  }
}
