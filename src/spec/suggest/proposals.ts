/** Values to propose in place of one of the wrong kind, made from the user's words if they have a meaning. */

import { stringify } from "yaml";
import { CLOUDS } from "../../clouds/cloud";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { meantBy } from "../../diagnostics/did-you-mean";
import { asYaml, isEntry, removing } from "../../diagnostics/edit";
import { joinPath, splitPath } from "../../diagnostics/path";
import type { Problem } from "../../diagnostics/problem";
import {
  type Field,
  factsAt,
  fieldAt,
  fieldBelow,
  fieldsOf,
  isNamedPart,
  kindsOf,
  valuesOf,
} from "../schema/fields";
import { parseName } from "../schema/parse";
import { hasUnknown, isMapping } from "../unknown";
import { adding, isRequired, sampleOf } from "./samples";

/** The edit for a value of the wrong kind; undefined for the whole document. */
export function insteadOf(path: SpecPath, input: unknown): string | undefined {
  if (path === "") return "# npx enclave init writes a spec to start from";
  const field = fieldAt(path);
  const isNothing = input === null || input === undefined || hasUnknown(input) || isEmptyList(input);
  if (field === undefined || isNothing) return withoutValue(path);
  const { refersTo } = field.facts;
  const takesOne = !isEntry(path) && !kindsOf(field.schema).includes("list");
  // The first of several names alone would lose a part of the user's words.
  if (takesOne && refersTo !== undefined && refersTo.length > 0 && Array.isArray(input) && input.length > 1)
    return `# write an entry of ${splitPath(path)[0]} for each: ${input.map(String).join(", ")}`;
  const value = valueFor(field, input, path);
  if (value !== undefined) return isEntry(path) ? `- ${value}` : adding(path, value);
  const isWord = takesOne && refersTo === undefined && ![input].flat().some(isObject);
  return isWord && kindsOf(field.schema).includes("text") ? adding(path) : withoutValue(path);
}

const isEmptyList = (input: unknown): boolean => Array.isArray(input) && input.length === 0;

/** A required field gets a value, every other is removed; one that narrows its item, with the item. */
export function withoutValue(path: SpecPath): string {
  if (isRequired(path)) return adding(path);
  const segments = splitPath(path);
  const narrowing = segments.findIndex(
    (_, index) => factsAt(joinPath("", ...segments.slice(0, index + 1))).narrows,
  );
  return removing(narrowing < 0 ? path : joinPath("", ...segments.slice(0, narrowing)));
}

/** The input as YAML of the field's kind; undefined if nothing in it is a value for the field. */
function valueFor(field: Field, input: unknown, path: SpecPath): string | undefined {
  const kinds = kindsOf(field.schema);
  if (kinds.includes("number")) return String(numberIn(input) ?? sampleOf(field) ?? 1);
  if (kinds.includes("list")) return listFor(field, input, path);
  if (kinds.includes("mapping") && !kinds.includes("text")) return mappingFor(field, input, path);
  const values: readonly unknown[] = Array.isArray(input) ? input : [input];
  const isPlain = values.length === 1 || !isEntry(path);
  const word = isPlain && !values.some(isObject) ? asWord(field, String(values[0])) : undefined;
  return word && asYaml(word);
}

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** The first number in a text, `1,000` and `/25` and `90d`; of a fraction the next whole number. */
function numberIn(input: unknown): number | undefined {
  if (typeof input === "number") return numberIn(String(Math.ceil(input)));
  if (typeof input !== "string") return undefined;
  const [found] = /\d{1,15}/.exec(input.replaceAll(/(?<=\d)(?:_(?=\d)|[,'\s](?=\d{3}))/g, "")) ?? [];
  return found === undefined ? undefined : Number(found);
}

/** A word that the field accepts: the input or its parsed form; undefined if it has no meaning there. */
function asWord({ schema, facts }: Field, word: string): string | undefined {
  if (facts.refersTo !== undefined && !parseName(word).ok) return undefined;
  const [issue] = schema.safeParse(word).error?.issues ?? [];
  // The check of the word itself handles a guess that fits one service only.
  if (issue === undefined || facts.onlyFor !== undefined) return word;
  const problem = issue.code === "custom" ? (issue.params?.["problem"] as Problem | undefined) : undefined;
  return problem?.isExample ? undefined : problem?.instead;
}

/** Words as entries of a list; undefined if one of them has no meaning there. */
function asWords(list: Field, words: readonly string[]): string[] | undefined {
  const entry = fieldBelow(list, 0);
  const taken = entry === undefined ? [] : words.flatMap((word) => asWord(entry, word) ?? []);
  return taken.length === 0 || taken.length < words.length ? undefined : taken;
}

/** Words with commas or spaces between them; empty if the text holds anything else. */
function wordsIn(text: string): string[] {
  const words = text.split(/[\s,]+/).filter(Boolean);
  return words.every((word) => /^[\w.*/:-]+$/.test(word)) ? words : [];
}

function listFor(field: Field, input: unknown, path: SpecPath): string | undefined {
  const entry = fieldBelow(field, 0);
  if (entry !== undefined && kindsOf(entry.schema).includes("mapping"))
    return isMapping(input) ? itemsFor(entry, input, path) : undefined;
  if (typeof input !== "string" && typeof input !== "number") return undefined;
  const words = wordsIn(String(input));
  const taken = asWords(field, words);
  // A number is a word only if the parser makes one of it, as it makes 443/tcp of 443.
  const isSound = typeof input === "string" || taken?.some((word, index) => word !== words[index]);
  return taken && isSound ? inFlow(taken) : undefined;
}

/** A mapping in place of a list of items: it is one item, or holds items by names that they do not have. */
function itemsFor(entry: Field, input: object, path: SpecPath): string | undefined {
  const isOneItem = Object.keys(input).some((key) => key in fieldsOf(entry.schema));
  const items = isOneItem ? [input] : Object.values(input);
  if (items.length === 0 || !items.every(isMapping)) return undefined;
  return splitPath(path).length === 1 ? inLines(items) : `[${items.map(inFlow).join(", ")}]`;
}

function mappingFor(field: Field, input: unknown, path: SpecPath): string | undefined {
  const items: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (isNamedPart(path) && Array.isArray(input) && items.length > 0 && items.every(hasName))
    return inLines(Object.fromEntries(items.map(({ name, ...item }) => [name, item])));
  const words = items.filter((item) => typeof item === "string" || typeof item === "number").map(String);
  if (words.length === 0 || words.length < items.length) return undefined;
  if (field.facts.byCloud) return typeof input === "number" ? undefined : forOneCloud(field, words);
  const { mainField } = field.facts;
  const main = mainField === undefined ? undefined : fieldBelow(field, mainField);
  const value = main && mainValue(main, words);
  return value && sampleOf(field, value);
}

const hasName = (item: unknown): item is { readonly name: string } =>
  isMapping(item) && typeof item["name"] === "string";

/** The value of a mapping's main field, from words that stand in place of the mapping. */
function mainValue(main: Field, words: readonly string[]): string | undefined {
  const kinds = kindsOf(main.schema);
  if (kinds.includes("list")) {
    const taken = asWords(main, words.flatMap(wordsIn));
    return taken && inFlow(taken);
  }
  const values = valuesOf(main.schema);
  const [only = ""] = words.length === 1 ? words : [];
  const meant = kinds.includes("number")
    ? numberIn(only)?.toString()
    : meantBy(only, values, main.facts.words);
  const isTaken = meant !== undefined && (values.length === 0 || values.includes(meant));
  return isTaken ? meant : (sampleOf(main) ?? values[0]);
}

/** A list for the one cloud whose entries have this form; for `<cloud>`, the spec's own, if all take it. */
function forOneCloud({ schema }: Field, texts: readonly string[]): string | undefined {
  const fields = fieldsOf(schema);
  const words = texts.flatMap(wordsIn);
  const takers = CLOUDS.filter((cloud) => fields[cloud]?.schema.safeParse(words).success);
  const cloud = takers.length === CLOUDS.length ? "<cloud>" : takers[0];
  return cloud === undefined || words.length === 0 ? undefined : `{ ${cloud}: ${inFlow(words)} }`;
}

const inFlow = (value: unknown): string =>
  stringify(value, {
    collectionStyle: "flow",
    lineWidth: 0,
    flowCollectionPadding: !Array.isArray(value),
  }).trimEnd();

/** The items of a part, each on a line below its key. */
export function inLines(items: object): string {
  const lines = Array.isArray(items)
    ? items.map((each) => `  - ${inFlow(each)}`)
    : Object.entries(items).map(([name, each]) => `  ${asYaml(name)}: ${inFlow(each)}`);
  return ["", ...lines].join("\n");
}
