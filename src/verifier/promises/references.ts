/** References: each leads to something in the document, and nothing stands behind it. */
import { type Fault, unless } from "../replay/fault";
import { everyResource, table } from "../terraform/document";
import { type EnclavePromise, promise } from "./promise";

export const REFERENCES: readonly EnclavePromise[] = [
  promise("every reference leads to something in the document, and says nothing beside", ({ document }) => {
    const named = (part: string, kind = part): [string, unknown][] =>
      Object.entries(table(document, part)).map(([name, value]) => [`${kind}.${name}`, value]);
    const locals = named("locals", "local");
    const known = new Set(
      [...everyResource(document), ...locals, ...named("variable", "var")].map(([address]) => address),
    );
    const parts = [...everyResource(document), ...locals, ...named("output")];
    return parts.flatMap(([resource, body]) => faultsIn(known, resource, body));
  }),
];

const ADDRESS = /(?<![\w.])((?:aws|azurerm|google)_\w+|local|var)\.(\w+)/g;
/** One plain reference, and more. A subnet of Azure has its network's id and its name; its reader knows both. */
const TRAILING = /^\$\{(?:(?:aws|azurerm|google)_\w+|local|var)\.[\w.[\]]+\}(?!\/subnets\/[\w.-]+$)(?=.)/s;

/** `$${…}` is how Terraform writes a text that looks like an expression. */
const ESCAPED = /\$\$\{[^}]*\}?/g;

function faultsIn(known: ReadonlySet<string>, resource: string, value: unknown, key = ""): Fault[] {
  if (typeof value === "string") return faultsOf(known, resource, value, key === "depends_on");
  if (typeof value !== "object" || value === null) return [];
  const all: Fault[] = [];
  for (const [name, item] of Object.entries(value))
    all.push(...faultsIn(known, resource, item, Array.isArray(value) ? key : name));
  return all;
}

function faultsOf(known: ReadonlySet<string>, resource: string, text: string, isAddress: boolean): Fault[] {
  if (!isAddress && !text.includes("${")) return [];
  const value = text.replaceAll(ESCAPED, "");
  if (!isAddress && !value.includes("${")) return [];
  const lost = [...value.matchAll(ADDRESS)].find(([, type, name]) => !known.has(`${type}.${name}`));
  return [
    ...unless(lost === undefined, resource, `${lost?.[0]} is not there`),
    ...unless(!TRAILING.test(value), resource, `something stands behind a reference: ${value}`),
  ];
}
