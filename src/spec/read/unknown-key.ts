/** Explains an unknown key: the key that the user probably meant, and an edit that writes it. */
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { isTypo, meantBy, type Words } from "../../diagnostics/did-you-mean";
import { type Edit, inserting, quoted, removing, renaming } from "../../diagnostics/edit";
import { error } from "../../diagnostics/make";
import { joinPath } from "../../diagnostics/path";
import { factsAt, fieldsOf, isPart } from "../schema/fields";
import type { Schema } from "./schema-walk";

/** `exposure:public` between braces is one key without a value. */
const GLUED = /^([^:]+):(.+)$/;

/** The key that the user probably meant: preferably an absent one. `part` is the schema of the mapping. */
export function keyMeant(key: string, mapping: object, part: Schema): string | undefined {
  const fields = fieldsOf(part);
  const keys = Object.keys(fields);
  const [, glued = ""] = GLUED.exec(key) ?? [];
  if (keys.includes(glued)) return glued;
  const free = keys.filter((each) => !(each in mapping));
  const words = Object.entries(fields).map(([each, { facts }]) => [each, { synonyms: facts.synonyms ?? [] }]);
  const meant = (allowed: readonly string[]) => meantBy(key, allowed, Object.fromEntries(words) as Words);
  return meant(free) ?? meant(keys);
}

interface Found {
  readonly key: string;
  readonly mapping: Readonly<Record<string, unknown>>;
  /** The keys that can stand there. */
  readonly keys: readonly string[];
  readonly meant: string | undefined;
  /** Whether the mapping already has the key that the user meant. */
  readonly isGiven: boolean;
}

/** `complaints` are the errors of the value under the meant key; their edits follow the renaming. */
export function unknownKey(parent: SpecPath, found: Found, complaints: readonly Diagnostic[]): Diagnostic {
  const { key, mapping, meant } = found;
  const path = joinPath(parent, key);
  if (/ipv6/i.test(key) && meant === undefined) {
    const detail = "IPv6 is switched off on the clouds, and denied where a rule can say so.";
    return error("ipv6", path, `there is no ${quoted(key)}: an enclave is IPv4 only`, detail);
  }
  const glued = mapping[key] === null ? GLUED.exec(key)?.[2] : undefined;
  if (meant !== undefined && !found.isGiven && glued !== undefined) {
    const detail = "Without it, key and value are one piece of text.";
    const whole = /^\d+$/.test(glued) ? Number(glued) : glued;
    const edits = [removing(path, "exact"), inserting(joinPath(parent, meant), whole, "exact")];
    const facts = { meant };
    return error("key-unknown", path, `a space is missing after "${meant}:"`, detail, { facts, edits });
  }
  return error("key-unknown", path, `the key ${quoted(key)} is unknown`, detailOf(parent, found), {
    facts: meant === undefined ? {} : { meant },
    edits: meant === undefined || found.isGiven ? [] : renamed(parent, found, meant, complaints),
  });
}

/** One decision: if the value is a guess, so is the key. What opens something is left to a person. */
function renamed(
  parent: SpecPath,
  { key, mapping }: Found,
  meant: string,
  complaints: readonly Diagnostic[],
): Edit[] {
  const further = complaints.flatMap(({ edits }) => edits);
  const opens = parent === "" && isPart(meant);
  const { exactlyOne = [] } = factsAt(parent);
  const hasRival = exactlyOne.includes(meant) && exactlyOne.some((each) => each in mapping);
  const isExact =
    !opens &&
    !hasRival &&
    isTypo(key, meant) &&
    further.every(({ applicability }) => applicability === "exact");
  const applicability = isExact ? "exact" : "likely";
  return [renaming(joinPath(parent, key), meant), ...further].map((edit) => ({ ...edit, applicability }));
}

function detailOf(parent: SpecPath, { keys, meant, isGiven }: Found): string {
  const hint =
    meant === undefined ? "" : `Did you mean "${meant}"? ${isGiven ? "It is given already. " : ""}`;
  const shown = keys.filter((each) => each !== "$schema").sort();
  const elsewhere = parent === "backend" ? " Arguments of the backend stand in its config." : "";
  return `${hint}${shown.length === 0 ? "" : `Known here: ${shown.join(", ")}.`}${elsewhere}`.trim();
}
