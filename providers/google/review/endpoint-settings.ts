/** What Google demands of the endpoints of a spec: names of buckets, service attachments, names that resolve. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, warning } from "../../../src/diagnostics/make";
import type { Endpoint, NameRule, NetworkPlan } from "../../../src/plan/network-plan";
import { endpointPath, pathOf } from "../../shared/paths";
import { domainOf, type NamedEndpoint, namedEndpoints, within } from "../../shared/private-names";
import { isKnown, regionOf } from "../data/regions";
import { attachmentIn } from "../data/resource-ids";
import { apiEndpoints, attachedEndpoints, isRegional, regionsWithEndpoint } from "../data/services";
import { allowedDomains, apiDomains, hostsOf, idOfName } from "../render/dns";
import { reviewRegional } from "./regional-endpoints";

export function reviewEndpoints(plan: NetworkPlan): Diagnostic[] {
  const attachments =
    plan.regions.google === undefined
      ? []
      : attachedEndpoints(plan).flatMap((endpoint) => reviewAttachment(plan, endpoint));
  return [
    ...plan.endpoints.flatMap(reviewBuckets),
    ...attachments,
    ...reviewRegional(plan),
    ...reviewDns(plan),
  ];
}

/** https://docs.cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

function reviewBuckets(endpoint: Endpoint): Diagnostic[] {
  if (endpoint.service !== "object-storage") return [];
  return (endpoint.resources.google ?? []).flatMap((bucket, index) => {
    if (BUCKET.test(bucket)) return [];
    const detail =
      "A bucket is named without gs:// and without a path: lower-case letters, digits, dots, _ and -.";
    const fix =
      bucket
        .replace(/^gs:\/\//, "")
        .split("/")[0]
        ?.toLowerCase() || "rag-corpus";
    return [
      error(
        "google-bucket",
        `${endpointPath(endpoint)}.resources.google[${index}]`,
        `"${bucket}" is not the name of a bucket`,
        detail,
        { fix },
      ),
    ];
  });
}

/** With the region, where it is one. */
const ATTACHMENT = new RegExp(attachmentIn("([^/\\s]+)"));

/** An endpoint leads to one service attachment of its own region. */
function reviewAttachment(plan: NetworkPlan, endpoint: Endpoint): Diagnostic[] {
  const custom = endpoint.service === "custom";
  const given = custom
    ? [endpoint.target.google?.["serviceAttachment"] ?? []].flat()
    : (endpoint.resources.google ?? []);
  const path = custom
    ? `${endpointPath(endpoint)}.target.google.serviceAttachment`
    : `${endpointPath(endpoint)}.resources.google`;
  const region = regionOf(plan);
  const example = `projects/my-project/regions/${region}/serviceAttachments/NAME`;
  const fix = custom ? `serviceAttachment: ${example}` : `google: [${example}]`;
  if (given.length > 1) {
    const detail =
      "An endpoint of Google leads to one service attachment; each further one needs an endpoint of its own.";
    return [
      error(
        "google-attachment-several",
        path,
        `"${endpoint.name}" names ${given.length} service attachments`,
        detail,
        { facts: { count: given.length, maximum: 1 }, fix: `google: [${given[0]}]` },
      ),
    ];
  }
  return given.flatMap((attachment) => {
    const found = ATTACHMENT.exec(attachment)?.[1];
    if (found === region || (found !== undefined && !isKnown(plan))) return [];
    if (found === undefined)
      return [
        error(
          "google-attachment",
          path,
          `"${attachment}" is not a service attachment`,
          `On google ${endpoint.service} is reached by a service attachment.`,
          { fix },
        ),
      ];
    return [
      error(
        "google-attachment-region",
        path,
        `the service attachment of "${endpoint.name}" is not in ${region}`,
        `It is in ${found}; an endpoint reaches its own region only.`,
        {
          facts: { region, found },
          fix: fix.replace(example, () => attachment.replace(`/regions/${found}/`, `/regions/${region}/`)),
        },
      ),
    ];
  });
}

/** Whose a name is already, if anybody's. */
type Owners = (name: string) => string | undefined;

/**
 * The first one keeps a name, and Google's own come before all others: a domain of theirs, a host that is used, a name that a zone
 * would hide such a host with, a name that the pattern of a host answers for.
 */
function ownersOf(plan: NetworkPlan): Owners {
  const first = new Map(
    namedEndpoints(plan)
      .map(({ dnsName, name }): [string, string] => [dnsName.toLowerCase(), name])
      .reverse(),
  );
  const domains = apiDomains(plan);
  const served = isRegional(plan)
    ? apiEndpoints(plan).filter(({ service }) => typeof regionsWithEndpoint(service) !== "string")
    : apiEndpoints(plan);
  const hosts = served.flatMap((endpoint) =>
    hostsOf(plan, endpoint).map((host) => [host, endpoint.name] as const),
  );
  const isTaken = (name: string, host: string): boolean =>
    within(domainOf(host), name) || (host.startsWith("*.") && within(name, domainOf(host)));
  return (name) => {
    if (domains.includes(name)) return "Google APIs";
    const host = domains.some((domain) => within(name, domain))
      ? hosts.find(([one]) => isTaken(name, one))
      : undefined;
    return host?.[1] ?? first.get(name);
  };
}

/** A network has one zone of a name, and a zone holds everything below it. */
function reviewDns(plan: NetworkPlan): Diagnostic[] {
  const owners = ownersOf(plan);
  const explicit = plan.resolvable.filter(({ purpose }) => purpose === "explicit").reverse();
  const rules = new Map(explicit.map((rule) => [domainOf(rule.pattern), rule]));
  // By the name of its zone: the domains that come to one name are together.
  const twins = new Map<string, string[]>();
  for (const domain of allowedDomains(plan))
    twins.set(idOfName(domain), [...(twins.get(idOfName(domain)) ?? []), domain]);
  return [
    ...namedEndpoints(plan).flatMap((endpoint) => reviewDnsName(endpoint, owners)),
    ...allowedDomains(plan).flatMap((domain) =>
      reviewAllowed(domain, rules.get(domain), twins.get(idOfName(domain)) ?? [], owners),
    ),
  ];
}

function reviewDnsName(endpoint: NamedEndpoint, owners: Owners): Diagnostic[] {
  const name = endpoint.dnsName.toLowerCase();
  const first = owners(name) ?? endpoint.name;
  if (first === endpoint.name) return [];
  const detail = `"${first}" has it already, and a name leads to one address.`;
  const better = `${endpoint.name}.${name}`;
  return [
    error(
      "google-dns-name-twice",
      `${endpointPath(endpoint)}.dnsName`,
      `"${name}" is the name of something else already`,
      detail,
      { facts: { first }, fix: owners(better) === undefined ? `dnsName: ${better}` : "# a name of your own" },
    ),
  ];
}

function reviewAllowed(
  domain: string,
  rule: NameRule | undefined,
  alike: readonly string[],
  owners: Owners,
): Diagnostic[] {
  const path = rule === undefined ? "dns.allow" : pathOf(rule, "dns.allow");
  const owner = owners(domain);
  const fix = "dns: { allow: [] }";
  if (owner !== undefined) {
    const detail = "A name that leads to an endpoint cannot lead to the internet's servers too.";
    return [
      error("google-dns-name-twice", path, `"${domain}" is the name of "${owner}" already`, detail, {
        facts: { first: owner },
        fix,
      }),
    ];
  }
  const twin = alike.find((other) => other !== domain);
  if (twin !== undefined) {
    const detail = "Dots and dashes are written alike in names of resources, so both would be one zone.";
    return [
      error("address-collision", path, `"${domain}" and "${twin}" would have one address`, detail, {
        facts: { other: twin },
        fix,
      }),
    ];
  }
  const detail = `A zone of Cloud DNS holds a name with all that is below it, so "${rule?.pattern ?? domain}" cannot be told apart from the rest.`;
  return [
    warning("google-dns-wider", path, `on google "${domain}" and every name below it resolve`, detail, {
      facts: { domain },
    }),
  ];
}
