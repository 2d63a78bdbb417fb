/** What rules, subnetworks, proxy and names say: no value of theirs changes unnoticed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants } from "../../../providers/google/invariants";
import { unnoticed } from "../../support/leaves";
import { render } from "../../support/rendered";
import { spec } from "./rendered";

/** Each all through, but for names and texts, which open nothing, and for what only orders rules that differ. */
const TYPES = {
  google_compute_network_firewall_policy_with_rules: ["name", "description", "rule_name", "priority"],
  google_compute_subnetwork: ["name", "description", "region", "aggregation_interval"],
  google_compute_network_peering: ["name", "depends_on"],
  google_dns_managed_zone: ["name", "description", "labels"],
  google_dns_record_set: ["ttl"],
  google_network_security_gateway_security_policy_rule: ["name", "description", "location", "depends_on", "gateway_security_policy"],
  google_network_security_url_lists: ["name", "description", "location"],
  google_network_services_gateway: [
    "name",
    "description",
    "labels",
    "location",
    "scope",
    "delete_swg_autogen_router_on_destroy",
    "depends_on",
  ],
} as const;

const EVERYTHING = (
  settings: string,
): string => `${spec().replace("google: {", `google: { inspectionCaPool: projects/p/locations/us-east1/caPools/p, ${settings}`)}flows:
  - { from: internet, to: web, ports: [443/tcp], why: "public" }
  - { from: web, to: app, ports: [8080/tcp, 100-200/udp, icmp], why: "requests" }
  - { from: [web, app], to: db, ports: [any], why: "all" }
  - { from: app, to: app, ports: [9000/tcp], why: "peers" }
privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  images: { service: secrets, from: [app, db] }
  index: { service: custom, from: [app], ports: [443/tcp], dnsName: x.example.com, target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
egress:
  - { from: app, to: ["*.huggingface.co", mirror.example.com], ports: [443/tcp, 80/tcp], why: "packages" }
inspection: request
dns: { allow: [time.example.org] }
`;

const SPECS = {
  "private-rag": readFileSync(join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"), "utf8"),
  "every part": EVERYTHING(""),
  "every part, endpoints of the region": EVERYTHING("regionalEndpoints: true, "),
} as const;

describe.each(Object.entries(SPECS))("%s", (_name, yaml) => {
  const rendered = render("google", yaml);

  test("breaks nothing as it is", () => expect(brokenInvariants(rendered.document, rendered.plan)).toEqual([]));

  test.each(Object.entries(TYPES))("no value of %s changes unnoticed", (type, ignored) => {
    expect(unnoticed(rendered, brokenInvariants, [type], ignored)).toEqual([]);
  });
});
