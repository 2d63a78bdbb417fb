/**
 * Names that refer to something: a zone, a network, an endpoint. One unknown name is one error, however often
 * it stands there, at the place that is mistyped.
 */
import type { NamedPart } from "../clouds/field-facts";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { likeness, nearest } from "../diagnostics/did-you-mean";
import { type Applicability, type Edit, quoted, renaming, setting } from "../diagnostics/edit";
import { enumerate } from "../diagnostics/enumerate";
import { error } from "../diagnostics/make";
import { INTERNET } from "../model/enclave";
import { keysOf } from "../model/lookup";
import { partsNamedAt, type Reference, referencesIn } from "../spec/schema/fields";
import { parseHostName } from "../spec/schema/parse";
import { UNKNOWN } from "../spec/unknown";
import { type Context, itemsWithNames } from "./context";
import { explainParty } from "./parties";

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
    if (isKnown(reference, parts, context)) continue;
    const elsewhere = keysOf(NOUNS).find(
      (part) => !parts.includes(part) && namesOf(part, context).includes(name),
    );
    if (elsewhere !== undefined || name === INTERNET) yield misplaced(reference, elsewhere, context);
    else {
      const key = JSON.stringify([name, parts.includes("zones")]);
      unknown.set(key, [...(unknown.get(key) ?? []), reference]);
    }
  }
  const byLine = (a: Reference, b: Reference) => context.lineOf(a.path) - context.lineOf(b.path);
  for (const uses of unknown.values()) yield* unknownName(uses.sort(byLine), references, context);
}

/** A part with an unknown item may have the name. `internet` is a party of flows and chains. */
const isKnown = (
  { value: name, path }: Reference,
  parts: readonly NamedPart[],
  { draft, renames }: Context,
): boolean =>
  (/\.never\.to$/.test(path) && parseHostName(name.replace(/^\*\./, ""), true).ok) ||
  (name === INTERNET && parts.includes("externalNetworks")) ||
  renames.has(name) ||
  [...renames.values()].includes(name) ||
  parts.some((part) => draft.spec[part] === UNKNOWN || draft[part].some((item) => item.name === name));

const namesOf = (part: NamedPart, { draft }: Context): string[] => draft[part].map(({ name }) => name);

/** The name of something that cannot stand there. */
function misplaced(reference: Reference, found: NamedPart | undefined, context: Context): Diagnostic {
  const { value: name, path } = reference;
  const parts = partsNamedAt(path);
  const isChain = path.startsWith("assertions") && found === "privateEndpoints";
  const expected = parts.includes("zones") ? "zone-expected" : "endpoint-unknown";
  const code = isChain ? "chain-from-endpoint" : expected;
  const noun = found === "externalNetworks" ? "external network" : found && NOUNS[found];
  const article = found === "zones" ? "a" : "an";
  const is = noun === undefined ? "no zone" : `${article} ${noun}, no ${nounsOf(parts)}`;
  const known = parts.flatMap((part) => namesOf(part, context));
  const isFlow = path.startsWith("flows") && found === "privateEndpoints";
  const why = isChain
    ? "Endpoints answer; they open no connections. "
    : isFlow
      ? `No flow leads to an endpoint: privateEndpoints.${name}.from names the zones that use it. `
      : "";
  return error(code, path, `${quoted(name)} is ${is}`, `${why}Known here: ${known.join(", ") || "nothing"}.`);
}

function nounsOf(parts: readonly NamedPart[]): string {
  const nouns = keysOf(NOUNS).flatMap((part) => (parts.includes(part) ? NOUNS[part] : []));
  return enumerate(nouns, "or");
}

/** `uses` are all places with one unknown name. */
function* unknownName(
  uses: readonly Reference[],
  references: readonly Reference[],
  context: Context,
): Iterable<Diagnostic> {
  const [first, ...others] = uses;
  if (first === undefined) return;
  const { value: name, path } = first;
  // Places that take zones alone and places that take networks too speak of one name.
  const [parts = []] = uses.map((use) => partsNamedAt(use.path)).sort((a, b) => a.length - b.length);
  const names = parts.flatMap((part) => namesOf(part, context));
  const several = name.split(/[\s,]+/);
  const areKnown = several.length > 1 && several.every((each) => names.includes(each));
  const meant = areKnown ? undefined : nearest(name, names);
  const item = itemsWithNames(context.draft).find((each) => each.name === meant && names.includes(each.name));
  const isUnused = !references.some(({ value }) => value === meant);
  // Several places agree, and nothing uses the item: its own name is the mistyped one.
  const isOwnName = item !== undefined && others.length > 0 && isUnused;
  const at = isOwnName ? item.path : path;
  const places = (isOwnName ? uses : others).map((use) => use.path);
  const lines = [...new Set(places.map(context.lineOf))];
  const also =
    lines.length === 0
      ? ""
      : ` It ${isOwnName ? "" : "also "}stands on line${lines.length === 1 ? "" : "s"} ${lines.join(", ")}.`;
  const known = [...names].sort((a, b) => Number(b === meant) - Number(a === meant)).join(", ");
  const code = parts.includes("zones") ? "zone-unknown" : "endpoint-unknown";
  const summary = `no ${nounsOf(parts)} is called ${quoted(name)}`;
  const applicability = likeness(name, meant);
  const edits: Edit[] = isOwnName
    ? [renaming(item.path, name, applicability)]
    : uses.flatMap((use) => (meant === undefined ? [] : [correcting(use, meant, applicability)]));
  const split = areKnown
    ? `These are several names. Write commas between them: [${several.join(", ")}].`
    : undefined;
  const explained = split ?? (meant === undefined ? explainParty(first, context) : undefined);
  const detail = explained ?? (known === "" ? "There are none." : `Known: ${known}.`);
  const facts = { name, ...(meant === undefined ? {} : { meant }) };
  yield error(code, at, summary, `${detail}${also}`, { facts, edits, also: places });
}

export const correcting = ({ path, isKey }: Reference, meant: string, applicability?: Applicability): Edit =>
  (isKey ? renaming : setting)(path, meant, applicability);
