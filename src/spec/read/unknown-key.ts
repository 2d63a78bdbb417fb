/** Explains an unknown key: the key that the user probably meant, and an edit that writes it. */
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { isTypo, meantBy } from "../../diagnostics/did-you-mean";
import { type Edit, inserting, quoted, removing, renaming } from "../../diagnostics/edit";
import { error } from "../../diagnostics/make";
import { joinPath } from "../../diagnostics/path";
import { factsAt, fieldOf, type Schema } from "../schema/fields";
import { PARTS } from "../schema/schema";

/** `exposure:public` between braces is one key without a value. */
const GLUED = /^([^:]+):(.+)$/;

/** The key that the user probably meant: preferably an absent one. `shape` has the possible keys. */
export function keyMeant(key: string, mapping: object, shape: Readonly<Record<string, Schema>>) {
  const keys = Object.keys(shape);
  const [, glued = ""] = GLUED.exec(key) ?? [];
  if (keys.includes(glued)) return glued;
  const free = keys.filter((each) => !(each in mapping));
  const words = Object.entries(shape).map(([each, field]) => {
    return [each, { synonyms: fieldOf(field).facts.synonyms ?? [] }] as const;
  });
  const meant = (allowed: readonly string[]) => meantBy(key, allowed, Object.fromEntries(words));
  return meant(free) ?? meant(keys);
}

interface Found {
  readonly key: string;
  readonly mapping: Readonly<Record<string, unknown>>;
  /** The keys that can stand there. */
  readonly keys: readonly string[];
  readonly meant: string | undefined;
}

/** `complaints` are the errors of the value under the meant key; their edits follow the renaming. */
export function unknownKey(parent: SpecPath, found: Found, complaints: readonly Diagnostic[]): Diagnostic {
  const { key, mapping, meant } = found;
  const path = joinPath(parent, key);
  if (meant === undefined) {
    const detail = "IPv6 is switched off on the clouds, and denied where a rule can say so.";
    return /ipv6/i.test(key)
      ? error("ipv6", path, `there is no ${quoted(key)}: an enclave is IPv4 only`, detail)
      : error("key-unknown", path, `the key ${quoted(key)} is unknown`, knownKeys(parent, found));
  }
  const facts = { meant };
  const glued = mapping[key] === null ? GLUED.exec(key)?.[2]?.trim() : undefined;
  if (!(meant in mapping) && glued !== undefined) {
    const detail = "Without it, key and value are one piece of text.";
    const whole = /^\d+$/.test(glued) ? Number(glued) : glued;
    const edits = [removing(path, "exact"), inserting(joinPath(parent, meant), whole, "exact")];
    return error("key-unknown", path, `a space is missing after "${meant}:"`, detail, { facts, edits });
  }
  const given = meant in mapping ? " It is given already." : "";
  const detail = `Did you mean "${meant}"?${given} ${knownKeys(parent, found)}`;
  const edits = meant in mapping ? [] : renamed(parent, found, meant, complaints);
  return error("key-unknown", path, `the key ${quoted(key)} is unknown`, detail, { facts, edits });
}

/** One decision: if the value is a guess, so is the key. What opens something is left to a person. */
function renamed(
  parent: SpecPath,
  { key, mapping }: Found,
  meant: string,
  complaints: readonly Diagnostic[],
): Edit[] {
  const further = complaints.flatMap(({ edits }) => edits);
  const opens = parent === "" && Object.hasOwn(PARTS, meant);
  const { exactlyOne = [] } = factsAt(parent);
  const hasRival = exactlyOne.includes(meant) && exactlyOne.some((each) => each in mapping);
  const isSure = isTypo(key, meant) && further.every((edit) => edit.applicability === "exact");
  const applicability = isSure && !opens && !hasRival ? "exact" : "likely";
  return [renaming(joinPath(parent, key), meant), ...further].map((edit) => ({ ...edit, applicability }));
}

function knownKeys(parent: SpecPath, { keys }: Found): string {
  const shown = keys.filter((each) => each !== "$schema").sort();
  const elsewhere = parent === "backend" ? " Arguments of the backend stand in its config." : "";
  return `${shown.length === 0 ? "" : `Known here: ${shown.join(", ")}.`}${elsewhere}`.trim();
}
