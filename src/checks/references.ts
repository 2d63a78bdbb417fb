/**
 * Names that refer to something: a zone, a network, an endpoint. One unknown name is one error, however often it
 * stands there, at the place that is mistyped.
 */
import type { NamedPart } from "../clouds/field-facts";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { isSameWord, nearest } from "../diagnostics/did-you-mean";
import { type Applicability, type Edit, quoted, renaming, setting } from "../diagnostics/edit";
import { enumerate } from "../diagnostics/enumerate";
import { error } from "../diagnostics/make";
import { INTERNET } from "../model/enclave";
import { keysOf } from "../model/lookup";
import { partsNamedAt, type Reference, referencesIn } from "../spec/schema/fields";
import { UNKNOWN } from "../spec/unknown";
import type { Context } from "./context";
import { explainParty } from "./parties";
import { itemsWithNames } from "./renames";

const NOUNS: Readonly<Record<NamedPart, string>> = {
  zones: "zone",
  privateEndpoints: "endpoint",
  externalNetworks: "network",
  publish: "published service",
};

export function* checkReferences(context: Context): Iterable<Diagnostic> {
  const references = referencesIn(context.draft.spec);
  const unknown = new Map<string, Reference[]>();
  for (const reference of references) {
    const { value: name, path } = reference;
    const parts = partsNamedAt(path);
    if (isKnown(name, parts, context)) continue;
    const elsewhere = keysOf(NOUNS).find(
      (part) => !parts.includes(part) && namesOf(part, context).includes(name),
    );
    if (elsewhere !== undefined) yield misplaced(reference, parts, elsewhere, context);
    else if (name === INTERNET && !isParty(parts)) yield misplaced(reference, parts, undefined, context);
    else {
      const key = JSON.stringify([name, parts]);
      unknown.set(key, [...(unknown.get(key) ?? []), reference]);
    }
  }
  for (const uses of unknown.values()) yield* unknownName(uses, references, context);
}

/** A part with an unknown item may have the name. `internet` is a party of flows and chains. */
const isKnown = (name: string, parts: readonly NamedPart[], { draft, renames }: Context): boolean =>
  (name === INTERNET && isParty(parts)) ||
  renames.has(name) ||
  [...renames.values()].includes(name) ||
  parts.some((part) => draft.spec[part] === UNKNOWN || draft[part].some((item) => item.name === name));

const isParty = (parts: readonly NamedPart[]): boolean => parts.includes("externalNetworks");

const namesOf = (part: NamedPart, { draft }: Context): string[] => draft[part].map(({ name }) => name);

/** The name of something that cannot stand there. */
function misplaced(
  { value: name, path }: Reference,
  parts: readonly NamedPart[],
  found: NamedPart | undefined,
  context: Context,
): Diagnostic {
  const isChain = path.startsWith("assertions") && found === "privateEndpoints";
  const code = isChain
    ? "chain-from-endpoint"
    : parts.includes("zones")
      ? "zone-expected"
      : "endpoint-unknown";
  const is =
    found === undefined
      ? "no zone"
      : `${found === "zones" ? "a" : "an"} ${nounOf(found)}, no ${nounsOf(parts)}`;
  const known = parts.flatMap((part) => namesOf(part, context));
  const why = isChain ? "Endpoints answer; they open no connections. " : "";
  return error(code, path, `${quoted(name)} is ${is}`, `${why}Known here: ${known.join(", ") || "nothing"}.`);
}

const nounOf = (part: NamedPart): string => (part === "externalNetworks" ? "external network" : NOUNS[part]);

const nounsOf = (parts: readonly NamedPart[]): string =>
  enumerate(
    keysOf(NOUNS).flatMap((part) => (parts.includes(part) ? [NOUNS[part]] : [])),
    "or",
  );

/** `uses` are all places with one unknown name. */
function* unknownName(
  uses: readonly Reference[],
  references: readonly Reference[],
  context: Context,
): Iterable<Diagnostic> {
  const [first, ...others] = uses;
  if (first === undefined) return;
  const { value: name, path } = first;
  const parts = partsNamedAt(path);
  const names = parts.flatMap((part) => namesOf(part, context));
  const meant = nearest(name, names);
  const item = itemsWithNames(context.draft).find((each) => each.name === meant && names.includes(each.name));
  const isUnused = !references.some(({ value }) => value === meant);
  // Several places agree, and nothing uses the item: its own name is the mistyped one.
  const isOwnName = item !== undefined && others.length > 0 && isUnused;
  const at = isOwnName ? item.path : path;
  const places = (isOwnName ? uses : others).map((use) => use.path);
  const lines = [...new Set(places.map(context.lineOf))];
  const also = lines.length === 0 ? "" : ` It ${isOwnName ? "" : "also "}stands on line ${lines.join(", ")}.`;
  const known = [...names].sort((a, b) => Number(b === meant) - Number(a === meant)).join(", ");
  const code = parts.includes("zones") ? "zone-unknown" : "endpoint-unknown";
  const summary = `no ${nounsOf(parts)} is called ${quoted(name)}`;
  const applicability = meant !== undefined && isSameWord(name, meant) ? "exact" : "likely";
  const edits: Edit[] = isOwnName
    ? [renaming(item.path, name, applicability)]
    : uses.flatMap((use) => (meant === undefined ? [] : [correcting(use, meant, applicability)]));
  const explained = meant === undefined ? explainParty(first, context) : undefined;
  const detail = explained ?? (known === "" ? "There are none." : `Known: ${known}.`);
  yield error(code, at, summary, `${detail}${also}`, {
    facts: { name, ...(meant === undefined ? {} : { meant }) },
    edits,
    also: places,
  });
}

export const correcting = (
  { path, isKey }: Reference,
  meant: string,
  applicability: Applicability = "likely",
): Edit => (isKey ? renaming(path, meant, applicability) : setting(path, meant, applicability));
