/** AWS: packets by the interpreter of groups, ACLs and routes; names by the rules of both firewalls. */

import { matchesName } from "../replay/names";
import { forEachQuarantine } from "../replay/quarantine";
import type { Addresses, Edges, Names, Party, Reader, Rights } from "../replay/reader";
import { parseTraffic } from "../replay/traffic";
import type { TerraformDocument } from "../terraform/document";
import {
  conditionalOnQuarantine,
  endpointOutput,
  mentions,
  nested,
  referredTo,
  resourcesOf,
  resourceTypesLike,
  taggedIn,
  text,
  texts,
  untaggedIn,
} from "../terraform/document";
import { nameIn } from "../terraform/expressions";
import { judgedByFirewall } from "./firewall";
import { logsOf } from "./logs";
import { address, type Net, readNetwork, type SubnetOf } from "./network";
import { type Host, open } from "./packets";

const INTERNET = { address: "198.51.100.7" };

/** `db_1` for the first slot of zone `db`. */
const subnetsOf = (net: Net, zone: string): SubnetOf[] =>
  [...net.subnets.values()].filter(({ name }) => name.replace(/_\d$/, "") === zone.replaceAll("-", "_"));

const endpointsIn = (document: TerraformDocument, endpoint: string): string[] =>
  referredTo(endpointOutput(document, endpoint)["ids"], "aws_vpc_endpoint");

function hostOf(document: TerraformDocument, net: Net, party: Party): Host {
  if ("address" in party) return { address: address(party.address) };
  if ("zone" in party) {
    const subnet = subnetsOf(net, party.zone)[(party.slot ?? 1) - 1];
    if (subnet === undefined) throw new Error(`no subnet of ${party.zone}`);
    return {
      address: subnet.block.first + 4 + (party.host ?? 1),
      subnet: subnet.name,
      group: party.zone.replaceAll("-", "_"),
    };
  }
  const body = resourcesOf(document, "aws_vpc_endpoint").get(endpointsIn(document, party.endpoint)[0] ?? "");
  const [subnet = ""] = referredTo(body?.["subnet_ids"], "aws_subnet");
  const [group = ""] = referredTo(body?.["security_group_ids"], "aws_security_group");
  return { address: (net.subnets.get(subnet)?.block.first ?? 0) + 16, subnet, group };
}

export function readAws(document: TerraformDocument): Reader {
  const netOf = forEachQuarantine((cut) => readNetwork(document, cut));
  const opens: Reader["opens"] = (from, to, traffic, cut) => {
    const net = netOf(cut);
    const ends = { from: hostOf(document, net, from), to: hostOf(document, net, to) };
    return open(net, { ...ends, ...parseTraffic(traffic) }) === "passes";
  };
  return {
    opens,
    leaves: (zone, name, port, cut = []) => {
      const [subnet] = subnetsOf(netOf(cut), zone);
      const passes = subnet !== undefined && opens({ zone }, INTERNET, `${port}/tcp`, cut);
      return (
        passes &&
        (routeOf(subnet) === "direct" || judgedByFirewall(document, subnet.block.first + 5, name, port, cut))
      );
    },
    routeOut: (zone) => routeOf(subnetsOf(netOf(), zone)[0]),
    ...namesIn(document),
    ...addressesIn(document, netOf()),
    ...edgesIn(document, netOf()),
    ...rightsIn(document),
    ...logsOf(document),
    protects: (what) =>
      what === "way out"
        ? guards(document, "aws_networkfirewall_firewall", "delete_protection")
        : guards(document, "aws_cloudwatch_log_group", "skip_destroy"),
    permitsThatComeAndGo: () =>
      conditionalOnQuarantine(document).flatMap(([name, body]) =>
        body["rule_action"] === "deny" ? [] : [name],
      ),
    endsConnections: (zone) =>
      subnetsOf(netOf([zone]), zone).every(({ acl }) =>
        [acl.ingress, acl.egress].every(
          ([first]) => first?.allow === false && first.protocol === "-1" && first.block.prefix === 0,
        ),
      ),
    reasons: () =>
      ["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"].flatMap((type) =>
        [...resourcesOf(document, type).values()].map((rule) => text(rule, "description")),
      ),
    untagged: () => untaggedIn(document, "tags"),
    taggedFor: (zone) => taggedIn(document, "tags", zone),
  };
}

function routeOf(subnet: SubnetOf | undefined): "nowhere" | "inspected" | "direct" {
  const out = subnet?.routes.find((route) => route.block.prefix === 0);
  if (out === undefined) return "nowhere";
  return out.target.kind === "firewall" ? "inspected" : "direct";
}

function guards(document: TerraformDocument, type: string, argument: string): boolean {
  const found = [...resourcesOf(document, type).values()];
  return found.length > 0 && found.every((body) => mentions(body[argument], "var.deletion_protection"));
}

function namesIn(document: TerraformDocument): Names {
  const lists = resourcesOf(document, "aws_route53_resolver_firewall_domain_list");
  const associated = resourcesOf(document, "aws_route53_resolver_firewall_rule_group_association").size > 0;
  const failsOpen = [...resourcesOf(document, "aws_route53_resolver_firewall_config").values()].every(
    (config) => config["firewall_fail_open"] !== "DISABLED",
  );
  const rules = [...resourcesOf(document, "aws_route53_resolver_firewall_rule").values()]
    .map((rule) => ({
      allows: rule["action"] === "ALLOW",
      priority: Number(rule["priority"]),
      domains: referredTo(
        rule["firewall_domain_list_id"],
        "aws_route53_resolver_firewall_domain_list",
      ).flatMap((name) => texts(lists.get(name), "domains").map((domain) => domain.replace(/\.$/, ""))),
    }))
    .sort((a, b) => a.priority - b.priority);
  return {
    resolves: (name) =>
      !associated ||
      failsOpen ||
      (rules.find(({ domains }) => domains.some((each) => matchesName(each, name)))?.allows ?? true),
    otherResolvers: () =>
      resourceTypesLike(document, /dhcp_options|resolver_endpoint|resolver_rule(_assoc|$)/),
    leadsInside: (endpoint) =>
      endpointsIn(document, endpoint).every((name) => {
        const own = [...resourcesOf(document, "aws_route53_zone")].some(
          ([zone, body]) => zone === name && mentions(body["vpc"], "aws_vpc.enclave."),
        );
        return own || resourcesOf(document, "aws_vpc_endpoint").get(name)?.["private_dns_enabled"] === true;
      }),
    namesOf: (endpoint) =>
      endpointsIn(document, endpoint).map((name) => {
        const service = text(resourcesOf(document, "aws_vpc_endpoint").get(name), "service_name");
        const [, region = "", short = ""] = /^com\.amazonaws\.([a-z0-9-]+)\.(.+)$/.exec(service) ?? [];
        return `${short.split(".").reverse().join(".")}.${region}.amazonaws.com`;
      }),
  };
}

function addressesIn(document: TerraformDocument, net: Net): Addresses {
  const subnets = resourcesOf(document, "aws_subnet");
  const fields = (zone: string, field: string): string[] =>
    subnetsOf(net, zone).map(({ name }) => text(subnets.get(name), field));
  return {
    addressesOf: (zone) => fields(zone, "cidr_block"),
    allAddresses: () => [...subnets.values()].map((subnet) => text(subnet, "cidr_block")),
    interfacesOf: (zone) =>
      [...resourcesOf(document, "aws_network_interface").values()]
        .filter((each) =>
          referredTo(each["subnet_id"], "aws_subnet").some((name) => name.replace(/_\d$/, "") === zone),
        )
        .flatMap((each) => texts(each, "private_ips")),
    placementOf: (zone) => fields(zone, "availability_zone"),
    looseInterfaces: () =>
      [...resourcesOf(document, "aws_network_interface")].flatMap(([name, each]) => {
        const [subnet = ""] = referredTo(each["subnet_id"], "aws_subnet");
        const groups = referredTo(each["security_groups"], "aws_security_group");
        return groups.join() === subnet.replace(/_\d$/, "") && each["source_dest_check"] === true
          ? []
          : [name];
      }),
    wayOutSpansZones: () =>
      [...resourcesOf(document, "aws_networkfirewall_firewall").values()].some(
        (firewall) =>
          new Set(
            referredTo(firewall["subnet_mapping"], "aws_subnet").map(
              (name) => net.subnets.get(name)?.availabilityZone,
            ),
          ).size === 2,
      ),
  };
}

function edgesIn(document: TerraformDocument, net: Net): Edges {
  const gateways = [...resourcesOf(document, "aws_nat_gateway").values()].flatMap((nat) =>
    referredTo(nat["allocation_id"], "aws_eip"),
  );
  const subnets = [...resourcesOf(document, "aws_subnet")];
  const isEmpty = (type: string, ...fields: string[]): boolean =>
    [...resourcesOf(document, type).values()].some((body) =>
      fields.every((field) => ((body[field] ?? []) as unknown[]).length === 0),
    );
  return {
    publicAddresses: () => [
      ...[...resourcesOf(document, "aws_eip").keys()].filter((name) => !gateways.includes(name)),
      ...subnets.flatMap(([name, subnet]) => (subnet["map_public_ip_on_launch"] === false ? [] : [name])),
    ],
    ipv6: () =>
      [...subnets, ...resourcesOf(document, "aws_vpc")].flatMap(([name, body]) =>
        Object.entries(body).some(([key, value]) => key.includes("ipv6") && value !== false) ? [name] : [],
      ),
    foreignLinks: () =>
      resourceTypesLike(document, /peering|transit_gateway|vpn|customer_gateway|direct_connect/),
    offers: () => resourceTypesLike(document, /endpoint_service|vpclattice|_lb$|_lb_|apigateway/),
    bypasses: () =>
      [...resourcesOf(document, "aws_vpc_endpoint")].flatMap(([name, body]) =>
        body["policy"] === undefined ? [name] : [],
      ),
    unfiltered: () => {
      const filtered = [...resourcesOf(document, "aws_network_acl").values()].flatMap((acl) =>
        texts(acl, "subnet_ids").map((id) => nameIn(id.slice(2, -1))),
      );
      return [...net.subnets.keys()].filter((name) => !filtered.includes(name));
    },
    openDefaults: () => [
      ...(isEmpty("aws_default_security_group", "ingress", "egress") ? [] : ["default security group"]),
      ...(isEmpty("aws_default_network_acl", "ingress", "egress") ? [] : ["default network ACL"]),
      ...(isEmpty("aws_default_route_table", "route") ? [] : ["main route table"]),
    ],
    balancers: () => [],
  };
}

function rightsIn(document: TerraformDocument): Rights {
  const statementsOf = (name: string): Record<string, unknown>[] => {
    const policy = text(resourcesOf(document, "aws_vpc_endpoint").get(name), "policy");
    return policy === "" ? [] : (JSON.parse(policy) as { Statement: Record<string, unknown>[] }).Statement;
  };
  const some = (endpoint: string, verbs: RegExp): boolean =>
    endpointsIn(document, endpoint).some((name) => {
      const statements = statementsOf(name);
      return (
        statements.length === 0 ||
        statements.some(({ Action }) => [Action].flat().some((action) => verbs.test(String(action))))
      );
    });
  return {
    rightOf: (endpoint) => ({
      reads: some(endpoint, /\*|:(Get|List|Describe)/),
      writes: some(endpoint, /\*|:(Put|Delete|Create|Update)/),
    }),
    resourcesOf: (endpoint) =>
      endpointsIn(document, endpoint)
        .flatMap((name) => statementsOf(name).flatMap(({ Resource }) => [Resource].flat().map(String)))
        .join(" "),
    endpointsOpenToStrangers: () =>
      [...resourcesOf(document, "aws_vpc_endpoint").keys()].filter(
        (name) =>
          statementsOf(name).length === 0 ||
          statementsOf(name).some(
            (each) =>
              nested(nested(each, "Condition"), "StringEquals")?.["aws:PrincipalAccount"] === undefined,
          ),
      ),
  };
}
