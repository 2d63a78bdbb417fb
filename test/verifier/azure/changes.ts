/** Changes of parts that stand in lists: rules, routes, collections, parts of the template. */
import { addTo, type Change, removeFrom, type Slip, setIn } from "../slips";

/** Slips that one promise notices at one resource. */
export const breaking = (
  promise: string,
  resource: string,
  slips: readonly (readonly [string, Change])[],
): Slip[] => slips.map(([words, change]) => [words, change, promise, resource]);

type Part = Record<string, unknown>;

const GROUP = "azurerm_network_security_group";
const NETWORK = "azurerm_virtual_network";

/** Of the specs of these tests: `db-1`. */
export const subnetNamed = (name: string): string => `${NETWORK}.enclave/subnets/case-${name}`;
export const subnet = (name: string, values: Part): Change =>
  setIn(NETWORK, "enclave", "subnet", { name: `case-${name}` }, values);
export const withoutSubnet = (name: string): Change =>
  removeFrom(NETWORK, "enclave", "subnet", { name: `case-${name}` });
export const moreSubnet = (values: Part): Change => addTo(NETWORK, "enclave", "subnet", values);
export const subnetIds =
  (place: string, change: (ids: string[]) => void): Change =>
  (draft) =>
    change((draft["locals"] as Record<string, string[]>)[`${place}_subnet_ids`] ?? []);
const DEPLOYMENT = "azurerm_resource_group_template_deployment";

/** The list at the argument of a resource, changed in place. */
export const list =
  (type: string, name: string, argument: string, change: (parts: Part[]) => void): Change =>
  ({ resource }) => {
    const parts = resource[type]?.[name]?.[argument];
    if (!Array.isArray(parts)) throw new Error(`${type}.${name} has no ${argument}`);
    change(parts);
  };

const rules = (group: string, change: (parts: Part[]) => void): Change =>
  list(GROUP, group, "security_rule", change);

const at = (parts: readonly Part[], direction: string, name: string): number => {
  const index = parts.findIndex((one) => one["direction"] === direction && one["name"] === name);
  if (index < 0) throw new Error(`no rule ${direction} ${name}`);
  return index;
};

export const rule = (group: string, direction: string, name: string, values: Part): Change =>
  rules(group, (parts) => Object.assign(parts[at(parts, direction, name)] ?? {}, values));

export const withoutRule = (group: string, direction: string, name: string): Change =>
  rules(group, (parts) => parts.splice(at(parts, direction, name), 1));

/** Inbound: `web_to_app_8080_tcp` of group `app`. */
export const into = (group: string, name: string, values: Part): Change =>
  rule(group, "Inbound", name, values);
export const out = (group: string, name: string, values: Part): Change =>
  rule(group, "Outbound", name, values);

/** Items of a list of a rule. */
export const items = (
  group: string,
  direction: string,
  name: string,
  argument: string,
  change: (all: string[]) => void,
): Change =>
  rules(group, (parts) =>
    change((parts[at(parts, direction, name)] as Record<string, string[]>)[argument] ?? []),
  );

/** One more, like the named one but for the values. */
export const moreRule = (group: string, direction: string, name: string, values: Part): Change =>
  rules(group, (parts) => parts.push({ ...parts[at(parts, direction, name)], ...values }));

export const route = (table: string, index: number, values: Part): Change =>
  list("azurerm_route_table", table, "route", (parts) => Object.assign(parts[index] ?? {}, values));

const collectionsOf = (change: (parts: Part[]) => void): Change =>
  list("azurerm_firewall_policy_rule_collection_group", "enclave", "application_rule_collection", change);

export const collection = (index: number, values: Part): Change =>
  collectionsOf((parts) => Object.assign(parts.at(index) ?? {}, values));
export const withoutCollection = (index: number): Change => collectionsOf((parts) => parts.splice(index, 1));

/** The rules of a collection. */
export const exits = (index: number, change: (parts: Part[]) => void): Change =>
  collectionsOf((parts) => change(parts.at(index)?.["rule"] as Part[]));
export const exit = (index: number, values: Part): Change =>
  exits(0, (parts) => Object.assign(parts[index] ?? {}, values));

/** Parts of the template for the DNS policy. */
export const template =
  (change: (parts: Part[]) => Part[]): Change =>
  ({ resource }) => {
    const deployment = resource[DEPLOYMENT]?.["enclave_dns"];
    if (deployment === undefined) throw new Error("no template");
    const content = JSON.parse(String(deployment["template_content"])) as { resources: Part[] };
    deployment["template_content"] = JSON.stringify({ ...content, resources: change(content.resources) });
  };

/** The part whose name ends so. */
export const part = (end: string, values: Part): Change =>
  template((parts) => {
    if (!parts.some(({ name }) => String(name).endsWith(end))) throw new Error(`no part ${end}`);
    return parts.map((one) => (String(one["name"]).endsWith(end) ? { ...one, ...values } : one));
  });
export const withoutPart = (end: string): Change =>
  template((parts) => parts.filter(({ name }) => !String(name).endsWith(end)));
