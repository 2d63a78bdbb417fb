/** No value of a rendered document changes unnoticed, whatever resource it is of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants, RENDERED_TYPES } from "../../../providers/google/invariants";
import { resourceTypes } from "../../../providers/shared/document";
import { unnoticed } from "../../support/leaves";
import { render } from "../../support/rendered";
import { spec } from "./rendered";

/** Every argument that is ever rendered: attachments given and awaited, a key of one's own, decrypted requests, a name for all. */
const everything = (settings = ""): string => `${spec().replace("google: {", `google: { ${settings}`)}flows:
  - { from: internet, to: web, ports: [443/tcp], why: "public" }
  - { from: web, to: app, ports: [8080/tcp, 100-200/udp, icmp], why: "requests" }
  - { from: [web, app], to: db, ports: [any], why: "all" }
  - { from: app, to: app, ports: [9000/tcp], why: "peers" }
privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  credentials: { service: secrets, from: [app, db] }
  users: { service: relational-db, from: [app] }
  index: { service: custom, from: [app], ports: [443/tcp], dnsName: x.example.com, target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
egress:
  - { from: app, to: ["*.huggingface.co", mirror.example.com], ports: [443/tcp, 80/tcp], why: "packages" }
dns: { allow: [time.example.org] }
`;

const OWN_KEYS =
  "kmsKey: projects/p/locations/us-east1/keyRings/r/cryptoKeys/k, inspectionCaPool: projects/p/locations/us-east1/caPools/p, ";

const WAIVED = `${spec().replace(/^google: .*$/m, "")}privateEndpoints:
  corpus: { service: object-storage, from: [app] }
waive: [{ rule: google-perimeter, endpoint: corpus, why: "there is no organisation" }]
`;

const RENDERED = {
  "private-rag": render(
    "google",
    readFileSync(join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"), "utf8"),
  ),
  "every part": render("google", `${everything(OWN_KEYS)}inspection: request\nquarantine: [db]\n`),
  "every part, endpoints of the region": render("google", everything("regionalEndpoints: true, ")),
  "no perimeter, which is waived": render("google", WAIVED),
} as const;

/** Texts for readers, and names; but by some names things are found, and a record is one. */
const WITHOUT_EFFECT = ["description", "rule_name", "labels"];
const FOUND_BY_NAME = [
  "google_access_context_manager_service_perimeter",
  "google_compute_global_forwarding_rule",
  "google_compute_network",
  "google_dns_record_set",
  "google_network_services_gateway",
];
const ignored = (type: string): string[] => [
  ...WITHOUT_EFFECT,
  ...(FOUND_BY_NAME.includes(type) ? [] : ["name"]),
];

test("every type that is ever rendered is among these", () => {
  const found = Object.values(RENDERED).flatMap(({ document }) => resourceTypes(document));
  expect([...new Set(found)].sort()).toEqual([...RENDERED_TYPES].sort());
});

describe.each(Object.entries(RENDERED))("%s", (_name, rendered) => {
  test("breaks nothing as it is", () =>
    expect(brokenInvariants(rendered.document, rendered.plan)).toEqual([]));

  test.each(resourceTypes(rendered.document))("no value of %s changes unnoticed", (type) => {
    expect(unnoticed(rendered, brokenInvariants, [type], ignored(type))).toEqual([]);
  });
});
