/** The proxy read back from the rendered document: explicit, outside the enclave's network, and open for what is planned by name. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, resourcesOf, text, texts } from "../shared/document";
import { differing, unless } from "../shared/invariants";
import { zoneNamed } from "../shared/zones";

const EGRESS = "${google_compute_network.enclave_egress.id}";

export function brokenProxy(document: TerraformDocument, plan: NetworkPlan): string[] {
  const gateways = [...resourcesOf(document, "google_network_services_gateway").values()];
  const rules = resourcesOf(document, "google_network_security_gateway_security_policy_rule");
  const lists = [...resourcesOf(document, "google_network_security_url_lists")];
  const found = lists.flatMap(([list, body]) => texts(body, "values").map((name) => `${list} ${name}`));
  const planned = plan.departures.map((departure) => ({
    ...departure,
    exit: `${zoneNamed(plan.zones, departure.zone).id}_${departure.port}`,
  }));
  return [
    ...unless(
      gateways.length === Math.min(planned.length, 1) && gateways.every(isExplicit),
      "there is not one explicit proxy where something leaves",
    ),
    ...brokenRoutes(document, Math.min(planned.length, 1)),
    ...differing([...rules.keys()], new Set(planned.map(({ exit }) => exit)), (name) => `proxy rule ${name}`),
    ...differing(
      found,
      new Set(planned.map(({ exit, name }) => `${exit} ${name}`)),
      (entry) => `entry of proxy list ${entry}`,
    ),
    ...[...rules].flatMap(([name, rule]) => brokenRule(name, text(rule, "session_matcher"))),
  ];
}

const isExplicit = (gateway: Attributes): boolean =>
  gateway["routing_mode"] === undefined && text(gateway, "network") === EGRESS;

/** Nothing but the proxy has a route out, in its own network. */
function brokenRoutes(document: TerraformDocument, planned: number): string[] {
  const routes = [...resourcesOf(document, "google_compute_route")];
  return [
    ...unless(routes.length === planned, `${routes.length} routes are rendered, ${planned} planned`),
    ...routes
      .filter(([, route]) => text(route, "network") !== EGRESS)
      .map(([name]) => `route ${name} is not in the proxy's network`),
  ];
}

/** A rule is named after its zone and its port, and so is the list of names that it asks. */
function brokenRule(name: string, matcher: string): string[] {
  const port = name.slice(name.lastIndexOf("_") + 1);
  const [, source = "", rest = ""] = /^inIpRange\(source\.ip, '([^']+)'\) && (.*)$/.exec(matcher) ?? [];
  const wanted = `destination.port == ${port} && inUrlList(host(), '\${google_network_security_url_lists.${name}.id}')`;
  const switched =
    /^\$\{contains\(var\.quarantine, "([a-z0-9-]+)"\) \? "127\.0\.0\.1\/32" : "[\d./]+"\}$/.exec(source);
  return [
    ...unless(source !== "" && rest === wanted, `proxy rule ${name} does not name zone, port and hosts`),
    ...unless(
      switched?.[1]?.replaceAll("-", "_") === name.slice(0, -port.length - 1),
      `proxy rule ${name} holds in quarantine`,
    ),
  ];
}
