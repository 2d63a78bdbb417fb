/** Private endpoints of a spec on Google: buckets, service attachments, and names that resolve. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { setting } from "../../../src/diagnostics/edit";
import { error, warning } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { privateZones } from "../../shared/private-zones";
import { domainOf, within } from "../../shared/questions";
import { reviewAlikeNames, reviewRegionalSlots, reviewTakenNames } from "../../shared/review/endpoints";
import { isKnown, regionOf } from "../data/regions";
import { attachmentIn } from "../data/resource-ids";
import { APIS, apiDomains, apiEndpoints, attachedEndpoints, hostsOf, isBundled } from "../data/services";
import { allowedDomains, allowedZone } from "../render/dns";

export function* reviewEndpoints(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const endpoint of plan.endpoints)
    if (endpoint.service === "object-storage") yield* reviewBuckets(endpoint);
  for (const endpoint of attachedEndpoints(plan)) yield* reviewAttachment(plan, endpoint);
  if (plan.settings.google.regionalEndpoints === true) yield* reviewRegional(plan);
  yield* reviewDnsNames(plan);
  yield* reviewRegionalSlots(plan, "google");
}

/** https://docs.cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

function* reviewBuckets(endpoint: Endpoint): Iterable<Diagnostic> {
  for (const [index, bucket] of (endpoint.resources.google ?? []).entries()) {
    if (BUCKET.test(bucket)) continue;
    const path = `${endpoint.path}.resources.google[${index}]`;
    const detail =
      "The name of a bucket has no gs:// and no path. It has lower-case letters, digits, dots, _ and -.";
    const name = bucket.toLowerCase().replace(/^gs:\/\/|\/.*/g, "");
    // A bucket is more than the path in it.
    const edits = BUCKET.test(name) && /^(?:gs:\/\/)?[^/]+\/?$/.test(bucket) ? [setting(path, name)] : [];
    yield error("google-bucket", path, `"${bucket}" is not the name of a bucket`, detail, { edits });
  }
}

const ATTACHMENT = new RegExp(attachmentIn("([^/\\s]+)"));

function* reviewAttachment(plan: NetworkPlan, endpoint: Endpoint): Iterable<Diagnostic> {
  const isCustom = endpoint.service === "custom";
  const target = endpoint.target.google?.["serviceAttachment"];
  const given = isCustom ? [target ?? []].flat() : (endpoint.resources.google ?? []);
  const path = `${endpoint.path}.${isCustom ? "target.google.serviceAttachment" : "resources.google"}`;
  const [attachment] = given;
  const found = ATTACHMENT.exec(attachment ?? "")?.[1];
  const region = regionOf(plan);
  if (given.length > 1) {
    const summary = `"${endpoint.name}" names ${given.length} service attachments`;
    const detail =
      "An endpoint of Google leads to one service attachment. Each further one needs its own endpoint.";
    const facts = { count: given.length, maximum: 1 };
    yield error("google-attachment-several", path, summary, detail, { facts });
  } else if (attachment === undefined || found === region) return;
  else if (found === undefined) {
    const detail =
      `On google a service attachment leads to ${endpoint.service}: ` +
      `projects/…/regions/${region}/serviceAttachments/…`;
    yield error("google-attachment", path, `"${attachment}" is not a service attachment`, detail);
  } else if (isKnown(plan)) {
    const summary = `the service attachment of "${endpoint.name}" is not in ${region}`;
    const detail = `It is in ${found}. An endpoint reaches its own region only.`;
    yield error("google-attachment-region", path, summary, detail, { facts: { region, found } });
  }
}

/**
 * Names of Google come before all: its domain, a host in use, a name whose zone would hide such a host, a
 * name that the pattern of a host answers for. Else the first endpoint keeps a name.
 */
function ownersOf(plan: NetworkPlan) {
  const zones = privateZones(plan);
  const domains = apiDomains(plan);
  const hosts: [host: string, endpoint: string][] = [];
  for (const endpoint of apiEndpoints(plan))
    if (isBundled(plan, endpoint) || APIS[endpoint.service].regions.length > 0)
      for (const host of hostsOf(plan, endpoint)) hosts.push([host, endpoint.name]);
  const isTaken = (name: string, host: string): boolean =>
    within(domainOf(host), name) || (host.startsWith("*.") && within(name, domainOf(host)));
  return (name: string): string | undefined => {
    if (domains.includes(name)) return "Google APIs";
    const isOfGoogle = domains.some((domain) => within(name, domain));
    const host = isOfGoogle ? hosts.find(([each]) => isTaken(name, each)) : undefined;
    return host?.[1] ?? zones.find(({ domain }) => domain === name)?.endpoint.name;
  };
}

function* reviewDnsNames(plan: NetworkPlan): Iterable<Diagnostic> {
  const ownerOf = ownersOf(plan);
  yield* reviewTakenNames(plan, "google-dns-name-twice", ({ endpoint, domain }) => {
    const first = ownerOf(domain);
    if (first === undefined || first === endpoint.name) return;
    const why = `"${first}" has it already, and a name leads to one address.`;
    return { facts: { first }, why };
  });
  yield* reviewAlikeNames(plan);
  yield* reviewAllowRules(plan, ownerOf);
}

/** Domains by the address of their zone. There may be ten thousand: none is compared with each other. */
function domainsByZone(rules: ReturnType<typeof allowedDomains>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { domain } of rules) {
    const zone = allowedZone(domain);
    found.set(zone, [...(found.get(zone) ?? []), domain]);
  }
  return found;
}

function* reviewAllowRules(plan: NetworkPlan, ownerOf: ReturnType<typeof ownersOf>): Iterable<Diagnostic> {
  const all = allowedDomains(plan);
  const alike = domainsByZone(all);
  for (const { domain, patterns, path } of all) {
    const owner = ownerOf(domain);
    const same = alike.get(allowedZone(domain))?.find((each) => each !== domain);
    if (owner !== undefined) {
      const detail = "A name that leads to an endpoint cannot lead to servers of the internet too.";
      const summary = `"${domain}" is already the name of "${owner}"`;
      yield error("google-dns-name-twice", path, summary, detail, { facts: { first: owner } });
    } else if (same !== undefined) {
      const detail = "Names of resources write dots and dashes alike, so both would be one zone.";
      const summary = `"${domain}" and "${same}" would have one address`;
      yield error("address-collision", path, summary, detail, { facts: { other: same } });
    } else {
      const detail =
        `A zone of Cloud DNS holds a name and all names below it, so "${patterns[0]}" cannot be ` +
        "allowed alone. They lead to addresses of the internet, which no machine of the enclave reaches.";
      const summary = `on google "${domain}" and every name below it resolve`;
      yield warning("google-dns-wider", path, summary, detail, { facts: { domain } });
    }
  }
}

/** `google.regionalEndpoints` asks that every request stays in the region; some services cannot. */
function* reviewRegional(plan: NetworkPlan): Iterable<Diagnostic> {
  const region = regionOf(plan);
  for (const endpoint of apiEndpoints(plan)) {
    const { name, path, service } = endpoint;
    const { regions, nowhere } = APIS[service];
    if (regions.includes(region)) continue;
    const table =
      `${hostsOf(plan, endpoint)[0]} is not in the table of August 2026. ` +
      `It is there in ${regions.join(", ")}.`;
    const near = regions.find((other) => other.split("-")[0] === region.split("-")[0]) ?? regions[0];
    const summary = `${service} has no regional endpoint ${nowhere ? "on google" : `in ${region}`}`;
    const way = nowhere ? `Remove ${path}` : `Build "${name}" in ${near}`;
    const detail =
      `${nowhere ?? table} ${way}, or write regionalEndpoints: prefer, with which such services share one ` +
      "address that is not of the region.";
    const facts = { endpoint: name, service, region };
    yield error("google-regional-endpoint", "google.regionalEndpoints", summary, detail, { facts });
  }
}
