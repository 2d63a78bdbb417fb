/** Private endpoints of a spec on Google: buckets, service attachments, and names that resolve. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { asYaml, removingName, replacing } from "../../../src/diagnostics/edit";
import { error, warning } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { domainOf, namedEndpoints, pathOf, within } from "../../shared/questions";
import { reviewTakenNames } from "../../shared/review/endpoints";
import { isKnown, regionOf } from "../data/regions";
import { attachmentIn } from "../data/resource-ids";
import {
  type ApiEndpoint,
  apiEndpoints,
  attachedEndpoints,
  isRegional,
  regionalHost,
  regionsWithEndpoint,
} from "../data/services";
import { allowedZone, apiDomains, hostsOf } from "../render/dns";

export function* reviewEndpoints(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const endpoint of plan.endpoints) yield* reviewBuckets(endpoint);
  for (const endpoint of attachedEndpoints(plan)) yield* reviewAttachment(plan, endpoint);
  if (isRegional(plan))
    for (const endpoint of apiEndpoints(plan)) yield* reviewRegional(regionOf(plan), endpoint);
  yield* reviewDnsNames(plan);
}

/** https://docs.cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

function* reviewBuckets(endpoint: Endpoint): Iterable<Diagnostic> {
  if (endpoint.service !== "object-storage") return;
  for (const [index, bucket] of (endpoint.resources.google ?? []).entries()) {
    if (BUCKET.test(bucket)) continue;
    const path = `${endpoint.path}.resources.google[${index}]`;
    const detail =
      "The name of a bucket has no gs:// and no path. It has lower-case letters, digits, dots, _ and -.";
    const name = bucket.toLowerCase().replace(/^gs:\/\/|\/.*/g, "");
    const fix = replacing(path, BUCKET.test(name) ? name : "rag-corpus");
    yield error("google-bucket", path, `"${bucket}" is not the name of a bucket`, detail, { fix });
  }
}

/** With its region. */
const ATTACHMENT = new RegExp(attachmentIn("([^/\\s]+)"));

/** An endpoint leads to one service attachment of its own region. */
function* reviewAttachment(plan: NetworkPlan, endpoint: Endpoint): Iterable<Diagnostic> {
  const isCustom = endpoint.service === "custom";
  const target = endpoint.target.google?.["serviceAttachment"];
  const given = isCustom ? [target ?? []].flat() : (endpoint.resources.google ?? []);
  const path = `${endpoint.path}.${isCustom ? "target.google.serviceAttachment" : "resources.google"}`;
  const giving = (attachment = ""): string =>
    isCustom ? replacing(path, attachment) : `google: [${asYaml(attachment)}]`;
  const [attachment] = given;
  const found = ATTACHMENT.exec(attachment ?? "")?.[1];
  const region = regionOf(plan);
  if (given.length > 1) {
    const summary = `"${endpoint.name}" names ${given.length} service attachments`;
    const detail =
      "An endpoint of Google leads to one service attachment. Each further one needs its own endpoint.";
    const more = { facts: { count: given.length, maximum: 1 }, fix: giving(attachment) };
    yield error("google-attachment-several", path, summary, detail, more);
  } else if (attachment === undefined || found === region) return;
  else if (found === undefined) {
    const detail = `On google a service attachment leads to ${endpoint.service}.`;
    const fix = giving(`projects/my-project/regions/${region}/serviceAttachments/NAME`);
    yield error("google-attachment", path, `"${attachment}" is not a service attachment`, detail, { fix });
  } else if (isKnown(plan)) {
    const summary = `the service attachment of "${endpoint.name}" is not in ${region}`;
    const detail = `It is in ${found}. An endpoint reaches its own region only.`;
    const fix = giving(attachment.replace(`/regions/${found}/`, `/regions/${region}/`));
    yield error("google-attachment-region", path, summary, detail, { facts: { region, found }, fix });
  }
}

/** Says who has a name already, if anybody. */
type OwnerOf = (name: string) => string | undefined;

/**
 * The first endpoint keeps a name. Names of Google come before: its domain, a host in use, a name whose zone
 * would hide such a host, a name that the pattern of a host answers for.
 */
function ownersOf(plan: NetworkPlan): OwnerOf {
  const named = namedEndpoints(plan);
  const domains = apiDomains(plan);
  const hosts: [host: string, endpoint: string][] = [];
  for (const endpoint of apiEndpoints(plan))
    if (!isRegional(plan) || typeof regionsWithEndpoint(endpoint.service) !== "string")
      for (const host of hostsOf(plan, endpoint)) hosts.push([host, endpoint.name]);
  const isTaken = (name: string, host: string): boolean =>
    within(domainOf(host), name) || (host.startsWith("*.") && within(name, domainOf(host)));
  return (name) => {
    if (domains.includes(name)) return "Google APIs";
    const isOfGoogle = domains.some((domain) => within(name, domain));
    const host = isOfGoogle ? hosts.find(([each]) => isTaken(name, each)) : undefined;
    return host?.[1] ?? named.find(({ dnsName }) => dnsName === name)?.name;
  };
}

function* reviewDnsNames(plan: NetworkPlan): Iterable<Diagnostic> {
  const ownerOf = ownersOf(plan);
  yield* reviewTakenNames(plan, "google-dns-name-twice", (endpoint) => {
    const first = ownerOf(endpoint.dnsName);
    if (first === undefined || first === endpoint.name) return;
    const isOfGoogle = apiDomains(plan).some((domain) => within(endpoint.dnsName, domain));
    const why = `"${first}" has it already, and a name leads to one address.`;
    return { facts: { first }, why, domain: isOfGoogle ? "example.com" : endpoint.dnsName };
  });
  yield* reviewAllowRules(plan, ownerOf);
}

/** A domain that `dns.allow` opens with all names below it. */
interface AllowRule {
  readonly domain: string;
  readonly patterns: readonly string[];
  readonly path: SpecPath;
}

export function allowRules({ resolvable }: NetworkPlan): AllowRule[] {
  const found = new Map<string, AllowRule>();
  for (const rule of resolvable) {
    if (rule.purpose !== "explicit") continue;
    const domain = domainOf(rule.pattern);
    const { patterns, path } = found.get(domain) ?? { patterns: [], path: pathOf(rule, "dns.allow") };
    found.set(domain, { domain, patterns: [...patterns, rule.pattern], path });
  }
  return [...found.values()];
}

/** Domains by the address of their zone. There may be ten thousand: none is compared with each other. */
function domainsByZone(rules: readonly AllowRule[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { domain } of rules) {
    const zone = allowedZone(domain);
    const domains = found.get(zone) ?? [];
    domains.push(domain);
    found.set(zone, domains);
  }
  return found;
}

function* reviewAllowRules(plan: NetworkPlan, ownerOf: OwnerOf): Iterable<Diagnostic> {
  const all = allowRules(plan);
  const count = all.flatMap(({ patterns }) => patterns).length;
  const alike = domainsByZone(all);
  for (const { domain, patterns, path } of all) {
    const fix = patterns.map((pattern) => removingName(pattern, path, count)).join("\n");
    const owner = ownerOf(domain);
    const same = alike.get(allowedZone(domain))?.find((each) => each !== domain);
    if (owner !== undefined) {
      const detail = "A name that leads to an endpoint cannot lead to servers of the internet too.";
      const summary = `"${domain}" is already the name of "${owner}"`;
      yield error("google-dns-name-twice", path, summary, detail, { facts: { first: owner }, fix });
    } else if (same !== undefined) {
      const detail = "Names of resources write dots and dashes alike, so both would be one zone.";
      const summary = `"${domain}" and "${same}" would have one address`;
      yield error("address-collision", path, summary, detail, { facts: { other: same }, fix });
    } else {
      const detail = `A zone of Cloud DNS holds a name and all names below it, so "${patterns[0]}" cannot be allowed alone.`;
      const summary = `on google "${domain}" and every name below it resolve`;
      yield warning("google-dns-wider", path, summary, detail, { facts: { domain } });
    }
  }
}

/**
 * A service that cannot stay in the region, where `google.regionalEndpoints` asks that every request does.
 */
function* reviewRegional(region: string, endpoint: ApiEndpoint): Iterable<Diagnostic> {
  const { name, service } = endpoint;
  const regions = regionsWithEndpoint(service);
  const refuse = (place: string, detail: string, way: string): Diagnostic => {
    const summary = `${service} has no regional endpoint ${place}`;
    const more = {
      facts: { endpoint: name, service, region },
      fix: `# ${way}, or write regionalEndpoints: false`,
    };
    return error("google-regional-endpoint", "google.regionalEndpoints", summary, detail, more);
  };
  if (typeof regions === "string") yield refuse("on google", regions, `remove ${endpoint.path}`);
  else if (!regions.includes(region)) {
    const detail = `${regionalHost(service, region)} is not in the table of August 2026. It is there in ${regions.join(", ")}.`;
    yield refuse(`in ${region}`, detail, `build "${name}" in ${sameContinent(region, regions)}`);
  }
}

/** The first region of the same continent, if there is one. */
const sameContinent = (region: string, regions: readonly string[]): string =>
  regions.find((other) => other.split("-")[0] === region.split("-")[0]) ?? regions[0] ?? region;
