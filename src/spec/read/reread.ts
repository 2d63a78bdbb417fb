/** Reads a value of the wrong kind as what the user surely or probably meant: `443` as a list of one port. */
import { CLOUDS } from "../../clouds/cloud";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { meantBy } from "../../diagnostics/did-you-mean";
import type { Applicability } from "../../diagnostics/edit";
import type { Problem } from "../../diagnostics/problem";
import { type Field, fieldAt, fieldBelow, fieldsOf, kindsOf, referencesIn, valuesOf } from "../schema/fields";
import { parseName } from "../schema/parse";
import { NAMED_ITEMS } from "../schema/schema";
import { hasUnknown, isMapping } from "../unknown";

interface Reading {
  readonly value: unknown;
  readonly applicability: Applicability;
}

/** Undefined if nothing that the schema takes follows from the value. */
export function reread(path: SpecPath, raw: unknown): Reading | undefined {
  const field = path === "" ? undefined : fieldAt(path);
  if (field === undefined || raw === null || hasUnknown(raw)) return undefined;
  for (const reading of readingsOf(field, raw, path)) {
    // A number in quotes is text, and no name.
    const areNames = referencesIn(reading.value, path).every(({ value }) => parseName(value).ok);
    if (areNames && field.schema.safeParse(reading.value).success) return reading;
  }
  return undefined;
}

const exactly = (value: unknown): Reading => ({ value, applicability: "exact" });
const likely = (value: unknown): Reading => ({ value, applicability: "likely" });

function* readingsOf(field: Field, raw: unknown, path: SpecPath): Iterable<Reading> {
  const kinds = kindsOf(field.schema);
  if (kinds.includes("number")) yield* numbersIn(raw);
  if (kinds.includes("flag") && (raw === "true" || raw === "false")) yield exactly(raw === "true");
  if (kinds.includes("list")) yield* listsFrom(field, raw);
  if (kinds.includes("text")) yield* textsFrom(field, raw);
  if (kinds.includes("mapping")) yield* mappingsFrom(field, raw, path);
}

/** `"500"` is that number; `90d`, `/25` and `1,000` say it in other words. `020` is 16 to many readers. */
function* numbersIn(raw: unknown): Iterable<Reading> {
  if (typeof raw !== "string") return;
  if (/^(?:0|[1-9]\d{0,14})$/.test(raw)) yield exactly(Number(raw));
  const [, found] =
    /^\/?(\d{1,15})\s*(?:d|days?|hosts?)?$/.exec(raw.replaceAll(/(?<=\d)[_,'\s](?=\d{3})/g, "")) ?? [];
  if (found !== undefined) yield likely(Number(found));
}

/** One value in place of its list; words with commas between them; one item in place of all. */
function* listsFrom(list: Field, raw: unknown): Iterable<Reading> {
  if (Array.isArray(raw)) return;
  yield exactly([raw]);
  const entry = fieldBelow(list, 0);
  if (isMapping(raw) && Object.values(raw).every(isMapping)) yield likely(Object.values(raw));
  if (entry === undefined || isMapping(raw)) return;
  const words = String(raw)
    .split(/[\s,]+/)
    .filter(Boolean);
  yield exactly(words);
  const read = words.map((word) => wordFor(entry, word));
  if (read.every((word) => word !== undefined)) yield likely(read);
}

function* textsFrom(field: Field, raw: unknown): Iterable<Reading> {
  const words = [raw].flat();
  const [word] = words;
  if (words.length !== 1 || (typeof word !== "string" && typeof word !== "number")) return;
  yield exactly(String(word));
  const read = wordFor(field, String(word));
  if (read !== undefined) yield likely(read);
}

/** The word that a parser makes of another, `443/tcp` of `443`. */
function wordFor({ schema, facts }: Field, word: string): string | undefined {
  const [issue] = schema.safeParse(word).error?.issues ?? [];
  if (issue === undefined) return word;
  const problem = issue.code === "custom" ? (issue.params?.["problem"] as Problem | undefined) : undefined;
  return problem?.instead ?? meantBy(word, valuesOf(schema), facts.words);
}

/** Items with their names inside; a value for the one cloud that takes it; a value of the main field. */
function* mappingsFrom(field: Field, raw: unknown, path: SpecPath): Iterable<Reading> {
  const items = [raw].flat();
  if (Object.hasOwn(NAMED_ITEMS, path) && items.length > 0 && items.every(hasName))
    yield likely(Object.fromEntries(items.map(({ name, ...item }) => [name, item])));
  if (items.some((item) => typeof item === "object")) return;
  const fields = fieldsOf(field.schema);
  const takers = CLOUDS.filter((cloud) => fields[cloud]?.schema.safeParse(items).success);
  if (field.facts.byCloud && takers.length === 1) yield likely({ [takers[0] ?? ""]: items });
  const { mainField = "" } = field.facts;
  const main = fieldBelow(field, mainField);
  if (main === undefined) return;
  for (const { value } of [likely(raw), ...readingsOf(main, raw, "")]) yield likely({ [mainField]: value });
}

const hasName = (item: unknown): item is { readonly name: string } =>
  isMapping(item) && typeof item["name"] === "string";
