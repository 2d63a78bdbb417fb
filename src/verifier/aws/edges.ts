/** AWS: addresses and placement, and what would lead into the enclave, out of it, or around what filters. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Edges, Given, Places } from "../replay/reader";
import {
  type Attributes,
  everyResource,
  nested,
  references,
  resourcesOf,
  resourceTypesLike,
  type TerraformDocument,
  table,
  text,
  texts,
} from "../terraform/document";
import { placeOf } from "./hosts";
import type { Network } from "./network";
import { strayRoutes, unsoundRules } from "./soundness";

const INSPECTION = "aws_networkfirewall_tls_inspection_configuration";
const VPC = "${aws_vpc.enclave.id}";

export function placesIn(document: TerraformDocument): Places {
  const subnets = resourcesOf(document, "aws_subnet");
  const fields = (zone: string, field: string): string[] =>
    [...subnets].flatMap(([name, body]) => (placeOf(name).zone === zone ? [text(body, field)] : []));
  const interfaces = [...resourcesOf(document, "aws_network_interface")];
  const subnetOf = (body: Attributes): string => references(body["subnet_id"], "aws_subnet")[0] ?? "";
  return {
    addressesOf: (zone) => fields(zone, "cidr_block"),
    networkRanges: () =>
      ["aws_vpc", "aws_vpc_ipv4_cidr_block_association"].flatMap((type) =>
        [...resourcesOf(document, type)].map(([name, body]) => ({
          resource: `${type}.${name}`,
          range: text(body, "cidr_block"),
        })),
      ),
    subnetIdsOf: (zone) =>
      [...subnets.keys()]
        .filter((name) => placeOf(name).zone === zone)
        .map((name) => `\${aws_subnet.${name}.id}`),
    groupIdsOf: (zone) => [`\${aws_security_group.${zone}.id}`],
    allAddresses: () =>
      new Map([...subnets].map(([name, body]) => [`aws_subnet.${name}`, text(body, "cidr_block")])),
    interfacesOf: (zone) =>
      interfaces.flatMap(([, body]) =>
        placeOf(subnetOf(body)).zone === zone ? texts(body, "private_ips") : [],
      ),
    placementOf: (zone) => fields(zone, "availability_zone"),
    notAsGiven: (given) => notAsGiven(document, given),
    platform: () => undefined,
    looseInterfaces: () =>
      interfaces.flatMap(([name, body]) => {
        const held =
          references(body["security_groups"], "aws_security_group").join() === placeOf(subnetOf(body)).zone;
        return unless(
          held && body["source_dest_check"] === true,
          `aws_network_interface.${name}`,
          "it has not its zone's group alone, or forwards for others",
        );
      }),
  };
}

function notAsGiven(document: TerraformDocument, { region, settings }: Given): Fault[] {
  const [provider] = [table(document, "provider")["aws"]].flat();
  return [
    ...unless(text(provider, "region") === region, "provider.aws", `it is not in ${region}`),
    ...[...resourcesOf(document, INSPECTION)].flatMap(([name, body]) =>
      unless(
        authorityOf(body) === settings.aws.inspectionCertificateArn,
        `${INSPECTION}.${name}`,
        "it decrypts with another certificate authority",
      ),
    ),
  ];
}

const authorityOf = (inspection: Attributes): string =>
  text(
    nested(nested(inspection, "tls_inspection_configuration"), "server_certificate_configuration"),
    "certificate_authority_arn",
  );

export function edgesIn(document: TerraformDocument, network: Network): Edges {
  return {
    publicAddresses: () => publicAddresses(document),
    ipv6: () =>
      everyResource(document).flatMap(([resource, body]) =>
        unless(!saysIpv6(body), resource, "it has IPv6, which nothing inspects"),
      ),
    foreignLinks: () => [
      ...faults(
        resourceTypesLike(document, /peering|transit_gateway|vpn|customer_gateway|direct_connect/),
        "it joins the enclave to another network",
      ),
      ...everyResource(document).flatMap(([resource, body]) =>
        unless((body["vpc_id"] ?? VPC) === VPC, resource, "it stands in another network"),
      ),
    ],
    offers: () =>
      faults(
        resourceTypesLike(document, /endpoint_service|vpclattice|_lb$|_lb_|apigateway/),
        "it offers something of the enclave to others",
      ),
    bypasses: () => gatewayFaults(document),
    unfiltered: () => unfiltered(document),
    strayRoutes: () => strayRoutes(network),
    unsoundRules: () => unsoundRules(document, network),
    openDefaults: () => openDefaults(document),
  };
}

/** At any depth: an entry and a route say all that they could. */
const saysIpv6 = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([key, each]) =>
    key.includes("ipv6") ? each !== false && each !== null : saysIpv6(each),
  );

/** Nothing but a NAT gateway in its own subnet has one, and no subnet gives any out. */
function publicAddresses(document: TerraformDocument): Fault[] {
  const gateways = [...resourcesOf(document, "aws_nat_gateway")];
  const used = gateways.flatMap(([, body]) => references(body["allocation_id"], "aws_eip"));
  const stray = [...resourcesOf(document, "aws_eip").keys()].filter((name) => !used.includes(name));
  return [
    ...faults(
      stray.map((name) => `aws_eip.${name}`),
      "it belongs to no NAT gateway",
    ),
    ...gateways.flatMap(([name, body]) =>
      unless(
        references(body["subnet_id"], "aws_subnet").every((subnet) => /^enclave_nat_\d$/.test(subnet)),
        `aws_nat_gateway.${name}`,
        "it stands outside the subnets for it",
      ),
    ),
    ...[...resourcesOf(document, "aws_subnet")].flatMap(([name, body]) =>
      unless(
        body["map_public_ip_on_launch"] === false && body["map_customer_owned_ip_on_launch"] === undefined,
        `aws_subnet.${name}`,
        "it gives out public addresses",
      ),
    ),
  ];
}

/** A route table leads a gateway's packets into the VPC; nothing does. */
const gatewayFaults = (document: TerraformDocument): Fault[] =>
  [...resourcesOf(document, "aws_route_table_association")].flatMap(([name, body]) =>
    unless(
      body["gateway_id"] === undefined,
      `aws_route_table_association.${name}`,
      "it leads a gateway's packets somewhere",
    ),
  );

/** An ACL and a route table of its own, or the subnet would be on the VPC's. */
function unfiltered(document: TerraformDocument): Fault[] {
  const acls = [...resourcesOf(document, "aws_network_acl").values()].flatMap((acl) =>
    references(acl["subnet_ids"], "aws_subnet"),
  );
  const routed = [...resourcesOf(document, "aws_route_table_association").values()].flatMap((body) =>
    references(body["subnet_id"], "aws_subnet"),
  );
  return [...resourcesOf(document, "aws_subnet").keys()].flatMap((name) =>
    [acls, routed].every((all) => all.filter((each) => each === name).length === 1)
      ? []
      : faults([`aws_subnet.${name}`], "it has not one network ACL and one route table of its own"),
  );
}

/**
 * Things that AWS makes with the VPC: the argument that takes each over, and the lists that must be empty.
 */
const DEFAULTS = [
  ["aws_default_security_group", "vpc_id", "${aws_vpc.enclave.id}", ["ingress", "egress"]],
  [
    "aws_default_network_acl",
    "default_network_acl_id",
    "${aws_vpc.enclave.default_network_acl_id}",
    ["ingress", "egress"],
  ],
  [
    "aws_default_route_table",
    "default_route_table_id",
    "${aws_vpc.enclave.default_route_table_id}",
    ["route"],
  ],
] as const;

const openDefaults = (document: TerraformDocument): Fault[] =>
  DEFAULTS.flatMap(([type, argument, of, members]) => {
    const found = [...resourcesOf(document, type).values()].find((body) => text(body, argument) === of);
    if (found === undefined) return faults([type], "it is left as AWS makes it");
    return members.flatMap((member) => {
      const given = found[member] as readonly unknown[] | undefined;
      const kept = given === undefined && type === "aws_default_security_group";
      return unless(!kept && (given ?? []).length === 0, type, `its ${member} is not empty`);
    });
  });
