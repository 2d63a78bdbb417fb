/** Explains an unknown key: the key that the user probably meant, and an edit that writes it. */
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { meantBy, type Words } from "../../diagnostics/did-you-mean";
import { quoted, removing } from "../../diagnostics/edit";
import { error } from "../../diagnostics/make";
import { joinPath } from "../../diagnostics/path";
import { fieldsOf } from "../schema/fields";
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
  readonly value: unknown;
  /** The keys that can stand there. */
  readonly keys: readonly string[];
  readonly meant: string | undefined;
  /** Whether the mapping already has the key that the user meant. */
  readonly isGiven: boolean;
}

/** `complaints` are the errors of the value under the meant key; the first may propose a better value. */
export function unknownKey(parent: SpecPath, found: Found, complaints: readonly Diagnostic[]): Diagnostic {
  const { key, value, meant } = found;
  const path = joinPath(parent, key);
  if (/ipv6/i.test(key) && meant === undefined) {
    const detail = "IPv6 is switched off on the clouds, and denied where a rule can say so.";
    return error("ipv6", path, `there is no ${quoted(key)}: an enclave is IPv4 only`, detail, {
      fix: removing(path),
    });
  }
  const glued = value === null ? GLUED.exec(key)?.[2] : undefined;
  if (meant !== undefined && !found.isGiven && glued !== undefined) {
    const detail = "Without it, key and value are one piece of text.";
    const more = { facts: { meant }, fix: `${meant}: ${glued}` };
    return error("key-unknown", path, `a space is missing after "${meant}:"`, detail, more);
  }
  return error("key-unknown", path, `the key ${quoted(key)} is unknown`, detailOf(parent, found), {
    facts: meant === undefined ? {} : { meant },
    fix: meant === undefined || found.isGiven ? removing(path) : keyWithValue(parent, meant, complaints),
  });
}

function detailOf(parent: SpecPath, { keys, meant, isGiven }: Found): string {
  const hint =
    meant === undefined ? "" : `Did you mean "${meant}"? ${isGiven ? "It is given already. " : ""}`;
  const shown = keys.filter((each) => each !== "$schema").sort();
  const elsewhere = parent === "backend" ? " Arguments of the backend stand in its config." : "";
  return `${hint}${shown.length === 0 ? "" : `Known here: ${shown.join(", ")}.`}${elsewhere}`.trim();
}

/** The key that the user meant, with a fitting value if the given one does not fit. */
function keyWithValue(parent: SpecPath, meant: string, [first]: readonly Diagnostic[]): string {
  const better = first?.path === joinPath(parent, meant) ? first.fix : undefined;
  return better?.startsWith(`${meant}:`) ? better : `${meant}:`;
}
