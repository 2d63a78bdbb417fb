/** What would spoil an enclave on AWS. */
import { add, addForEach, type Change, drop, replace, set } from "./sabotage";

const GROUP_RULES = ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"] as const;
const EVERYBODY = { ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0", description: "" };
const entry = { rule_no: 1, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" };
const toInternet = { cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.enclave.id}" };

const admitsAll: readonly Change[] = [
  ...GROUP_RULES.flatMap((type) => [
    drop(type),
    addForEach("aws_security_group", type, (name) => ({
      ...EVERYBODY,
      security_group_id: `\${aws_security_group.${name}.id}`,
    })),
  ]),
  set("aws_network_acl", { ingress: [entry], egress: [entry] }),
  set("aws_route_table", { route: [toInternet] }),
];

export const AWS = {
  admitsAll,
  admitsNothing: [drop(...GROUP_RULES), set("aws_route_table", { route: [] })],
  judgesNoNames: [
    drop("aws_route53_resolver_firewall_rule_group_association"),
    replace(/(pass tls[^(]*\()[^)]*\)/g, "$1sid:1;)"),
  ],
  needsNoNames: [
    set("aws_route53_resolver_firewall_domain_list", { domains: ["*."] }),
    set("aws_route53_resolver_firewall_rule", { action: "BLOCK", block_response: "NXDOMAIN" }),
    set("aws_vpc_endpoint", { service_name: "com.amazonaws.us-east-1.unknown" }),
  ],
  otherResolver: [add("aws_vpc_dhcp_options", "spoiled", {})],
  publicAddresses: [set("aws_subnet", { map_public_ip_on_launch: true })],
  ipv6: [set("aws_vpc", { assign_generated_ipv6_cidr_block: true })],
  joined: [add("aws_vpc_peering_connection", "spoiled", {})],
  bypassed: [
    set("aws_vpc_endpoint", { policy: undefined }),
    set("aws_route_table_association", { gateway_id: "${aws_internet_gateway.enclave.id}" }),
  ],
  unfiltered: [set("aws_network_acl", { subnet_ids: [] })],
  openDefaults: [set("aws_default_security_group", { ingress: [{ protocol: -1 }] })],
  oneZone: [
    set("aws_networkfirewall_firewall", { subnet_mapping: [] }),
    set("aws_subnet", { availability_zone: "us-east-1a" }),
  ],
  decryptsNothing: [drop("aws_networkfirewall_tls_inspection_configuration")],
  decryptsAll: [
    add("aws_networkfirewall_tls_inspection_configuration", "spoiled", {}),
    (draft) =>
      Object.assign(
        draft.resource["aws_networkfirewall_firewall_policy"]?.["enclave"]?.["firewall_policy"] ?? {},
        {
          tls_inspection_configuration_arn: "${aws_networkfirewall_tls_inspection_configuration.spoiled.arn}",
        },
      ),
  ],
  wrongRights: [
    replace(/"s3:GetObject\\"/g, '"s3:*\\"'),
    replace(/cloudwatch:PutMetricData/g, "cloudwatch:GetMetricData"),
    replace(/s3:GetObject/g, "s3:PutObject"),
  ],
  wrongResources: [replace(/corpusfiles/g, "others"), replace(/aws:PrincipalAccount/g, "aws:UserAgent")],
  recordsNothing: [
    drop(
      "aws_flow_log",
      "aws_route53_resolver_query_log_config_association",
      "aws_networkfirewall_logging_configuration",
    ),
    set("aws_cloudwatch_log_group", { retention_in_days: 1, kms_key_id: "" }),
  ],
  protectsNothing: [replace(/var\.deletion_protection/g, "false")],
  permitsComeAndGo: [
    set("aws_vpc_security_group_ingress_rule", { count: '${contains(var.quarantine, "app") ? 0 : 1}' }),
  ],
  leadsOutside: [set("aws_vpc_endpoint", { private_dns_enabled: false }), drop("aws_route53_zone")],
  forwards: [set("aws_network_interface", { source_dest_check: false })],
  publishes: [add("aws_vpc_endpoint_service", "spoiled", {})],
  opensStores: [
    set("aws_cloudwatch_log_resource_policy", {
      policy_document: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
    }),
  ],
  otherEndpoints: [
    set("aws_vpc_endpoint", { service_name: "com.amazonaws.us-east-1.unknown", subnet_ids: [] }),
  ],
  otherWayOut: [
    replace(/drop tcp/g, "alert tcp"),
    add("aws_networkfirewall_firewall", "spoiled", { firewall_policy_arn: "other" }),
  ],
  otherRoutes: [
    set("aws_route_table", { route: [{ cidr_block: "172.16.0.0/12", gateway_id: "other" }] }),
    set("aws_network_acl", { ingress: [entry, entry] }),
  ],
  keepsConnections: [set("aws_network_acl", { ingress: [], egress: [] })],
} satisfies Readonly<Record<string, readonly Change[]>>;

/** The same mischief has to be thought of on every cloud. */
export type Mischief = keyof typeof AWS;
