/** Network ACLs of subnets, with their entries in the order of their numbers. */
import { type Block, block } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import type { PortRange } from "../replay/traffic";
import { type Attributes, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, nameIn } from "../terraform/expressions";
import { rangeOf } from "./groups";

export interface AclEntry extends PortRange {
  readonly resource: string;
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

export interface Acls {
  of(subnet: string): Dependent<Acl>;
  /** Every set of blocks that an entry names. */
  readonly told: readonly (readonly Block[])[];
}

const reference = (value: unknown): string => nameIn(evaluate(value ?? "", { quarantine: [] }));

export function aclsIn(document: TerraformDocument): Acls {
  const bySubnet = new Map<string, Dependent<Acl>>();
  const told: Block[][] = [];
  for (const [name, body] of resourcesOf(document, "aws_network_acl")) {
    const acl = dependent(body, (inputs): Acl => {
      const side = (egress: "ingress" | "egress") => entriesIn(name, body[egress], inputs);
      return { name, ingress: side("ingress"), egress: side("egress") };
    });
    for (const { ingress, egress } of acl.variants())
      told.push(...[...ingress, ...egress].map((entry) => [entry.block]));
    for (const id of (body["subnet_ids"] ?? []) as unknown[]) bySubnet.set(reference(id), acl);
  }
  return { of: (subnet) => bySubnet.get(subnet) ?? NO_ACL, told };
}

/** One of IPv6 is a fault whatever it says, and so is an expression in place of entries. */
const entriesIn = (acl: string, entries: unknown, inputs: Inputs): AclEntry[] =>
  (Array.isArray(entries) ? (entries as Attributes[]) : [])
    .filter((entry) => (entry["ipv6_cidr_block"] ?? null) === null)
    .map((entry) => readEntry(`aws_network_acl.${acl}`, entry, inputs))
    .sort((a, b) => a.number - b.number);

function readEntry(resource: string, entry: Attributes, inputs: Inputs): AclEntry {
  const action = entry["action"];
  if (action !== "allow" && action !== "deny")
    throw new Error(`it neither allows nor denies: ${action}`, { cause: resource });
  return {
    resource,
    number: Number(entry["rule_no"]),
    allow: action === "allow",
    ...rangeOf(entry, String(entry["protocol"]), { type: entry["icmp_type"], code: entry["icmp_code"] }),
    block: block(String(evaluate(entry["cidr_block"], inputs))),
  };
}
