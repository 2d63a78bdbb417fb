/**
 * The perimeter around endpoints of Google APIs. They have no policies: without it, or where it closes fewer
 * services than endpoints lead to, each of them reaches the resources of every customer.
 * https://docs.cloud.google.com/vpc-service-controls/docs/vpc-accessible-services
 * https://docs.cloud.google.com/vpc-service-controls/docs/ingress-egress-rules
 */
import type { CloudSettings } from "../../clouds/clouds";
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, unless } from "../replay/fault";
import type { Given } from "../replay/reader";
import { type Attributes, blocks, nested, type TerraformDocument, text, texts } from "../terraform/document";
import { all, TYPE } from "./resources";
import { apiOf, isApi } from "./services";

/** What a perimeter closes, or would close: a dry run only records. */
const partOf = (body: Attributes): Attributes | undefined => nested(body, "status") ?? nested(body, "spec");

const apisOf = (endpoints: readonly PrivateEndpoint[]): string[] =>
  [...new Set(endpoints.flatMap(({ service }) => (isApi(service) ? [apiOf(service)] : [])))].sort();

/** In any order of the keys. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort())
      : each,
  );

const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

const ACCESSIBLE = { enable_restriction: true, allowed_services: ["RESTRICTED-SERVICES"] };

/** Services that are open to other projects, or closed without need. */
export function unclosed(document: TerraformDocument, endpoints: readonly PrivateEndpoint[]): Fault[] {
  const apis = apisOf(endpoints);
  return all(document, TYPE.perimeter).flatMap(({ address, body }) => {
    const part = partOf(body);
    const restricted = texts(part, "restricted_services");
    return [
      ...unless(isSame([...restricted].sort(), apis), address, `it closes ${restricted.join(", ")}`),
      ...unless(
        isSame(nested(part ?? {}, "vpc_accessible_services"), ACCESSIBLE),
        address,
        "other services are accessible from inside",
      ),
    ];
  });
}

/** Endpoints that are there before a perimeter closes anything. */
export function early(document: TerraformDocument, { perimeter }: CloudSettings["google"] = {}): Fault[] {
  if (perimeter?.existing !== undefined) return [];
  const closing = all(document, TYPE.perimeter).filter(({ body }) => nested(body, "status") !== undefined);
  const perimeters = closing.map(({ address }) => address);
  return [...all(document, TYPE.bundle), ...all(document, TYPE.regional)].flatMap(({ address, body }) => {
    const isClosed = texts(body, "depends_on").some((each) => perimeters.includes(each));
    return unless(isClosed, address, "it is there before a perimeter closes it for other projects");
  });
}

/** Around other projects than the spec gives, or with other ways in. */
export function otherPerimeters(document: TerraformDocument, given: Given): Fault[] {
  const { accessPolicy, projectNumber, perimeter = {} } = given.settings.google;
  const { projects = [], accessLevels = [], dryRun = false, existing } = perimeter;
  const numbers = new Set([projectNumber, ...projects]);
  const resources = [...numbers].map((number) => `projects/${number}`).sort();
  const part = dryRun ? "spec" : "status";
  return [
    ...all(document, TYPE.perimeter).flatMap(({ address, body }) => {
      const { parent, name, use_explicit_dry_run_spec: explicit = false } = body;
      const isPlaced =
        parent === accessPolicy && String(name).startsWith(`${accessPolicy}/servicePerimeters/`);
      const isReal = explicit === dryRun && nested(body, dryRun ? "status" : "spec") === undefined;
      const found = nested(body, part);
      return [
        ...unless(existing === undefined, address, "the project lies in another perimeter"),
        ...unless(isPlaced, address, "it is under another access policy"),
        ...unless(isReal && found !== undefined, address, dryRun ? "it is no dry run" : "it is a dry run"),
        ...unless(isSame(texts(found, "resources"), resources), address, "it is not around the project"),
        ...unless(
          isSame(texts(found, "access_levels"), [...accessLevels].sort()),
          address,
          "other access levels lead in",
        ),
        ...unless(
          isSame(changesIn(body), changesOf(given, part, resources)),
          address,
          "it may change unseen",
        ),
      ];
    }),
    ...otherIngress(document, given, dryRun),
  ];
}

/** What Terraform leaves alone, and what stops it. */
function changesIn(body: Attributes) {
  const lifecycle = nested(body, "lifecycle");
  return [
    texts(lifecycle, "ignore_changes"),
    blocks(lifecycle, "postcondition").map((each) => each["condition"]),
  ];
}

/** Only what the policy's owner adds is left alone, and a perimeter that no longer closes stops Terraform. */
function changesOf(
  { settings: { google }, endpoints }: Given,
  part: string,
  resources: readonly string[],
): ReturnType<typeof changesIn> {
  const [apis, projects] = [apisOf(endpoints), resources].map((each) => JSON.stringify(each));
  const levels = google.perimeter?.accessLevels === undefined ? ["access_levels"] : [];
  const self = `self.${part}[0]`;
  const accessible = `${self}.vpc_accessible_services[0]`;
  const holds = [
    `length(setsubtract(${projects}, ${self}.resources)) == 0`,
    `length(setsubtract(${apis}, ${self}.restricted_services)) == 0`,
    `${accessible}.enable_restriction`,
    `length(setsubtract(${accessible}.allowed_services, ["RESTRICTED-SERVICES"])) == 0`,
  ];
  return [
    ["ingress_policies", "egress_policies", ...levels].map((key) => `${part}[0].${key}`),
    [`\${try(${holds.join(" && ")}, false)}`],
  ];
}

/** Who may come in from outside: Terraform, to the services that it calls itself. */
function otherIngress(document: TerraformDocument, given: Given, dryRun: boolean): Fault[] {
  const { projectNumber, perimeter = {} } = given.settings.google;
  const called = apisOf(given.endpoints).filter(
    (api) => api === apiOf("logs") || (api === apiOf("object-storage") && given.stateIn === "gcs"),
  );
  const wanted = (perimeter.ingressFrom ?? []).length > 0 && perimeter.existing === undefined ? called : [];
  const found = [TYPE.ingress, TYPE.dryIngress].flatMap((type) => all(document, type));
  const type = dryRun ? TYPE.dryIngress : TYPE.ingress;
  const from = { identities: [...(perimeter.ingressFrom ?? [])].sort(), sources: [{ access_level: "*" }] };
  const to = {
    resources: [`projects/${projectNumber}`],
    operations: wanted.map((api) => ({ service_name: api, method_selectors: [{ method: "*" }] })),
  };
  return [
    ...unless(wanted.length === 0 || found.length === 1, type, "nobody is let in, or others are, too"),
    ...found.flatMap(({ address, body }) => {
      const isGiven =
        wanted.length > 0 &&
        address.startsWith(`${type}.`) &&
        isSame(nested(body, "ingress_from"), from) &&
        isSame(nested(body, "ingress_to"), to) &&
        text(body, "perimeter") === `\${${TYPE.perimeter}.enclave.name}`;
      return unless(isGiven, address, "the spec lets in others, or to other services");
    }),
  ];
}
