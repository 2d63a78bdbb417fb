/** Values to propose in place of one of the wrong kind, made of what the user wrote as far as that says anything. */

import { stringify } from "yaml";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { asYaml, lastKey, removing, replacing } from "../../diagnostics/edit";
import { BACKENDS } from "../../model/enclave";
import { lookup } from "../../model/lookup";
import { labelOf, parseName } from "../schema/parse";
import { likelyPorts } from "../schema/ports";
import { hasUnreadable, isMapping } from "../yaml/nodes";
import { adding, isRequired, NUMBERS } from "./samples";
import { meantBy } from "./synonyms";

/** Fields whose text is the name of something else in the spec: no number is. */
const REFERENCES: readonly string[] = ["from", "to", "via", "zone", "endpoint", "was", "quarantine"];

/** The edit for a value of the wrong kind; undefined for the whole document. `wanted` is the kind in words. */
export function insteadOf(path: SpecPath, wanted: string, input: unknown): string | undefined {
  if (path === "") return "# npx enclave init writes a spec to start from";
  if (input === null || input === undefined || hasUnreadable(input)) return withoutValue(path);
  if (wanted.endsWith("number")) return replacing(path, numberIn(input) ?? NUMBERS[lastKey(path)] ?? 1);
  if (wanted.includes("text") && !wanted.includes("list")) return textOf(path, input);
  if (wanted.includes("list")) return listOf(path, input);
  if (wanted.includes("mapping")) return mappingOf(path, input);
  return withoutValue(path);
}

/** What is needed gets a value, what is not needed goes; what narrows an item goes with it, because the rest would open more. */
export const withoutValue = (path: SpecPath): string =>
  isRequired(path)
    ? adding(path)
    : removing(path.replace(/(?<=^(?:flows|privateEndpoints)\b.*)\.(?:sources|resources)$/, ""));

/** The first number in a text, `1,000` and `/25` and `90d`; of a fraction the next whole number. */
function numberIn(input: unknown): number | undefined {
  const text =
    typeof input === "number"
      ? String(Math.ceil(input))
      : typeof input === "string"
        ? input.replaceAll(/(?<=\d)(?:_(?=\d)|[,'\s](?=\d{3}))/g, "")
        : "";
  const [found] = /\d{1,15}/.exec(text) ?? [];
  return found === undefined ? undefined : Number(found);
}

function textOf(path: SpecPath, input: unknown): string {
  const [only = input] = Array.isArray(input) ? (input as unknown[]) : [];
  if (typeof only === "object" && only !== null) return withoutValue(path);
  // The first alone would assert less.
  if (Array.isArray(input) && input.length > 1 && path.startsWith("assertions["))
    return `# write an assertion for each: ${input.join(", ")}`;
  const text = String(only);
  const key = lastKey(path);
  if (key === "ports") return replacing(path, likelyPorts(text) ?? "443/tcp");
  if (REFERENCES.includes(key) && !parseName(text).ok) return withoutValue(path);
  return replacing(path, key === "name" && !parseName(text).ok ? labelOf(text) : text);
}

/** Lists whose entries are mappings. */
const LISTS_OF_ITEMS: readonly string[] = ["flows", "egress", "assertions", "waive", "interfaces"];

function listOf(path: SpecPath, input: unknown): string {
  const key = lastKey(path);
  if (isMapping(input)) {
    const items = Object.values(input);
    const isOneItem = ["from", "to", "never", "through", "rule", "name"].some((field) => field in input);
    if (["flows", "egress"].includes(path) && items.length > 0 && !isOneItem && items.every(isNames))
      return `# a list of what is opened, like:\n${block(
        path,
        Object.entries(input).map(([from, to]) => ({
          from,
          to: path === "egress" ? [to].flat() : to,
          ports: ["443/tcp"],
          why: "what for",
        })),
      )}`;
    if (!LISTS_OF_ITEMS.includes(key) || items.length === 0 || !(isOneItem || items.every(isMapping)))
      return withoutValue(path);
    const whole = isOneItem ? [input] : items;
    return path === key ? block(key, whole) : `${key}: [${whole.map(inFlow).join(", ")}]`;
  }
  const words = String(input)
    .split(/[\s,]+/)
    .filter(Boolean);
  if (key === "ports") {
    const ports = words.map(likelyPorts);
    return ports.length === 0 || ports.includes(undefined)
      ? withoutValue(path)
      : `ports: [${ports.join(", ")}]`;
  }
  const isList =
    typeof input === "string" && words.length > 0 && words.every((word) => /^[\w.*/:-]+$/.test(word));
  return isList && !LISTS_OF_ITEMS.includes(key)
    ? `${key}: [${words.map(asYaml).join(", ")}]`
    : withoutValue(path);
}

const isNames = (value: unknown): boolean => [value].flat().every((each) => typeof each === "string");

/** Mappings that most specs give one value in, and how it is written. */
const ONLY = lookup<(words: readonly string[], input: unknown) => string | undefined>({
  logging: (_, input) => `{ retentionDays: ${numberIn(input) ?? NUMBERS["retentionDays"]} }`,
  dns: (words) => `{ allow: [${words.map(asYaml).join(", ")}] }`,
  terraform: (_, input) => `{ azurerm: ${numberIn(input) === 5 ? 5 : 4} }`,
  backend: ([type = ""]) => `{ type: ${meantBy("type", type, BACKENDS) ?? "s3"} }`,
  zoneNames: (words) => `{ <cloud>: [${words.map(asYaml).join(", ")}] }`,
  resources: (words, input) =>
    typeof input === "number" ? undefined : `{ ${cloudOf(words)}: [${words.map(asYaml).join(", ")}] }`,
});

function mappingOf(path: SpecPath, input: unknown): string {
  const key = lastKey(path);
  const items: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (Array.isArray(input) && items.length > 0 && items.every(hasName))
    return block(key, Object.fromEntries(items.map(({ name, ...item }) => [name, item])));
  const words = items.flatMap((item) =>
    typeof item === "string" || typeof item === "number" ? [String(item)] : [],
  );
  const only = words.length === items.length && words.length > 0 ? ONLY[key]?.(words, input) : undefined;
  if (only !== undefined) return `${key}: ${only}`;
  const isItem = /^(?:zones|privateEndpoints|externalNetworks|publish)\.[^.[]+$/.test(path);
  return isItem ? adding(path, typeof input === "string" ? input : "") : withoutValue(path);
}

const hasName = (item: unknown): item is { readonly name: string } =>
  isMapping(item) && typeof item["name"] === "string";

function cloudOf([first]: readonly unknown[]): string {
  if (/^\/subscriptions\//i.test(String(first))) return "azure";
  return String(first).startsWith("arn:") ? "aws" : "google";
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
