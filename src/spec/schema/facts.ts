/** The facts that the schema holds about a field beside its form. */

/** The parts of a spec that hold named items. */
export type NamedPart = "zones" | "externalNetworks" | "privateEndpoints" | "publish";

export interface FieldFacts {
  /** YAML that a missing value could be. `<zone>` and the like stand for something of the user's own. */
  readonly sample?: string;
  /** Other words for the field's name. Proposed, never read. */
  readonly synonyms?: readonly string[];
  /** Other words for each of its values. Proposed, never read. */
  readonly valueSynonyms?: Readonly<Record<string, readonly string[]>>;
  /** The parts in which a name that stands here is looked up. Empty: a name that the spec no longer has. */
  readonly refersTo?: readonly NamedPart[];
  /** Other top-level fields whose errors may be the cause of an error here. */
  readonly dependsOn?: readonly string[];
  /** Limits what an item opens. Without it, the item would open more than was written. */
  readonly narrows?: true;
  /** An item that loses one of its fields means something else. */
  readonly indivisible?: true;
  /** Fields of a mapping, of which exactly one is given. */
  readonly exactlyOne?: readonly string[];
  /** The field of a mapping that a value without a mapping stands for. */
  readonly mainField?: string;
  /** Where the field is absent: the documentation's words for it. */
  readonly absent?: string;
}

declare module "zod" {
  interface GlobalMeta extends FieldFacts {}
}
