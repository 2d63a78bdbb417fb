/** Google: addresses, and what stands elsewhere or otherwise than the spec says. */
import { address, block, holds } from "../replay/blocks";
import { type Fault, reading, unless } from "../replay/fault";
import type { Given, Places } from "../replay/reader";
import { type Attributes, nested, type TerraformDocument, text } from "../terraform/document";
import { placeOf } from "./hosts";
import { otherPerimeters } from "./perimeter";
import { all, bodyOf, providerOf, type Resource, referred, TYPE } from "./resources";
import { isApi, isRegional, regionalNameOf } from "./services";

export function placesIn(document: TerraformDocument): Places {
  const subnets = all(document, TYPE.subnet);
  const reserved = all(document, TYPE.address);
  const valuesIn = (zone: string, argument: string): string[] =>
    subnets.flatMap(({ name, body }) => (placeOf(name).zone === zone ? [text(body, argument)] : []));
  return {
    addressesOf: (zone) => valuesIn(zone, "ip_cidr_range"),
    allAddresses: () =>
      new Map([
        ...subnets.map((subnet) => [subnet.address, text(subnet.body, "ip_cidr_range")] as const),
        // No subnetwork may hold it:
        // https://docs.cloud.google.com/vpc/docs/about-accessing-google-apis-endpoints
        ...all(document, TYPE.globalAddress).map(
          (one) => [one.address, `${text(one.body, "address")}/32`] as const,
        ),
      ]),
    // A network has no range, only its subnetworks have.
    networkRanges: () => [],
    groupIdsOf: () => [],
    subnetIdsOf: (zone) =>
      subnets.filter(({ name }) => placeOf(name).zone === zone).map((one) => `\${${one.address}.id}`),
    interfacesOf: (zone) =>
      reserved.flatMap(({ body }) =>
        placeOf(referred(body["subnetwork"], TYPE.subnet) ?? "").zone === zone ? [text(body, "address")] : [],
      ),
    notAsGiven: (given) => notAsGiven(document, given),
    platform: () => undefined,
    looseInterfaces: () =>
      reserved.flatMap((one) =>
        unless(isInPlace(document, one), one.address, "it lies in another subnetwork"),
      ),
    placementOf: (zone) => valuesIn(zone, "zone").filter((placed) => placed !== ""),
  };
}

/** It lies in the subnetwork that it names. */
export const isInPlace = (document: TerraformDocument, { address: resource, body }: Resource): boolean =>
  reading(resource, () => {
    const range = text(bodyOf(document, body["subnetwork"], TYPE.subnet), "ip_cidr_range");
    return range !== "" && holds(block(range), address(text(body, "address")));
  });

function notAsGiven(document: TerraformDocument, given: Given): Fault[] {
  const { google } = given.settings;
  const { project } = providerOf(document);
  const own = (type: string, isOwn: (body: Attributes) => boolean, detail: string): Fault[] =>
    all(document, type).flatMap((one) => unless(isOwn(one.body), one.address, detail));
  const keyOf = (body: Attributes): unknown => nested(body, "cmek_settings")?.["kms_key_name"];
  return [
    ...unless(project === (google.project ?? ""), "provider.google", "it is of another project"),
    ...otherPerimeters(document, given),
    ...own(
      TYPE.inspection,
      (body) => body["ca_pool"] === google.inspectionCaPool,
      "it is another authority's",
    ),
    ...own(
      TYPE.bucket,
      (body) => body["project"] === (google.project ?? `\${${TYPE.policy}.enclave.project}`),
      "it is in another project",
    ),
    ...own(
      TYPE.subnet,
      (body) => (nested(body, "log_config")?.["flow_sampling"] ?? given.flowSampling) === given.flowSampling,
      "another share of connections is recorded",
    ),
    ...own(
      TYPE.bucket,
      ({ locked = false }) => locked === given.logsAreLocked,
      "its lock is another than the spec's",
    ),
    ...own(TYPE.bucket, (body) => keyOf(body) === google.kmsKey, "it is under another key"),
    ...otherEndpoints(document, given),
  ];
}

/** Services at the address of all that have one of their own, or the other way round. */
function otherEndpoints(
  document: TerraformDocument,
  { region, endpoints, settings: { google } }: Given,
): Fault[] {
  const apis = [...new Set(endpoints.map(({ service }) => service).filter(isApi))];
  const regional = apis.filter((service) => isRegional(service, region, google.regionalEndpoints));
  const names = regional.map((service) => regionalNameOf(service, region));
  const found = all(document, TYPE.regional).map(({ address, body }) => {
    return { address, name: text(body, "target_google_api") };
  });
  const needsBundle = regional.length < apis.length;
  return [
    ...all(document, TYPE.bundle).flatMap(({ address }) =>
      unless(needsBundle, address, "every service has an endpoint of the region"),
    ),
    ...found.flatMap(({ address, name }) => unless(names.includes(name), address, "the spec asks for none")),
    ...unless(
      names.every((name) => found.some((one) => one.name === name)),
      TYPE.regional,
      "a service lacks its endpoint of the region",
    ),
  ];
}
