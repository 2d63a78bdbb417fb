/** Expressions as Terraform writes them. cdktf passes `${…}` through, so that a reader finds them again. */
import { type IResolvable, type ITerraformDependable, Token } from "cdktf";

/** A Terraform address without delimiters: `aws_subnet.inference_1`. */
export type Address = string;

export const expr = (expression: string): string => `\${${expression}}`;

/** A reference to one attribute: `${aws_kms_key.enclave_logs.arn}`. */
export const ref = (address: Address, attribute: string): string => expr(`${address}.${attribute}`);

export const id = (address: Address): string => ref(address, "id");

/** A literal inside an expression; the text must come from checked names, not from free text. */
export const quoted = (text: string): string => JSON.stringify(text);

export const quotedList = (texts: readonly string[]): string => `[${texts.map(quoted).join(", ")}]`;

/** Free text in an argument: Terraform would read `${` and `%{` as the start of a template. */
export const literal = (text: string): string => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

/** True at plan time when one of the zones is cut off. */
export const quarantined = (...zones: readonly string[]): string =>
  [...new Set(zones)].map((zone) => `contains(var.quarantine, ${quoted(zone)})`).join(" || ");

/** One value while all of the zones are connected, another while one is cut off: quarantine by value. */
export const unlessQuarantined = (zones: readonly string[], connected: string, cutOff: string): string =>
  expr(quarantineChoice(zones, connected, cutOff));

/** The same as a part of a longer expression. */
export const quarantineChoice = (zones: readonly string[], connected: string, cutOff: string): string =>
  zones.length === 0 ? connected : `${quarantined(...zones)} ? ${cutOff} : ${connected}`;

/** The resource ids that the Terraform variable gives an endpoint: a list, empty by default. */
export const givenIds = (endpoint: string): string =>
  `lookup(var.private_endpoint_resource_ids, ${quoted(endpoint)}, [])`;

/** The value of `depends_on`, where Terraform cannot see a dependency by itself. */
export const dependables = (addresses: readonly Address[]): ITerraformDependable[] =>
  addresses.map((fqn) => ({ fqn }));

/** The argument `depends_on`; absent when there is nothing to wait for. */
export const after = (...addresses: readonly Address[]): { dependsOn?: ITerraformDependable[] } =>
  addresses.length === 0 ? {} : { dependsOn: dependables(addresses) };

/** Arguments of other types than text whose whole value is an expression. */
export const exprList = (expression: string): string[] => Token.asList(expr(expression));
export const exprNumber = (expression: string): number => Token.asNumber(expr(expression));
export const exprBoolean = (expression: string): IResolvable => Token.asAny(expr(expression));

/** `count` of a resource that is there only while the condition holds. */
export const when = (condition: string): number => exprNumber(`${condition} ? 1 : 0`);
