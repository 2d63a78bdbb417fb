import type { Rendered } from "./rendered";

/**
 * What a mocked aws plugin has to answer: `mock_provider` invents random text, which the plugin's own checks refuse as an ARN, and
 * empty lists, in which no firewall endpoint is found. Only types that the document renders may be named.
 */
const ARNS: Readonly<Record<string, string>> = {
  aws_cloudwatch_log_group: "logs:us-east-1:123456789012:log-group:x",
  aws_kms_key: "kms:us-east-1:123456789012:key/x",
  aws_iam_role: "iam::123456789012:role/x",
  aws_vpc: "ec2:us-east-1:123456789012:vpc/vpc-0",
  aws_networkfirewall_rule_group: "network-firewall:us-east-1:123456789012:stateful-rulegroup/x",
  aws_networkfirewall_firewall_policy: "network-firewall:us-east-1:123456789012:firewall-policy/x",
  aws_networkfirewall_tls_inspection_configuration:
    "network-firewall:us-east-1:123456789012:tls-configuration/x",
  aws_route53_resolver_firewall_domain_list: "route53resolver:us-east-1:123456789012:firewall-domain-list/x",
};

/** The endpoint that the mocked firewall has in an availability zone. */
export const endpointIn = (zone: string): string => `vpce-in-${zone}`;

/** The `mock_provider` block for a document; the firewall lists its zones backwards, so that choosing by position is found out. */
export function mockProvider(document: Rendered, zones: readonly string[]): unknown {
  const rendered = Object.entries(ARNS).filter(([type]) => type in document.resource);
  const states = [...zones]
    .reverse()
    .map((zone) => ({ availability_zone: zone, attachment: [{ endpoint_id: endpointIn(zone) }] }));
  const firewall = {
    arn: "arn:aws:network-firewall:us-east-1:123456789012:firewall/x",
    firewall_status: [{ sync_states: states }],
  };
  return {
    aws: {
      mock_resource: {
        ...Object.fromEntries(rendered.map(([type, arn]) => [type, { defaults: { arn: `arn:aws:${arn}` } }])),
        ...("aws_vpc" in document.resource
          ? { aws_vpc: { defaults: { arn: `arn:aws:${ARNS["aws_vpc"]}`, owner_id: "123456789012" } } }
          : {}),
        ...("aws_networkfirewall_firewall" in document.resource
          ? { aws_networkfirewall_firewall: { defaults: firewall } }
          : {}),
      },
    },
  };
}
