/** Private endpoints as the document makes them: what each leads to, and which groups it is in. */
import { reading } from "../replay/fault";
import {
  type Attributes,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate, type Inputs, type Value } from "../terraform/expressions";
import { ignoredOthers } from "./ignored";
import { subnetIn } from "./network";
import { idsGiven } from "./targets";

export const ENDPOINT = "azurerm_private_endpoint";
export const MEMBER = "azurerm_private_endpoint_application_security_group_association";
export const SERVICE = "azurerm_monitor_private_link_scoped_service";

/** One network interface of a private endpoint: one for each key where there is `for_each`. */
export interface Instance {
  /** Its Terraform address, with the key. */
  readonly resource: string;
  /** Terraform name of the private endpoint. */
  readonly name: string;
  /** In small letters: a resource id, an alias, or an address in the document. */
  readonly target: string;
  readonly part: string;
  /** The owner of the resource has to approve. */
  readonly isManual: boolean;
  readonly subnet: string;
  /** Application security groups. */
  readonly groups: readonly string[];
  /** Terraform names of private DNS zones that Azure writes its names to. */
  readonly zones: readonly string[];
  /** Names of a hub's zones that it writes to instead. */
  readonly hubZones: readonly string[];
  /** A policy of the organisation writes the names, after all that Terraform does. */
  readonly isByPolicy: boolean;
}

/** With ids for whoever asks the variable for some. */
export function inputsFor(document: TerraformDocument): Inputs {
  const asking = JSON.stringify(
    [ENDPOINT, SERVICE].map((type) => Object.fromEntries(resourcesOf(document, type))),
  );
  const names = [...asking.matchAll(/private_endpoint_resource_ids, \\"([^"\\]+)\\"/g)].map(
    ([, name]) => name ?? "",
  );
  const locals = Object.entries((document["locals"] ?? {}) as Readonly<Record<string, Value>>);
  return {
    quarantine: [],
    names: {
      "var.private_endpoint_resource_ids": Object.fromEntries(names.map((name) => [name, idsGiven(name)])),
      ...Object.fromEntries(locals.map(([name, value]) => [`local.${name}`, value])),
    },
  };
}

/** Every key with its value; a single one without a name where there is no `for_each`. */
export function eachOf(
  body: Attributes,
  inputs: Inputs,
  keysOf: (address: string) => readonly string[] = () => [],
): [string, Value][] {
  if (body["for_each"] === undefined) return [["", ""]];
  const all = evaluate(body["for_each"], inputs);
  // All instances of another resource.
  if (typeof all === "string") return keysOf(all).map((key) => [key, `${all}["${key}"]`]);
  return Object.entries(all as Readonly<Record<string, Value>>);
}

export const within = (inputs: Inputs, [key, value]: readonly [string, Value]): Inputs => ({
  ...inputs,
  names: { ...inputs.names, "each.key": key, "each.value": value },
});

const nameIn = (reference: unknown): string =>
  /^azurerm_\w+\.(\w+)\.\w+$/.exec(String(reference))?.[1] ?? `?${String(reference)}`;

export function instancesIn(document: TerraformDocument, inputs: Inputs): Instance[] {
  const members = membersIn(document, inputs);
  return [...resourcesOf(document, ENDPOINT)].flatMap(([name, body]) =>
    reading(`${ENDPOINT}.${name}`, () =>
      eachOf(body, inputs).map((each) => readInstance(name, body, within(inputs, each), members)),
    ),
  );
}

/** The id of a zone that stands outside the document. */
export const isOfHub = (zone: string): boolean => zone.startsWith("/subscriptions/");
const domainOf = (id: string): string => id.split("/").at(-1)?.toLowerCase() ?? "";

function readInstance(name: string, body: Attributes, inputs: Inputs, members: Members): Instance {
  const key = inputs.names?.["each.key"];
  const resource = `${ENDPOINT}.${name}${key === "" ? "" : `["${String(key)}"]`}`;
  const connection = nested(body, "private_service_connection");
  const value = (of: Attributes | undefined, argument: string): Value =>
    evaluate(of?.[argument] ?? "", inputs);
  const zoneIds = [value(nested(body, "private_dns_zone_group"), "private_dns_zone_ids")]
    .flat()
    .map(String)
    .filter((zone) => zone !== "");
  const ids = ["private_connection_resource_id", "private_connection_resource_alias"].map((argument) =>
    String(value(connection, argument)),
  );
  return {
    resource,
    name,
    target: ids.join("").toLowerCase(),
    part: texts(connection, "subresource_names").join(),
    isManual: connection?.["is_manual_connection"] !== false,
    subnet: subnetIn(text(body, "subnet_id")),
    groups: members.get(resource) ?? [],
    zones: zoneIds.filter((zone) => !isOfHub(zone)).map(nameIn),
    hubZones: zoneIds.filter(isOfHub).map(domainOf),
    isByPolicy: ignoredOthers(body).length > 0,
  };
}

/** Groups by the address of an instance. */
type Members = ReadonlyMap<string, readonly string[]>;

function membersIn(document: TerraformDocument, inputs: Inputs): Members {
  const keysOf = (address: string): string[] =>
    eachOf(resourcesOf(document, ENDPOINT).get(address.split(".")[1] ?? "") ?? {}, inputs).map(
      ([key]) => key,
    );
  const members = new Map<string, string[]>();
  for (const [name, body] of resourcesOf(document, MEMBER))
    reading(`${MEMBER}.${name}`, () => {
      const group = nameIn(evaluate(body["application_security_group_id"], inputs));
      for (const each of eachOf(body, inputs, keysOf)) {
        const id = String(evaluate(body["private_endpoint_id"], within(inputs, each)));
        const address = id.replace(/\.id$/, "").replace(/\[([^"\]]+)\]$/, '["$1"]');
        members.set(address, [...(members.get(address) ?? []), group]);
      }
    });
  return members;
}
