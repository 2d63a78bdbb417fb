/** The arguments that the check knows are those that are rendered, and a few that it refuses by name. */
import { KINDS, PROVIDER, PROXIES, RULE } from "../../../src/verifier/google/arguments";
import { MANAGED_PROXIES, TYPE } from "../../../src/verifier/google/resources";
import { blocks, everyResource, table } from "../../../src/verifier/terraform/document";
import { EVERYTHING, IN_THE_REGION } from "../../providers/google/everything";
import { leavesOf } from "../../support/leaves";
import { render } from "../../support/rendered";

const REFUSED = [
  "google_compute_firewall.allow",
  "google_compute_network_firewall_policy_with_rules.count",
  "google_dns_managed_zone.forwarding_config",
  "google_dns_policy.alternative_name_server_config",
  "google_logging_project_exclusion.disabled",
  "google_logging_project_sink.disabled",
  "google_logging_project_sink.exclusions",
];

/** `provider google.region` */
function renderedArguments(spec: string): string[] {
  const { document } = render("google", spec);
  const of = (kind: string, body: unknown): string[] =>
    leavesOf(body).map((path) => `${kind}.${path.filter((word) => !/^\d+$/.test(word)).join(".")}`);
  return [
    ...[table(document, "provider")["google"]].flat().flatMap((body) => of(PROVIDER, body)),
    ...everyResource(document).flatMap(([address, body]) => {
      const [type = ""] = address.split(".");
      if (type === TYPE.policy) return blocks(body, "rule").flatMap((rule) => of(RULE, rule));
      return of(type === TYPE.subnet && body["purpose"] === MANAGED_PROXIES ? PROXIES : type, body);
    }),
  ];
}

test("every kind and every argument that the check knows is rendered, or refused by name", () => {
  const rendered = new Set([EVERYTHING, IN_THE_REGION].flatMap(renderedArguments));
  const known = Object.entries(KINDS).flatMap(([kind, { free = [], read = [], wanted = {} }]) =>
    [...free, ...read, ...Object.keys(wanted)].map((path) => `${kind}.${path}`),
  );
  const unknown = known.filter((path) => !rendered.has(path) && path !== `${TYPE.policy}.rule`);
  expect(unknown.sort()).toEqual(REFUSED);
});
