/** The key that a user probably had in mind for one that a spec does not know. It is proposed, never read. */
import type { z } from "zod";
import { meantBy } from "../../diagnostics/did-you-mean";
import { fieldsOf } from "../schema/fields";

/** One of `free`, the keys that a mapping may still have. `part` is the mapping's schema. */
export function keyMeantBy(
  key: string,
  free: readonly string[],
  part: z.core.$ZodType | undefined,
): string | undefined {
  const fields = Object.entries(fieldsOf(part));
  const words = fields.map(([name, { facts }]) => [name, { synonyms: facts.synonyms ?? [] }] as const);
  return meantBy(key, free, Object.fromEntries(words));
}
