/** Private endpoints of a spec on Google: buckets, service attachments, and names that resolve. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { asYaml, removingName, replacing } from "../../../src/diagnostics/edit";
import { error, warning } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { pathOf } from "../../shared/paths";
import { domainOf, namedEndpoints, within } from "../../shared/private-names";
import { firstWith, reviewTakenNames } from "../../shared/review/endpoints";
import { isKnown, regionOf } from "../data/regions";
import { attachmentIn } from "../data/resource-ids";
import { apiEndpoints, attachedEndpoints, isRegional, regionsWithEndpoint } from "../data/services";
import { allowedZone, apiDomains, hostsOf } from "../render/dns";
import { reviewRegional } from "./regional-endpoints";

export const reviewEndpoints = (plan: NetworkPlan): Diagnostic[] => [
  ...plan.endpoints.flatMap(reviewBuckets),
  ...attachedEndpoints(plan).flatMap((endpoint) => reviewAttachment(plan, endpoint)),
  ...reviewRegional(plan),
  ...reviewDnsNames(plan),
];

/** https://docs.cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

function reviewBuckets(endpoint: Endpoint): Diagnostic[] {
  if (endpoint.service !== "object-storage") return [];
  return (endpoint.resources.google ?? []).flatMap((bucket, index) => {
    if (BUCKET.test(bucket)) return [];
    const path = `${endpoint.path}.resources.google[${index}]`;
    const detail =
      "The name of a bucket has no gs:// and no path. It has lower-case letters, digits, dots, _ and -.";
    const [name = ""] = bucket
      .toLowerCase()
      .replace(/^gs:\/\//, "")
      .split("/");
    const fix = replacing(path, BUCKET.test(name) ? name : "rag-corpus");
    return [error("google-bucket", path, `"${bucket}" is not the name of a bucket`, detail, { fix })];
  });
}

/** With its region. */
const ATTACHMENT = new RegExp(attachmentIn("([^/\\s]+)"));

/** An endpoint leads to one service attachment of its own region. */
function reviewAttachment(plan: NetworkPlan, endpoint: Endpoint): Diagnostic[] {
  const isCustom = endpoint.service === "custom";
  const target = endpoint.target.google?.["serviceAttachment"];
  const given = isCustom ? [target ?? []].flat() : (endpoint.resources.google ?? []);
  const path = `${endpoint.path}.${isCustom ? "target.google.serviceAttachment" : "resources.google"}`;
  const giving = (attachment = ""): string =>
    isCustom ? replacing(path, attachment) : `google: [${asYaml(attachment)}]`;
  if (given.length > 1) {
    const summary = `"${endpoint.name}" names ${given.length} service attachments`;
    const detail =
      "An endpoint of Google leads to one service attachment. Each further one needs its own endpoint.";
    const more = { facts: { count: given.length, maximum: 1 }, fix: giving(given[0]) };
    return [error("google-attachment-several", path, summary, detail, more)];
  }
  const [attachment] = given;
  const found = ATTACHMENT.exec(attachment ?? "")?.[1];
  const region = regionOf(plan);
  if (attachment === undefined || found === region || (found !== undefined && !isKnown(plan))) return [];
  if (found === undefined) {
    const detail = `On google a service attachment leads to ${endpoint.service}.`;
    const fix = giving(`projects/my-project/regions/${region}/serviceAttachments/NAME`);
    return [error("google-attachment", path, `"${attachment}" is not a service attachment`, detail, { fix })];
  }
  const summary = `the service attachment of "${endpoint.name}" is not in ${region}`;
  const detail = `It is in ${found}. An endpoint reaches its own region only.`;
  const fix = giving(attachment.replace(`/regions/${found}/`, `/regions/${region}/`));
  return [error("google-attachment-region", path, summary, detail, { facts: { region, found }, fix })];
}

/** Says who has a name already, if anybody. */
type OwnerOf = (name: string) => string | undefined;

/**
 * The first endpoint keeps a name. Names of Google come before: its domain, a host in use, a name whose zone would hide such a host,
 * a name that the pattern of a host answers for.
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
    return host?.[1] ?? firstWith(named, name)?.name;
  };
}

function reviewDnsNames(plan: NetworkPlan): Diagnostic[] {
  const ownerOf = ownersOf(plan);
  const named = namedEndpoints(plan);
  const taken = reviewTakenNames(plan, "google-dns-name-twice", (name, index) => {
    const first = ownerOf(name);
    if (first === undefined || first === named[index]?.name) return undefined;
    const isOfGoogle = apiDomains(plan).some((domain) => within(name, domain));
    const why = `"${first}" has it already, and a name leads to one address.`;
    return { facts: { first }, why, domain: isOfGoogle ? "example.com" : name };
  });
  return [...taken, ...reviewAllowRules(plan, ownerOf)];
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

function reviewAllowRules(plan: NetworkPlan, ownerOf: OwnerOf): Diagnostic[] {
  const all = allowRules(plan);
  const byZone = new Map<string, string[]>();
  for (const { domain } of all)
    byZone.set(allowedZone(domain), [...(byZone.get(allowedZone(domain)) ?? []), domain]);
  const count = all.flatMap(({ patterns }) => patterns).length;
  return all.map(({ domain, patterns, path }) => {
    const fix = patterns.map((pattern) => removingName(pattern, path, count)).join("\n");
    const owner = ownerOf(domain);
    if (owner !== undefined) {
      const detail = "A name that leads to an endpoint cannot lead to servers of the internet too.";
      const summary = `"${domain}" is already the name of "${owner}"`;
      return error("google-dns-name-twice", path, summary, detail, { facts: { first: owner }, fix });
    }
    const other = byZone.get(allowedZone(domain))?.find((each) => each !== domain);
    if (other !== undefined) {
      const detail = "Names of resources write dots and dashes alike, so both would be one zone.";
      const summary = `"${domain}" and "${other}" would have one address`;
      return error("address-collision", path, summary, detail, { facts: { other }, fix });
    }
    const detail = `A zone of Cloud DNS holds a name and all names below it, so "${patterns[0]}" cannot be allowed alone.`;
    const summary = `on google "${domain}" and every name below it resolve`;
    return warning("google-dns-wider", path, summary, detail, { facts: { domain } });
  });
}
