/**
 * What the rendering steps of every cloud share: resources under the addresses that the plan gave them, and expressions written
 * as Terraform writes them. cdktf passes `${…}` through untouched, so a reference is a string that a reader finds again in the
 * rendered file, and a resource keeps its address wherever the construct stands in a user's own tree.
 */
import {
  type IResolvable,
  type ITerraformDependable,
  TerraformElement,
  TerraformLocal,
  TerraformOutput,
  type TerraformResource,
  Token,
} from "cdktf";
import type { Construct } from "constructs";
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";

/** A Terraform address without delimiters: `aws_subnet.inference_1`. */
export type Address = string;

export interface Rendering {
  readonly scope: Construct;
  readonly plan: NetworkPlan;
  readonly printer: Printer;
}

export interface ResourceClass<Config, Resource extends TerraformResource> {
  readonly tfResourceType: string;
  new (scope: Construct, id: string, config: Config): Resource;
}

/**
 * Adds a resource as `type.name`. `extra` holds arguments, as Terraform spells them, that the class does not know: meta-arguments
 * whose value is an expression, and what a newer version of the provider takes. Throws when the address is taken, which the
 * model has ruled out.
 */
export function addResource<Config, Resource extends TerraformResource>(
  { scope }: Rendering,
  resourceClass: ResourceClass<Config, Resource>,
  name: string,
  config: Config,
  extra: Readonly<Record<string, unknown>> = {},
): Address {
  const address = `${resourceClass.tfResourceType}.${name}`;
  const resource = new resourceClass(scope, address, config);
  rename(resource, name);
  for (const [argument, value] of Object.entries(extra)) resource.addOverride(argument, value);
  return address;
}

/** Adds `local.name`; the value may hold expressions. */
export function addLocal({ scope }: Rendering, name: string, value: unknown): Address {
  rename(new TerraformLocal(scope, `local.${name}`, value), name);
  return `local.${name}`;
}

/** `waitsFor`: resources that have to be there before anybody reads the value. */
export function addOutput(
  { scope }: Rendering,
  name: string,
  description: string,
  value: unknown,
  waitsFor: readonly Address[] = [],
): void {
  const config = { value, description, ...after(...waitsFor) };
  rename(new TerraformOutput(scope, `output.${name}`, config), name);
}

/** Terraform's `check` block, which cdktf has no class for: said at plan and apply, and stops neither. */
export function addCheck({ scope }: Rendering, name: string, condition: string, message: string): void {
  new Check(scope, name, { assert: [{ condition: expr(condition), error_message: message }] });
}

class Check extends TerraformElement {
  readonly document: object;

  constructor(scope: Construct, name: string, block: object) {
    super(scope, `check.${name}`);
    this.document = { check: { [name]: block } };
  }

  override toTerraform(): object {
    return this.document;
  }
}

const rename = (element: TerraformElement, name: string): void => element.overrideLogicalId(name);

/** `${expression}` */
export const expr = (expression: string): string => `\${${expression}}`;

/** A reference to one attribute: `${aws_kms_key.enclave_logs.arn}`. */
export const ref = (address: Address, attribute: string): string => expr(`${address}.${attribute}`);

export const id = (address: Address): string => ref(address, "id");

/** A literal inside an expression; the text must come from checked names, not from free text. */
export const quoted = (text: string): string => JSON.stringify(text);

/** The same for a list. */
export const quotedList = (texts: readonly string[]): string => `[${texts.map(quoted).join(", ")}]`;

/** Free text in an argument: Terraform would read `${` and `%{` as the start of a template. */
export const literal = (text: string): string => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

/** True at plan time when one of the zones is cut off. */
export const quarantined = (...zones: readonly string[]): string =>
  [...new Set(zones)].map((zone) => `contains(var.quarantine, ${quoted(zone)})`).join(" || ");

/** One value while all of the zones are connected, another while one of them is cut off: quarantine by value. */
export const unlessQuarantined = (zones: readonly string[], connected: string, cutOff: string): string =>
  expr(quarantineChoice(zones, connected, cutOff));

/** The same as a part of a longer expression. */
export const quarantineChoice = (zones: readonly string[], connected: string, cutOff: string): string =>
  zones.length === 0 ? connected : `${quarantined(...zones)} ? ${cutOff} : ${connected}`;

/** For `depends_on`, where Terraform cannot see a dependency by itself. */
export const dependable = (address: Address): ITerraformDependable => ({ fqn: address });

/** The argument `depends_on` of a resource; absent when it waits for nothing. */
export const after = (...addresses: readonly Address[]): { dependsOn?: ITerraformDependable[] } =>
  addresses.length === 0 ? {} : { dependsOn: addresses.map(dependable) };

/** Arguments of other types than text whose whole value is an expression. */
export const exprList = (expression: string): string[] => Token.asList(expr(expression));
export const exprNumber = (expression: string): number => Token.asNumber(expr(expression));
export const exprBoolean = (expression: string): IResolvable => Token.asAny(expr(expression));

/** `count` of a resource that is there only while the condition holds. */
export const when = (condition: string): number => exprNumber(`${condition} ? 1 : 0`);
