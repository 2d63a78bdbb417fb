/** Tables of docs/spec.md: the fields of a part as the schema has them, the services, and the role rules. */
import { CLOUDS } from "../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../src/clouds/clouds";
import { SERVICE_NAMES, SERVICES } from "../../src/clouds/services";
import { joinPath } from "../../src/diagnostics/path";
import { keysOf } from "../../src/model/lookup";
import { ROLE_RULES } from "../../src/model/roles";
import { type Field, fieldAt, fieldOf, fieldsOf } from "../../src/spec/schema/fields";
import { LISTED_ITEMS, NAMED_ITEMS, settingsShape } from "../../src/spec/schema/schema";

const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), `|${"---|".repeat(head.length)}`, ...rows.map((cells) => row(...cells))].join("\n");

const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** What holds where a field is absent. */
function withoutField({ facts, optional, byDefault }: Field, key: string, alternatives: readonly string[]) {
  if (alternatives.includes(key)) return `one of ${list(alternatives)}`;
  if (!optional) return "required";
  if (facts.absent !== undefined) return facts.absent;
  if (typeof byDefault === "object" && !Array.isArray(byDefault)) return "";
  return byDefault === undefined || Array.isArray(byDefault) ? "none" : `\`${String(byDefault)}\``;
}

/** A row for each field that says something, and one for each field of a mapping in it. */
function rowsOf(field: Field, above: string): string[][] {
  const fields = fieldsOf(field.schema);
  const isByCloud = CLOUDS.every((cloud) => cloud in fields);
  return Object.entries(fields).flatMap(([key, each]) => {
    const { description } = each.facts;
    const below = rowsOf(each, `${above}${key}.`);
    // What is the same for each cloud is said once, above.
    if (description === undefined || (isByCloud && key in CLOUD_FACTS && above !== "")) return below;
    return [
      [`\`${above}${key}\``, description, withoutField(each, key, field.facts.exactlyOne ?? [])],
      ...below,
    ];
  });
}

function fieldsTable(part: string): string {
  const path = part in NAMED_ITEMS ? joinPath(part, "x") : joinPath(part, 0);
  const field = part in { ...NAMED_ITEMS, ...LISTED_ITEMS } ? fieldAt(path) : undefined;
  return table(["key", "value", "without it"], rowsOf(field ?? fieldOf(settingsShape), ""));
}

function servicesTable(): string {
  const rows = SERVICE_NAMES.map((service) => {
    const { description, rights } = SERVICES[service];
    const products = CLOUDS.map((cloud) => CLOUD_FACTS[cloud].services[service][0]);
    return [`\`${service}\``, description, ...(rights ?? ["", ""]), ...products];
  });
  return table(
    ["service", "what it has", "read", "write", ...CLOUDS.map((cloud) => `on ${CLOUD_FACTS[cloud].title}`)],
    rows,
  );
}

const rulesTable = (): string =>
  table(
    ["rule", "holds when"],
    keysOf(ROLE_RULES).map((rule) => [`\`${rule}\``, ROLE_RULES[rule]]),
  );

const MARKED = /(<!-- table: (\S+)(?: .*)? -->\n)[\s\S]*?(\n<!-- end of table -->)/g;

/** The page with each marked table as it is now. */
export const withTables = (page: string): string =>
  page.replace(MARKED, (_, start: string, name: string, end: string) => {
    const text = name === "services" ? servicesTable() : name === "rules" ? rulesTable() : fieldsTable(name);
    return `${start}\n${text}\n${end}`;
  });

/** The names of the tables that a page has. */
export const tablesIn = (page: string): string[] => [...page.matchAll(MARKED)].map(([, , name = ""]) => name);
