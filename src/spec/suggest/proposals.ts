/** Values to propose in place of one of the wrong kind, made of what the user wrote as far as that says anything. */

import { stringify } from "yaml";
import { CLOUDS } from "../../clouds/cloud";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { meantBy } from "../../diagnostics/did-you-mean";
import { asYaml, isEntry, lastKey, removing, replacing } from "../../diagnostics/edit";
import { joinPath, splitPath } from "../../diagnostics/path";
import type { Problem } from "../../diagnostics/problem";
import {
  type Field,
  factsAt,
  fieldAt,
  fieldsOf,
  isListOfItems,
  isNamedPart,
  kindsAt,
  kindsOf,
  valuesOf,
} from "../schema/fields";
import { parseName } from "../schema/parse";
import { hasUnknown, isMapping } from "../unknown";
import { adding, isRequired, sampleAt, sampleOf } from "./samples";

/** The edit for a value of the wrong kind; undefined for the whole document. */
export function insteadOf(path: SpecPath, input: unknown): string | undefined {
  if (path === "") return "# npx enclave init writes a spec to start from";
  if (input === null || input === undefined || hasUnknown(input)) return withoutValue(path);
  const kinds = kindsAt(path);
  if (kinds.includes("number")) return replacing(path, numberIn(input) ?? Number(sampleAt(path) ?? 1));
  if (kinds.includes("list")) return listOf(path, input);
  if (kinds.includes("text")) return textOf(path, input);
  if (kinds.includes("mapping")) return mappingOf(path, input);
  return withoutValue(path);
}

/** A required field gets a value, every other goes. A field that narrows its item takes the item with it. */
export function withoutValue(path: SpecPath): string {
  if (isRequired(path)) return adding(path);
  const segments = splitPath(path);
  for (let length = 1; length <= segments.length; length++) {
    const field = joinPath("", ...segments.slice(0, length));
    if (factsAt(field).narrows) return removing(joinPath("", ...segments.slice(0, length - 1)));
  }
  return removing(path);
}

/** The first number in a text, `1,000` and `/25` and `90d`; of a fraction the next whole number. */
function numberIn(input: unknown): number | undefined {
  if (typeof input === "number") return numberIn(String(Math.ceil(input)));
  if (typeof input !== "string") return undefined;
  const [found] = /\d{1,15}/.exec(input.replaceAll(/(?<=\d)(?:_(?=\d)|[,'\s](?=\d{3}))/g, "")) ?? [];
  return found === undefined ? undefined : Number(found);
}

/** A word as the field takes it: itself, or what its parser reads from it; undefined where it means nothing there. */
function asWord({ schema, facts }: Field, word: string): string | undefined {
  if (facts.refersTo !== undefined && !parseName(word).ok) return undefined;
  const [issue] = schema.safeParse(word).error?.issues ?? [];
  // A guess that fits one service only is left to the check of the word itself.
  if (issue === undefined || facts.onlyFor !== undefined) return word;
  const problem = issue.code === "custom" ? (issue.params?.["problem"] as Problem | undefined) : undefined;
  return problem?.isExample ? undefined : problem?.instead;
}

function textOf(path: SpecPath, input: unknown): string {
  const values: readonly unknown[] = Array.isArray(input) && input.length > 0 ? input : [input];
  const [first, second] = values;
  const field = fieldAt(path);
  if (field === undefined || values.some((each) => typeof each === "object" && each !== null))
    return withoutValue(path);
  const { refersTo } = field.facts;
  // The first name alone would say less than was written.
  if (second !== undefined && refersTo !== undefined && refersTo.length > 0 && !isEntry(path))
    return `# write an entry of ${splitPath(path)[0]} for each: ${values.join(", ")}`;
  const word = asWord(field, String(first));
  if (word !== undefined && (second === undefined || !isEntry(path))) return replacing(path, word);
  return refersTo === undefined && !isEntry(path) ? adding(path) : withoutValue(path);
}

function listOf(path: SpecPath, input: unknown): string {
  if (isListOfItems(path)) return isMapping(input) ? itemsOf(path, input) : withoutValue(path);
  const words = wordsIn(input);
  const taken = asWords(fieldAt(joinPath(path, 0)), words);
  // A number is a word only where the parser makes one of it, as it makes 443/tcp of 443.
  const isSound = typeof input === "string" || taken?.some((word, index) => word !== words[index]);
  return taken !== undefined && isSound ? `${lastKey(path)}: ${inFlow(taken)}` : withoutValue(path);
}

/** Words as entries of a list; undefined where one of them means nothing there. */
function asWords(element: Field | undefined, words: readonly string[]): string[] | undefined {
  const taken = element === undefined ? [] : words.flatMap((word) => asWord(element, word) ?? []);
  return taken.length === 0 || taken.length < words.length ? undefined : taken;
}

/** Words with commas or spaces between them; empty where something else is among them. */
function wordsIn(input: unknown): string[] {
  if (typeof input !== "string" && typeof input !== "number") return [];
  const words = String(input)
    .split(/[\s,]+/)
    .filter(Boolean);
  return words.every((word) => /^[\w.*/:-]+$/.test(word)) ? words : [];
}

/** A mapping where a list of items is wanted: it is one item, or holds items by names that they do not have. */
function itemsOf(path: SpecPath, input: Readonly<Record<string, unknown>>): string {
  const fields = fieldsOf(fieldAt(joinPath(path, 0))?.schema);
  const isOneItem = Object.keys(input).some((key) => Object.hasOwn(fields, key));
  const items = isOneItem ? [input] : Object.values(input);
  if (items.length === 0 || !items.every(isMapping)) return withoutValue(path);
  const key = lastKey(path);
  return path === key ? block(key, items) : `${key}: [${items.map(inFlow).join(", ")}]`;
}

function mappingOf(path: SpecPath, input: unknown): string {
  const items: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (isNamedPart(path) && Array.isArray(input) && items.length > 0 && items.every(hasName))
    return block(path, Object.fromEntries(items.map(({ name, ...item }) => [name, item])));
  const field = fieldAt(path);
  const words = items.filter((item) => typeof item === "string" || typeof item === "number");
  if (field === undefined || words.length === 0 || words.length < items.length) return withoutValue(path);
  const texts = words.map(String);
  const sample = field.facts.byCloud ? forOneCloud(field, input, texts) : aroundMain(path, field, texts);
  return sample === undefined ? withoutValue(path) : adding(path, sample);
}

const hasName = (item: unknown): item is { readonly name: string } =>
  isMapping(item) && typeof item["name"] === "string";

/** A mapping around the value of its main field, which stands in its place. */
function aroundMain(path: SpecPath, field: Field, texts: readonly string[]): string | undefined {
  const { mainField = "" } = field.facts;
  const main = fieldsOf(field.schema)[mainField];
  if (main === undefined) return undefined;
  const [only] = texts.length === 1 ? texts : [];
  const values = valuesOf(main.schema);
  const kinds = kindsOf(main.schema);
  if (kinds.includes("list")) {
    const taken = asWords(fieldAt(joinPath(path, mainField, 0)), texts.flatMap(wordsIn));
    return taken && sampleOf(field, inFlow(taken));
  }
  const meant = kinds.includes("number")
    ? numberIn(only)?.toString()
    : only && meantBy(only, values, main.facts.words);
  const isTaken = meant !== undefined && (values.length === 0 || values.includes(meant));
  return sampleOf(field, isTaken ? meant : (sampleOf(main) ?? values[0]));
}

/** A list for the one cloud whose entries have this form; `<cloud>`, the spec's own cloud, where all of them take it. */
function forOneCloud({ schema }: Field, input: unknown, texts: readonly string[]): string | undefined {
  const fields = fieldsOf(schema);
  const words = texts.flatMap(wordsIn);
  const takers = CLOUDS.filter((cloud) => fields[cloud]?.schema.safeParse(words).success);
  const cloud = takers.length === CLOUDS.length ? "<cloud>" : takers[0];
  if (cloud === undefined || words.length === 0 || typeof input === "number") return undefined;
  return `{ ${cloud}: ${inFlow(words)} }`;
}

const inFlow = (value: unknown): string =>
  stringify(value, {
    collectionStyle: "flow",
    lineWidth: 0,
    flowCollectionPadding: !Array.isArray(value),
  }).trimEnd();

/** A part of the spec, each item on a line. */
export function block(key: string, value: object): string {
  const lines = Array.isArray(value)
    ? value.map((each) => `  - ${inFlow(each)}`)
    : Object.entries(value).map(([name, each]) => `  ${asYaml(name)}: ${inFlow(each)}`);
  return [`${key}:`, ...lines].join("\n");
}
