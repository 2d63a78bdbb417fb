/** Facts about a field that its form does not say, and text of a given form as a part of the schema. */
import * as z from "zod";
import type { Words } from "../diagnostics/did-you-mean";
import { quoted } from "../diagnostics/edit";
import { accept, type Parsed, refuse } from "../diagnostics/problem";

/** The parts of a spec that hold named items. */
export type NamedPart = "zones" | "externalNetworks" | "privateEndpoints" | "publish";

export interface FieldFacts {
  readonly examples?: readonly string[];
  /** Other words for the field's name. They are proposed, never read. */
  readonly synonyms?: readonly string[];
  /** Its values, with other words for each. They are proposed, never read. */
  readonly words?: Words;
  /** The parts that must have the name in this field. Empty: the spec no longer has the named item. */
  readonly refersTo?: readonly NamedPart[];
  /** Top-level fields whose errors may be the cause of an error here. */
  readonly dependsOn?: readonly string[];
  /** Top-level fields whose errors may be caused by an error here. */
  readonly affects?: readonly string[];
  /** A keyword of JSON Schema. */
  readonly minProperties?: number;
  /** Fields of a mapping, of which exactly one is given. */
  readonly exactlyOne?: readonly string[];
  /** The field that a user means who writes a value in place of its mapping. */
  readonly mainField?: string;
  /** A mapping with one key for each cloud. */
  readonly byCloud?: true;
  /** In the documentation: the behaviour without the field. */
  readonly absent?: string;
}

declare module "zod" {
  interface GlobalMeta extends FieldFacts {}
}

/** `hints` are for editors, which show and check them. The parser alone decides. */
export function scalar<T>(parse: (text: string) => Parsed<T>, hints: z.GlobalMeta) {
  return z
    .string()
    .transform((text, context): T => {
      const parsed = parse(text);
      if (parsed.ok) return parsed.value;
      const { problem } = parsed;
      context.addIssue({ code: "custom", message: problem.summary, params: { problem } });
      return z.NEVER;
    })
    .meta(hints);
}

/**
 * Text of a given form: an identifier that a cloud made. `likely` reads it from common other spellings.
 * `isKnown` is false for words that another spelling makes well-formed, and that mean nothing.
 */
export function shaped(
  pattern: RegExp,
  name: string,
  example: string,
  likely?: (text: string) => string | undefined,
  isKnown: (text: string) => boolean = () => true,
) {
  const parse = (text: string): Parsed<string> => {
    if (pattern.test(text)) return accept(text);
    const bare = text.replace(/\s+/g, "");
    const hyphened = text
      .trim()
      .toLowerCase()
      .replace(/[\s_]+/g, "-");
    const same = [bare, bare.toLowerCase(), hyphened].find((each) => pattern.test(each) && isKnown(each));
    return refuse("value-shape", `${quoted(text)} is not ${name}`, `It has the form of ${example}.`, {
      instead: same ?? likely?.(text),
      applicability: same === undefined ? "likely" : "exact",
    });
  };
  return scalar(parse, {
    description: `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}.`,
    pattern: pattern.source,
    examples: [example],
  });
}

export const field = <S extends z.ZodType>(schema: S, description: string, facts: FieldFacts = {}) =>
  schema.meta({ description, ...facts });

export const optional = <S extends z.ZodType>(schema: S, description: string, facts: FieldFacts = {}) =>
  field(schema.optional(), description, facts);

/** An id for examples, which no resource has. */
export const NIL = "00000000-0000-0000-0000-000000000000";

export const text = z.string().min(1);
