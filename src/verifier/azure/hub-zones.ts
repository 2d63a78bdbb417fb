/** Private DNS zones that are another's: those that the spec gives, and none of the enclave's own beside them. */
import { type Fault, unless } from "../replay/fault";
import type { Given } from "../replay/reader";
import { nested, references, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";
import { ignoredOthers } from "./ignored";
import { ENDPOINT, isOfHub } from "./instances";

const ZONE = "azurerm_private_dns_zone";

/** Zones of names of other vendors' services stay the enclave's own. */
export function otherHubZones(document: TerraformDocument, { settings, endpoints }: Given): Fault[] {
  const given = settings.azure.dnsZones;
  const ids = (Array.isArray(given) ? given : []).map((id) => id.toLowerCase());
  const vendors = endpoints.flatMap(({ dnsNames }) => dnsNames.map((name) => name.replace(/^\*\./, "")));
  const own = [...resourcesOf(document, ZONE)].flatMap(([name, body]) =>
    unless(
      given === undefined || vendors.includes(text(body, "name")),
      `${ZONE}.${name}`,
      "the hub has a zone of this name",
    ),
  );
  const groups = [...resourcesOf(document, ENDPOINT)].flatMap(([name, body]) => {
    const group = nested(body, "private_dns_zone_group");
    const written = texts(group, "private_dns_zone_ids");
    const ignored = ignoredOthers(body);
    const isManual = nested(body, "private_service_connection")?.["is_manual_connection"] !== false;
    const isPolicys = given === "policy" && !isManual;
    const resource = `${ENDPOINT}.${name}`;
    return [
      ...unless(ignored.length > 0 === isPolicys, resource, "whose names it has is not the spec's to say"),
      ...unless(!isPolicys || group === undefined, resource, "it has names that a policy writes"),
      ...unless(
        written.filter(isOfHub).every((id) => ids.includes(id.toLowerCase())),
        resource,
        "it writes names into a zone that the spec does not give",
      ),
      ...unless(
        given === undefined || references(group, ZONE).length === 0,
        resource,
        "it writes names into a zone that the hub has",
      ),
    ];
  });
  return [...own, ...groups];
}
