/** AWS: routes along the way out alone, and rules that AWS takes. */
import { formatCidr, NOT_INTERNET } from "../../net/cidr";
import { contains, withLast } from "../replay/blocks";
import { type Fault, faults, unless } from "../replay/fault";
import { ANY } from "../replay/traffic";
import { resourcesOf, type TerraformDocument } from "../terraform/document";
import type { Acl } from "./acls";
import type { Network, RouteEntry } from "./network";

/**
 * Tables of subnets in which the way out stands, and where they lead; every other leads into it, or out of a
 * public zone.
 */
const ONWARD: Readonly<Record<string, RouteEntry["target"]["kind"]>> = { firewall: "nat", nat: "internet" };

export function strayRoutes({ routes, subnets, blocks }: Network): Fault[] {
  const inside = (route: RouteEntry): boolean => blocks.some((range) => contains(range, route.block));
  return [...routes].flatMap(([table, all]) => {
    const site = /^enclave_(\w+)_\d$/.exec(table)?.[1];
    return all.flatMap((route) => {
      const { kind } = route.target;
      const whole = route.block.prefix === 0;
      const returns = site === "nat" && kind === "firewall" && inside(route);
      const onward = site === undefined ? ["firewall", "internet"].includes(kind) : ONWARD[site] === kind;
      return unless(
        subnets.has(table) && (returns || (whole && onward)),
        route.resource,
        `${table} leads to ${kind} for ${whole ? "everything" : "a part of it"}`,
      );
    });
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls */
const MOST_ENTRIES = 40;
/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
const LAST_NUMBER = 32766;

export function unsoundRules(document: TerraformDocument, { subnets }: Network): Fault[] {
  const acls = new Map([...subnets.values()].map(({ acl }) => [acl, acl.at(acl.zones)] as const));
  const entries = [...acls.values()].flatMap(({ name, ingress, egress }) =>
    [ingress, egress].flatMap((all) => [
      ...unless(all.length < MOST_ENTRIES, `aws_network_acl.${name}`, `${all.length} entries are too many`),
      ...all.flatMap(({ resource, number }, index) =>
        unless(
          number >= 1 && number <= LAST_NUMBER && all[index - 1]?.number !== number,
          resource,
          `its number ${number} is out of range or another's`,
        ),
      ),
    ]),
  );
  return [...entries, ...[...acls.keys()].flatMap((acl) => leaks(acl.at([]))), ...containers(document)];
}

/**
 * Networks of others at private addresses are no part of the internet: what permits everybody comes after
 * their denial.
 */
function leaks({ name, ingress, egress }: Acl): Fault[] {
  return [ingress, egress].flatMap((entries) =>
    NOT_INTERNET.map(withLast).flatMap((range) => {
      const first = entries.find(
        ({ allow, protocol, block }) => contains(block, range) && (allow || protocol === ANY),
      );
      return unless(
        first?.allow !== true,
        `aws_network_acl.${name}`,
        `it permits ${formatCidr(range)} as a part of the internet`,
      );
    }),
  );
}

/**
 * What stands inside a group and what stands beside it undo each other. An ACL and a table that do not say what
 * they hold leave it to others.
 */
const containers = (document: TerraformDocument): Fault[] => [
  ...[...resourcesOf(document, "aws_security_group")].flatMap(([name, body]) =>
    body["ingress"] === undefined && body["egress"] === undefined
      ? []
      : faults([`aws_security_group.${name}`], "it has rules of its own"),
  ),
  ...(["aws_network_acl", "aws_route_table"] as const).flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, body]) =>
      unless(
        (type === "aws_network_acl" ? ["ingress", "egress"] : ["route"]).every((each) =>
          Array.isArray(body[each]),
        ),
        `${type}.${name}`,
        "it does not say what it holds",
      ),
    ),
  ),
];
