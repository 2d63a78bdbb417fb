/** The parts of a document that users see: variables, outputs, addresses of resources, reasons, tags. */

import { connectionsOf, departuresOf } from "../../model/connections";
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { formatCidr, formatIp } from "../../net/cidr";
import { type Fault, faults, unless } from "../replay/fault";
import type { Host } from "../replay/paths";
import type { Reader } from "../replay/reader";
import { everyResource, outputOf, resourceTypes, table } from "../terraform/document";
import { RENDERED_TYPES } from "../types";
import { GUARD } from "./guard";
import { same } from "./places";
import { type Asked, type EnclavePromise, promise } from "./promise";

const OUTPUTS = ["egress", "logs", "network_id", "private_endpoints", "published_services", "zones"];

const keysOf = (value: unknown): string[] => Object.keys((value ?? {}) as object).sort();

function zonesOutput({ read, enclave, document }: Asked): Fault[] {
  const zones = (outputOf(document, "zones") ?? {}) as Readonly<Record<string, Record<string, unknown>>>;
  return [
    ...same(keysOf(zones), enclave.zones.map(({ name }) => name).sort(), "output.zones"),
    ...enclave.zones.flatMap(({ name }) => [
      ...same(keysOf(zones[name]), ["cidrs", "group_ids", "subnet_ids"], "output.zones"),
      ...same(zones[name]?.["cidrs"], read.addressesOf(idOf(name)), "output.zones"),
      ...same(zones[name]?.["group_ids"], read.groupIdsOf(idOf(name)), "output.zones"),
      ...same(zones[name]?.["subnet_ids"], read.subnetIdsOf(idOf(name)), "output.zones"),
    ]),
  ];
}

const endpointsOutput = ({ read, enclave, document }: Asked): Fault[] => {
  const output = (outputOf(document, "private_endpoints") ?? {}) as Readonly<Record<string, object>>;
  return [
    ...same(
      keysOf(output),
      enclave.privateEndpoints.map(({ name }) => name).sort(),
      "output.private_endpoints",
    ),
    ...enclave.privateEndpoints.flatMap((endpoint) => {
      const { ids, dns_names } = (output[endpoint.name] ?? {}) as { ids?: unknown; dns_names?: unknown };
      return [
        ...["addresses", "dns_names", "ids"].flatMap((key) =>
          unless(
            keysOf(output[endpoint.name]).includes(key),
            "output.private_endpoints",
            `${endpoint.name} has no ${key}`,
          ),
        ),
        ...unless(
          namesThese(JSON.stringify(ids ?? ""), read, endpoint),
          "output.private_endpoints",
          `${endpoint.name} has not the ids of what stands for it`,
        ),
        ...(Array.isArray(dns_names)
          ? same(
              [...dns_names].sort(),
              [...read.namesOf(endpoint, enclave.dnsAllow)].sort(),
              "output.private_endpoints",
            )
          : []),
      ];
    }),
  ];
};

/**
 * The endpoints that stand for one of the spec, and no other; gateways stand for each other, and instances
 * for one resource.
 */
function namesThese(text: string, read: Reader, endpoint: PrivateEndpoint): boolean {
  const own = new Set(read.endpointsFor(endpoint).map(resourceOf));
  const named = new Set([...text.matchAll(/\b\w+\.\w+/g)].map(([address]) => address));
  return read
    .hosts()
    .filter(({ kind, resource }) => kind === "endpoint" && resource !== "")
    .every((host) => {
      const isOwn = own.has(resourceOf(host));
      return (host.subnet === undefined && isOwn) || named.has(resourceOf(host)) === isOwn;
    });
}

const resourceOf = ({ resource }: Host): string => resource.replace(/\[.*$/, "");

/** A proxy refuses what lies inside, and a machine's own metadata. */
const METADATA = ["metadata.google.internal", "169.254.169.254"];

function exitOutput({ read, document, enclave, addresses }: Asked): Fault[] {
  const output = (outputOf(document, "egress") ?? {}) as Readonly<Record<string, unknown>>;
  const proxy = read.hosts().find(({ kind }) => kind === "proxy");
  const names = enclave.privateEndpoints.flatMap((endpoint) => read.namesOf(endpoint, enclave.dnsAllow));
  const own = [...METADATA, formatCidr(addresses.range), ...names.map((name) => name.replace(/^\*/, ""))];
  const direct = proxy === undefined ? [] : [...new Set(own)];
  const url = `http://${formatIp(proxy?.address ?? 0)}:${proxy?.ports?.[0]?.from}`;
  return [
    ...same(keysOf(output), ["no_proxy", "proxy_url", "public_ips"], "output.egress"),
    ...same(output["proxy_url"], proxy === undefined ? "${null}" : url, "output.egress"),
    ...same([...((output["no_proxy"] ?? []) as string[])].sort(), direct.sort(), "output.egress"),
  ];
}

function logsOutput({ enclave, document }: Asked): Fault[] {
  const kept = keysOf(outputOf(document, "logs"));
  const wanted = [/^flow$/, /^dns$/, ...(enclave.egress.length === 0 ? [] : [/^(firewall|proxy)/])];
  return wanted.flatMap((kind) =>
    unless(
      kept.some((key) => kind.test(key)),
      "output.logs",
      `nothing is named like ${kind.source}`,
    ),
  );
}

function otherRegions({ cloud, document, enclave }: Asked): Fault[] {
  const providers = Object.entries(table(document, "provider")).map(
    ([name, given]) => [`provider.${name}`, [given].flat()[0] ?? {}] as const,
  );
  return [...everyResource(document), ...providers].flatMap(([resource, body]) =>
    [body["region"], body["location"]].flatMap((found) =>
      unless(found === undefined || found === enclave.regions[cloud], resource, `it is for ${String(found)}`),
    ),
  );
}

function reasons({ read, enclave }: Asked): Fault[] {
  const permits = read.permits();
  const texts = new Set(permits.map(({ reason }) => reason));
  const all = [...connectionsOf(enclave), ...departuresOf(enclave)].flatMap(({ because }) => because);
  const silent = all
    .filter(({ why = "" }) => !texts.has(escaped(why)))
    .filter(({ why = "", path }) => ![...texts].some((text) => gives(text, why, path)));
  return [
    ...permits.flatMap(({ resource, reason }) =>
      unless(reason.trim() !== "", resource, "it gives no reason"),
    ),
    ...silent.map(({ why, path }) => ({ resource: path, detail: `nothing says "${why}"` })),
  ];
}

/** Reasons that do not fit are counted, or stand for themselves by their place in the spec. */
const gives = (text: string, why: string, path: string): boolean =>
  text.includes(escaped(why)) || / and \d+ more$/.test(text) || text.split(" ").includes(path);

/** As Terraform writes what is no template. */
const escaped = (text: string): string => text.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);

export const SURFACE: readonly EnclavePromise[] = [
  promise("there are the same outputs on every cloud", ({ document }) =>
    same(keysOf(document["output"]), OUTPUTS, "output"),
  ),
  promise("the output of a zone has addresses, subnets and groups", zonesOutput),
  promise("the output of an endpoint has ids, names and addresses", endpointsOutput),
  promise("the output of the way out has a proxy and addresses, where there are any", exitOutput),
  promise("the output of logs names where flows, names and decisions are kept", logsOutput),
  promise("the output of published services has those of the spec", ({ document }) =>
    same(outputOf(document, "published_services"), {}, "output.published_services"),
  ),
  promise("outputs name what stands in the document", ({ read, enclave }) =>
    read.misleadingOutputs(enclave.privateEndpoints),
  ),
  promise("addresses of resources are words, without hashes", ({ document }) =>
    everyResource(document).flatMap(([address]) =>
      unless(/^[a-z0-9_]+\.[a-z][a-z0-9_]*$/.test(address), address, "it is no word"),
    ),
  ),
  promise("every resource is of a type that enclaves are made of", ({ cloud, document }) =>
    faults(
      resourceTypes(document).filter((type) => type !== GUARD && !RENDERED_TYPES[cloud].has(type)),
      "no enclave has one",
    ),
  ),
  promise("a plan reads nothing: there are no data sources", ({ document }) =>
    faults(
      keysOf(document["data"]).map((type) => `data.${type}`),
      "it is read at every plan",
    ),
  ),
  promise("there are no modules and no imports", ({ document }) =>
    ["module", "import", "removed", "ephemeral"].flatMap((block) =>
      unless(document[block] === undefined, block, "no enclave has one"),
    ),
  ),
  promise("no credentials stand in the document", ({ document }) =>
    Object.entries(table(document, "provider")).flatMap(([name, given]) =>
      keysOf([given].flat()[0])
        .filter((key) => /key|secret|token|password|credentials/.test(key))
        .map((key) => ({ resource: `provider.${name}`, detail: `it has ${key}` })),
    ),
  ),
  promise("the document says that it is rendered, and by what", ({ document }) =>
    unless(String(document["//"]).includes("ai-enclave"), "//", "it does not"),
  ),
  promise("the document is for the region that the spec names", otherRegions),
  promise("everything that permits says why", reasons),
  promise("no permit comes or goes with the quarantine", ({ read }) => read.permitsThatComeAndGo()),
  promise("quarantine ends connections that are open when it begins", ({ read, enclave }) =>
    enclave.zones.flatMap(({ name }) => read.connectionsThatGoOn(name)),
  ),
  promise("what takes tags carries the enclave's name and the user's tags", ({ read, enclave }) =>
    read.untagged(enclave.name),
  ),
  promise("something that serves a zone is tagged with it", ({ read, enclave }) => {
    const tagged = read.taggedZones();
    return enclave.zones.flatMap(({ name }) => unless(tagged.has(name), "tags", `nothing is tagged ${name}`));
  }),
];
