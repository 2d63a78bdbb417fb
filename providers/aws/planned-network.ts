/** Where things lie and where packets go, as the plan wants it: the VPC and its defaults, subnets, routes, fixed addresses. */
import { type Block, slotOf } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { leavingZones, permitsFromInternet } from "../shared/zones";
import { ANYWHERE, IN_VPC, INTERNET_GATEWAY, idOf, numbersOf, type Planned, sitesOf } from "./planned";
import { vpcBlocks } from "./render/vpc-range";

export const plannedNetwork = (planned: Planned): Statement[] => [
  ...plannedVpc(planned),
  ...plannedDefaults(),
  ...plannedSubnets(planned),
  ...plannedRoutes(planned),
  ...plannedInterfaces(planned),
];

const part = ({ index }: Block): string => `aws_vpc_ipv4_cidr_block_association.enclave_part_${index}`;

function plannedVpc({ plan, printer }: Planned): Statement[] {
  const { primary, secondary } = vpcBlocks(plan, printer);
  const vpc = {
    cidr_block: printer.cidr(primary),
    enable_dns_support: true,
    enable_dns_hostnames: true,
    assign_generated_ipv6_cidr_block: false,
  };
  return [
    ["aws_vpc.enclave", vpc],
    ...secondary.map((block): Statement => [part(block), { ...IN_VPC, cidr_block: printer.cidr(block) }]),
    ["local.enclave_account", { value: expr("aws_vpc.enclave.owner_id") }],
    ["local.enclave_partition", { value: expr('split(":", aws_vpc.enclave.arn)[1]') }],
    ...(meetsInternet(plan) ? [[INTERNET_GATEWAY, IN_VPC] as const] : []),
  ];
}

const meetsInternet = ({ departures, permits }: NetworkPlan): boolean =>
  departures.length > 0 || permits.some(({ from }) => from.kind === "internet");

const plannedDefaults = (): Statement[] => [
  ["aws_default_security_group.enclave", { ...IN_VPC, ingress: [], egress: [] }],
  [
    "aws_default_route_table.enclave",
    { default_route_table_id: expr("aws_vpc.enclave.default_route_table_id"), route: [] },
  ],
  [
    "aws_default_network_acl.enclave",
    {
      default_network_acl_id: expr("aws_vpc.enclave.default_network_acl_id"),
      lifecycle: { ignore_changes: ["subnet_ids"] },
    },
  ],
];

function plannedSubnets({ plan, printer }: Planned): Statement[] {
  const after = vpcBlocks(plan, printer).secondary.map(part);
  const sites = sitesOf(plan).map((site) => ({ id: `enclave_${site}`, block: plan.sites[site] }));
  return [...plan.zones, ...sites].flatMap(({ id, block }) =>
    numbersOf(plan).flatMap((number): Statement[] => {
      const name = `${id}_${number}`;
      const subnet: Attributes = {
        ...IN_VPC,
        cidr_block: printer.cidr(slotOf(block, number - 1)),
        availability_zone: expr(`var.availability_zones[${number - 1}]`),
        map_public_ip_on_launch: false,
        assign_ipv6_address_on_creation: false,
        ...(after.length === 0 ? {} : { depends_on: after }),
      };
      return [
        [`aws_subnet.${name}`, subnet],
        [`aws_route_table.${name}`, IN_VPC],
        [
          `aws_route_table_association.${name}`,
          { subnet_id: idOf(`aws_subnet.${name}`), route_table_id: idOf(`aws_route_table.${name}`) },
        ],
      ];
    }),
  );
}

const route = (name: string, table: string, destination: string, target: Attributes): Statement => [
  `aws_route.${name}`,
  { route_table_id: idOf(`aws_route_table.${table}`), destination_cidr_block: destination, ...target },
];

/** Public zones answer through the internet gateway; leaving zones go through firewall and NAT of their own availability zone, and back. */
function plannedRoutes({ plan, printer }: Planned): Statement[] {
  const leaving = leavingZones(plan);
  const reached = plan.zones.filter(
    (zone) => zone.exposure === "public" && permitsFromInternet(plan, zone).length > 0,
  );
  const internet = { gateway_id: idOf(INTERNET_GATEWAY) };
  return numbersOf(plan).flatMap((number) => {
    const firewall = {
      vpc_endpoint_id: expr(
        `local.enclave_firewall_endpoints[aws_subnet.enclave_firewall_${number}.availability_zone]`,
      ),
    };
    const nat = { nat_gateway_id: idOf(`aws_nat_gateway.enclave_nat_${number}`) };
    const own = leaving.map(({ id, block }) => ({ id, block: printer.cidr(slotOf(block, number - 1)) }));
    return [
      ...reached.map(({ id }) => route(`${id}_${number}_internet`, `${id}_${number}`, ANYWHERE, internet)),
      ...own.map(({ id }) => route(`${id}_${number}_firewall`, `${id}_${number}`, ANYWHERE, firewall)),
      ...own.map(({ id, block }) =>
        route(`enclave_nat_${number}_${id}`, `enclave_nat_${number}`, block, firewall),
      ),
      ...(leaving.length === 0
        ? []
        : [
            route(`enclave_firewall_${number}_nat`, `enclave_firewall_${number}`, ANYWHERE, nat),
            route(`enclave_nat_${number}_internet`, `enclave_nat_${number}`, ANYWHERE, internet),
          ]),
    ];
  });
}

const plannedInterfaces = ({ plan, printer }: Planned): Statement[] =>
  plan.zones.flatMap(({ id, block, interfaces }) =>
    interfaces.flatMap((item) =>
      numbersOf(plan).map((number): Statement => {
        const values = {
          subnet_id: idOf(`aws_subnet.${id}_${number}`),
          private_ips: [printer.host(slotOf(block, number - 1), item.host)],
          security_groups: [idOf(`aws_security_group.${id}`)],
          source_dest_check: true,
        };
        return [`aws_network_interface.${id}_${item.id}_${number}`, values];
      }),
    ),
  );
