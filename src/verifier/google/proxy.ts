/** The proxy itself: whether requests reach it, and whether it reaches the internet. */
import { address, holds } from "../replay/blocks";
import { type Fault, faults, reading, unless } from "../replay/fault";
import { type TerraformDocument, texts } from "../terraform/document";
import { isWayOut, subnetsIn } from "./network";
import { all, bodyOf, EGRESS, MANAGED_PROXIES, type Resource, referred, refersTo, TYPE } from "./resources";

/**
 * Faults that keep the proxy from working, and any second proxy. It works from a subnetwork for proxies, in a
 * network of its own, and needs the route to the internet there.
 * https://docs.cloud.google.com/secure-web-proxy/docs/initial-setup-steps
 */
export function proxyFaults(document: TerraformDocument): Fault[] {
  const [first, ...more] = all(document, TYPE.gateway);
  if (first === undefined) return [];
  const [route] = all(document, TYPE.route);
  const [proxies] = all(document, TYPE.subnet).filter(({ body }) => body["purpose"] === MANAGED_PROXIES);
  const isServed = proxies?.body["role"] === "ACTIVE" && refersTo(proxies.body["network"], EGRESS);
  return [
    ...unless(isInPlace(document, first), first.address, "it is no proxy in its own network"),
    ...faults(
      more.map((second) => second.address),
      "it is a second proxy",
    ),
    ...unless(isWayOut(route?.body ?? {}), route?.address ?? TYPE.route, "the proxy has no route out"),
    ...unless(isServed, proxies?.address ?? TYPE.subnet, "the proxy has nothing to work from"),
  ];
}

function isInPlace(document: TerraformDocument, { address: resource, body }: Resource): boolean {
  const range = subnetsIn(document, EGRESS).get(referred(body["subnetwork"], TYPE.subnet) ?? "");
  const addresses = reading(resource, () => texts(body, "addresses").map(address));
  return (
    body["type"] === "SECURE_WEB_GATEWAY" &&
    refersTo(body["network"], EGRESS) &&
    bodyOf(document, body["gateway_security_policy"], TYPE.exitPolicy) !== undefined &&
    range !== undefined &&
    addresses.length > 0 &&
    addresses.every((at) => holds(range, at))
  );
}
