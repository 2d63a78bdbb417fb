/** Values to propose in place of one of the wrong kind, made of what the user wrote as far as that says anything. */

import { stringify } from "yaml";
import type { z } from "zod";
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
  if (issue === undefined) return word;
  return issue.code === "custom" ? (issue.params?.["problem"] as Problem).instead : undefined;
}

function textOf(path: SpecPath, input: unknown): string {
  const [only = input, ...more] = Array.isArray(input) ? (input as unknown[]) : [];
  const field = fieldAt(path);
  if (field === undefined || (typeof only === "object" && only !== null)) return withoutValue(path);
  // The first name alone would say less than was written.
  if (more.length > 0 && field.facts.refersTo !== undefined)
    return `# write an entry of ${splitPath(path)[0]} for each: ${[only, ...more].join(", ")}`;
  const word = asWord(field, String(only));
  if (word !== undefined) return replacing(path, word);
  return isEntry(path) && field.facts.refersTo === undefined
    ? `- ${sampleOf(field) ?? ""}`
    : withoutValue(path);
}

function listOf(path: SpecPath, input: unknown): string {
  if (isListOfItems(path)) return isMapping(input) ? itemsOf(path, input) : withoutValue(path);
  const element = fieldAt(joinPath(path, 0));
  const words = wordsIn(input);
  if (element === undefined || words.length === 0) return withoutValue(path);
  const taken = words.map((word) => asWord(element, word));
  // A number is a word only where the parser makes one of it, as it makes 443/tcp of 443.
  const isSound = typeof input === "string" || taken.some((word, index) => word !== words[index]);
  if (!isSound || taken.includes(undefined)) return withoutValue(path);
  return `${lastKey(path)}: ${inFlow(taken)}`;
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
  const key = lastKey(path);
  const items: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (isNamedPart(path) && Array.isArray(input) && items.length > 0 && items.every(hasName))
    return block(key, Object.fromEntries(items.map(({ name, ...item }) => [name, item])));
  const field = fieldAt(path);
  const words = items.filter((item) => typeof item === "string" || typeof item === "number");
  if (field === undefined || words.length === 0 || words.length < items.length) return withoutValue(path);
  const sample = field.facts.byCloud
    ? forOneCloud(field, words, input)
    : sampleOf(field, mainOf(field, words));
  return sample === undefined ? withoutValue(path) : `${key}: ${sample}`;
}

const hasName = (item: unknown): item is { readonly name: string } =>
  isMapping(item) && typeof item["name"] === "string";

/** The value of a mapping's main field that stands in place of the mapping. */
function mainOf({ schema, facts }: Field, words: readonly (string | number)[]): string | undefined {
  const main = facts.mainField === undefined ? undefined : fieldsOf(schema)[facts.mainField];
  const [first = ""] = words;
  if (main === undefined) return undefined;
  const values = valuesOf(main.schema);
  const kinds = kindsOf(main.schema);
  if (kinds.includes("list")) return inFlow(words.map(String));
  if (!kinds.includes("number")) return meantBy(String(first), values, main.facts.words) ?? sampleOf(main);
  const number = String(numberIn(first) ?? sampleOf(main));
  return values.length === 0 || values.includes(number) ? number : values[0];
}

/** A list for the one cloud whose entries have this form; `<cloud>`, the spec's own cloud, where all of them take it. */
function forOneCloud(
  { schema }: Field,
  words: readonly (string | number)[],
  input: unknown,
): string | undefined {
  const fields = fieldsOf(schema);
  if (typeof input === "number" || !CLOUDS.every((cloud) => fields[cloud] && isList(fields[cloud])))
    return undefined;
  const texts = words.map(String);
  const takers = CLOUDS.filter((cloud) => fields[cloud]?.schema.safeParse(texts).success);
  const cloud = takers.length === CLOUDS.length ? "<cloud>" : takers[0];
  return cloud === undefined ? undefined : `{ ${cloud}: ${inFlow(texts)} }`;
}

const isList = ({ schema }: Field): boolean => kindsOf(schema as z.core.$ZodType).includes("list");

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
