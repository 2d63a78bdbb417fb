/** Network ACLs of subnets, with their entries in the order of their numbers. */
import { type Block, block } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import type { PortRange } from "../replay/traffic";
import { type Attributes, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, nameIn } from "../terraform/expressions";
import { rangeOf } from "./groups";

export interface AclEntry extends PortRange {
  readonly resource: string;
  readonly egress: boolean;
  readonly number: number;
  readonly allow: boolean;
  readonly block: Block;
}

export interface Acl {
  readonly name: string;
  readonly ingress: readonly AclEntry[];
  readonly egress: readonly AclEntry[];
}

/**
 * A subnet without an ACL of its own has the default one, which takes everything until it is emptied: then
 * nothing passes.
 */
const NO_ACL: Dependent<Acl> = dependent({}, () => ({ name: "", ingress: [], egress: [] }));

const ENTRY = "aws_network_acl_rule";

export interface Acls {
  of(subnet: string): Dependent<Acl>;
  /** Every set of blocks that an entry names. */
  readonly told: readonly (readonly Block[])[];
}

const reference = (value: unknown): string => nameIn(evaluate(value ?? "", { quarantine: [] }));

export function aclsIn(document: TerraformDocument): Acls {
  const entries = new Map<string, Attributes[]>();
  const told: Block[][] = [];
  for (const [name, body] of resourcesOf(document, ENTRY)) {
    if (body["ipv6_cidr_block"] !== undefined) continue;
    const acl = reference(body["network_acl_id"]);
    const own = entries.get(acl) ?? [];
    own.push({ ...body, name });
    entries.set(acl, own);
    told.push([block(String(body["cidr_block"]))]);
  }
  const bySubnet = new Map<string, Dependent<Acl>>();
  for (const [name, body] of resourcesOf(document, "aws_network_acl")) {
    const acl = readAcl(name, entries.get(name) ?? []);
    for (const id of (body["subnet_ids"] ?? []) as unknown[]) bySubnet.set(reference(id), acl);
  }
  return { of: (subnet) => bySubnet.get(subnet) ?? NO_ACL, told };
}

/** An entry that is counted is there or not, as the quarantine says. */
function readAcl(name: string, bodies: readonly Attributes[]): Dependent<Acl> {
  const all = bodies
    .map((body) => ({ count: body["count"] ?? 1, entry: readEntry(body) }))
    .sort((a, b) => a.entry.number - b.entry.number);
  return dependent({ counts: all.map(({ count }) => count) }, (inputs) => {
    const there = all.filter(({ count }) => evaluate(count, inputs) !== 0).map(({ entry }) => entry);
    return {
      name,
      ingress: there.filter(({ egress }) => !egress),
      egress: there.filter(({ egress }) => egress),
    };
  });
}

function permits({ name, rule_action: action }: Attributes): boolean {
  if (action === "allow" || action === "deny") return action === "allow";
  throw new Error(`it neither allows nor denies: ${action}`, { cause: `${ENTRY}.${name}` });
}

const readEntry = (body: Attributes): AclEntry => ({
  resource: `${ENTRY}.${body["name"]}`,
  egress: body["egress"] === true,
  number: Number(body["rule_number"]),
  allow: permits(body),
  ...rangeOf(body, String(body["protocol"]), { type: body["icmp_type"], code: body["icmp_code"] }),
  block: block(String(body["cidr_block"])),
});
