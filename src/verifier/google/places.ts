/** Google: addresses, and what stands elsewhere or otherwise than the spec says. */
import { address, block, holds } from "../replay/blocks";
import { type Fault, reading, unless } from "../replay/fault";
import type { Given, Places } from "../replay/reader";
import { type Attributes, nested, type TerraformDocument, text, texts } from "../terraform/document";
import { placeOf } from "./hosts";
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

function notAsGiven(
  document: TerraformDocument,
  { region, endpoints, settings: { google } }: Given,
): Fault[] {
  const { project } = providerOf(document);
  const own = (type: string, isOwn: (body: Attributes) => boolean, detail: string): Fault[] =>
    all(document, type).flatMap((one) => unless(isOwn(one.body), one.address, detail));
  const isGiven = ({ parent, name, status }: Attributes): boolean =>
    parent === google.accessPolicy &&
    String(name).startsWith(`${google.accessPolicy}/servicePerimeters/`) &&
    texts(nested({ status }, "status"), "resources").join() === `projects/${google.projectNumber}`;
  const keyOf = (body: Attributes): unknown => nested(body, "cmek_settings")?.["kms_key_name"];
  const apis = [...new Set(endpoints.map(({ service }) => service).filter(isApi))];
  const regional = apis.filter((service) => isRegional(service, region, google.regionalEndpoints));
  const names = regional.map((service) => regionalNameOf(service, region));
  const found = all(document, TYPE.regional).map(({ body }) => text(body, "target_google_api"));
  return [
    ...unless(project === (google.project ?? ""), "provider.google", "it is of another project"),
    ...own(TYPE.perimeter, isGiven, "it is not around the project"),
    ...own(
      TYPE.inspection,
      (body) => body["ca_pool"] === google.inspectionCaPool,
      "it is another authority's",
    ),
    ...own(TYPE.bucket, (body) => keyOf(body) === google.kmsKey, "it is under another key"),
    ...own(TYPE.bundle, () => regional.length < apis.length, "every service has an endpoint of the region"),
    ...own(
      TYPE.regional,
      (body) => names.includes(text(body, "target_google_api")),
      "the spec asks for none",
    ),
    ...unless(
      names.every((name) => found.includes(name)),
      TYPE.regional,
      "a service lacks its endpoint of the region",
    ),
  ];
}
