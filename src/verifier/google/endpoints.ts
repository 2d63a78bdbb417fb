/** Private Service Connect: which endpoint stands for which of the spec, and what it leads to. */
import type { PrivateEndpoint, Service } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { type Fault, unless } from "../replay/fault";
import type { Host } from "../replay/paths";
import type { Endpoints } from "../replay/reader";
import { type Attributes, type TerraformDocument, text, variablesOf } from "../terraform/document";
import { early, unclosed } from "./perimeter";
import { isInPlace } from "./places";
import { all, providerOf, type Resource, refersTo, TYPE } from "./resources";
import { bundleNamesOf, isApi, portsOf, regionalNameOf } from "./services";

export function endpointsIn(document: TerraformDocument, hosts: readonly Host[]): Endpoints {
  const leading = [TYPE.bundle, TYPE.regional, TYPE.forwarding].flatMap((type) => all(document, type));
  const { region } = providerOf(document);
  return {
    endpointsFor: (endpoint) => {
      const hasOwn = isApi(endpoint.service) && regionalOf(document, endpoint.service).length > 0;
      const able = leading.filter(({ address }) => !hasOwn || !address.startsWith(`${TYPE.bundle}.`));
      const own = able.filter((each) => standsFor(each, endpoint, region)).map(({ address }) => address);
      return hosts.filter(({ resource }) => own.includes(resource));
    },
    misplacedEndpoints: () =>
      [...all(document, TYPE.regional), ...all(document, TYPE.address).filter(isEndpoint)].flatMap((one) => {
        const isThere = refersTo(one.body["subnetwork"], PLACE) && isInPlace(document, one);
        return unless(isThere, one.address, "it stands elsewhere");
      }),
    separates: false,
    portsOf,
    wrongRights: (endpoints) => unless(endpoints.length === 0, TYPE.perimeter, "it knows no rights"),
    wrongResources: (endpoints) =>
      unless(endpoints.length === 0, TYPE.perimeter, "it knows no single resources"),
    openToStrangers: (endpoints, { google }) => [
      ...unclosed(document, endpoints),
      ...early(document, google),
    ],
  };
}

/** The subnetwork of endpoints. */
const PLACE = `${TYPE.subnet}.enclave_endpoints`;
const isEndpoint = ({ name }: Resource): boolean => name.startsWith("enclave_");

/**
 * A service of Google by its own endpoint or by the bundle of all; everything else by an endpoint of its
 * name.
 */
function standsFor({ address, body }: Resource, endpoint: PrivateEndpoint, region: string): boolean {
  const { name, service } = endpoint;
  if (!isApi(service)) return address === `${TYPE.forwarding}.enclave_${idOf(name)}` && leads(body, endpoint);
  return (
    address.startsWith(`${TYPE.bundle}.`) ||
    text(body, "target_google_api") === regionalNameOf(service, region)
  );
}

/** To the attachment that the spec names, or else to that of the variable, and only when it has one. */
function leads({ target: found, count }: Attributes, endpoint: PrivateEndpoint): boolean {
  const given = attachmentOf(endpoint);
  if (given !== undefined) return found === given && count === undefined;
  const awaited = `lookup(var.${VARIABLE}, "${endpoint.name}", [])`;
  return found === `\${${awaited}[0]}` && count === `\${length(${awaited}) > 0 ? 1 : 0}`;
}

/** The attachment that the spec gives. */
const attachmentOf = ({ service, target, resources }: PrivateEndpoint): string | undefined =>
  service === "custom" ? target.google?.["serviceAttachment"] : resources.google?.[0];

const VARIABLE = "private_endpoint_resource_ids";

/** The variable takes one attachment in the region for each endpoint that waits for one, and for no other. */
export function unheldVariables(document: TerraformDocument, endpoints: readonly PrivateEndpoint[]): Fault[] {
  const { region } = providerOf(document);
  const names = endpoints
    .filter((endpoint) => !isApi(endpoint.service) && attachmentOf(endpoint) === undefined)
    .map(({ name }) => `"${name}"`);
  const form = `"^(?:https://[^\\\\s/]+/compute/v1/)?projects/[^/\\\\s]+/regions/${region}/serviceAttachments/[^/\\\\s]+$"`;
  const one = `length(ids) <= 1 && alltrue([for id in ids : can(regex(${form}, id))])`;
  const wanted = [
    `\${length(setsubtract(keys(var.${VARIABLE}), [${names.join(", ")}])) == 0}`,
    ...(names.length === 0 ? [] : [`\${alltrue([for ids in values(var.${VARIABLE}) : ${one}])}`]),
  ];
  // https://docs.cloud.google.com/logging/docs/buckets
  const days = ["log_retention_days", "${var.log_retention_days <= 3650}"] as const;
  return [...wanted.map((condition) => [VARIABLE, condition] as const), days].flatMap(([name, condition]) => {
    const isHeld = variablesOf(document).get(name)?.conditions.includes(condition) === true;
    return unless(isHeld, `variable.${name}`, `it is not held to ${condition}`);
  });
}

/** Endpoints of the region for a service of Google. */
const regionalOf = (document: TerraformDocument, service: Service): Resource[] =>
  all(document, TYPE.regional).filter(
    ({ body }) => text(body, "target_google_api") === regionalNameOf(service, providerOf(document).region),
  );

/** Names by which clients call an endpoint; nothing for one that is called by its address. */
export function namesOf(
  document: TerraformDocument,
  { service, dnsNames }: PrivateEndpoint,
  allowed: readonly string[],
): string[] {
  const { region } = providerOf(document);
  if (!isApi(service)) return [...dnsNames];
  return regionalOf(document, service).length > 0
    ? [regionalNameOf(service, region)]
    : bundleNamesOf(service, region, allowed);
}
