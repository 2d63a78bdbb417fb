/** Google APIs by endpoints of the region: a name and an address for each service, and no way to any other. */
import { attempt, permitsOf, render, resource, resourcesOf, spec } from "./rendered";

const HEAD = spec("", "").replace("google: {", "google: { regionalEndpoints: true,");
const ENDPOINTS = `privateEndpoints:
  corpus: { service: object-storage, from: [app], resources: { google: [rag-corpus] } }
  weights: { service: object-storage, from: [db] }
  vault: { service: secrets, from: [app] }
  users: { service: relational-db, from: [web] }
`;
const yaml = (rest: string): string => spec(rest, undefined, HEAD);
const document = render(yaml(ENDPOINTS));
const endpoints = resourcesOf(document, "network_connectivity_regional_endpoint");

test("a service has one endpoint, however many endpoints of the spec lead to it", () => {
  expect(
    [...endpoints].map(([name, { target_google_api, address }]) => [name, target_google_api, address]),
  ).toEqual([
    ["enclave_google_object_storage", "storage.us-east1.rep.googleapis.com", "10.20.255.238"],
    ["enclave_google_secrets", "secretmanager.us-east1.rep.googleapis.com", "10.20.255.239"],
  ]);
});

test("an endpoint is of the region, in the enclave's subnetwork for endpoints, and later than the perimeter", () => {
  for (const endpoint of endpoints.values())
    expect(endpoint).toMatchObject({
      location: "us-east1",
      access_type: "REGIONAL",
      network: "${google_compute_network.enclave.id}",
      subnetwork: "${google_compute_subnetwork.enclave_endpoints.id}",
      depends_on: ["google_access_context_manager_service_perimeter.enclave"],
    });
});

test("the bundle of all APIs is not there, nor its names", () => {
  for (const type of ["compute_global_forwarding_rule", "compute_global_address"])
    expect(resourcesOf(document, type).size).toBe(0);
  expect([...resourcesOf(document, "dns_managed_zone").values()].map((zone) => zone["dns_name"])).toEqual([
    ".",
    "us-east1.rep.googleapis.com.",
  ]);
});

test("each name leads to the address of its service", () => {
  expect(
    [...resourcesOf(document, "dns_record_set").values()].map(({ name, rrdatas }) => [name, rrdatas]),
  ).toEqual([
    ["secretmanager.us-east1.rep.googleapis.com.", ["10.20.255.239"]],
    ["storage.us-east1.rep.googleapis.com.", ["10.20.255.238"]],
  ]);
});

test("a zone is let to the services that it uses, and to no other", () => {
  expect(
    permitsOf(document).map(({ name, destinations, traffic }) => [name, ...destinations, ...traffic]),
  ).toEqual([
    ["app-to-enclave-service-corpus-out", "10.20.255.238/32", "tcp 443"],
    ["db-to-enclave-service-weights-out", "10.20.255.238/32", "tcp 443"],
    ["app-to-enclave-service-vault-out", "10.20.255.239/32", "tcp 443"],
    ["web-to-enclave-service-users-out", "10.20.255.7/32", "tcp 5432"],
  ]);
});

test("the outputs name what clients have to call", () => {
  expect(document["output"]).toMatchObject({
    private_endpoints: {
      value: {
        weights: {
          addresses: ["10.20.255.238"],
          dns_names: ["storage.us-east1.rep.googleapis.com"],
          ids: ["${google_network_connectivity_regional_endpoint.enclave_google_object_storage.id}"],
        },
      },
    },
  });
});

test("the perimeter holds the same services as it does around the bundle", () => {
  const bundled = render(spec(ENDPOINTS));
  const perimeter = (of: typeof document) =>
    resource(of, "access_context_manager_service_perimeter", "enclave")["status"];
  expect(perimeter(document)).toEqual(perimeter(bundled));
});

test("what is said of an endpoint names the address that is its own", () => {
  const said = attempt(yaml(ENDPOINTS)).diagnostics.find(({ code }) => code === "google-enforcement");
  expect(said?.detail).toContain("vault: app to an address of secrets alone, port 443");
});

test("an address stays when an endpoint comes, goes or is renamed", () => {
  const before = attempt(yaml(ENDPOINTS));
  const other = ENDPOINTS.replace(
    "  corpus: {",
    "  queue: { service: queue, from: [app] }\n  documents: { was: corpus,",
  ).replace(/ {2}weights.*\n/, "");
  const after = attempt(yaml(other), before.lockText ?? null, { removed: ["weights"] });
  expect(after.exitCode).toBe(0);
  const addresses = resourcesOf(after.document, "network_connectivity_regional_endpoint");
  for (const [name, endpoint] of endpoints)
    expect(addresses.get(name)?.["address"]).toBe(endpoint["address"]);
  expect(addresses.size).toBe(3);
});

describe("where they are preferred", () => {
  const preferring = render(
    yaml(`${ENDPOINTS}  model: { service: model-api, from: [web] }\n`).replace(
      "regionalEndpoints: true",
      "regionalEndpoints: prefer",
    ),
  );

  test("a service that has one uses it, at the same address, and no other name", () => {
    expect(resourcesOf(preferring, "network_connectivity_regional_endpoint")).toEqual(endpoints);
    const names = [...resourcesOf(preferring, "dns_record_set").values()].map(({ name }) => name);
    expect(names).toEqual([
      "aiplatform.googleapis.com.",
      "secretmanager.us-east1.rep.googleapis.com.",
      "storage.us-east1.rep.googleapis.com.",
      "us-east1-aiplatform.googleapis.com.",
    ]);
  });

  test("names of the region stand in a zone of their own, which is longer than that of all APIs", () => {
    const zoneOf = (record: string) => resource(preferring, "dns_record_set", record)["managed_zone"];
    expect(zoneOf("enclave_storage_us_east1_rep_googleapis_com")).toBe(
      "${google_dns_managed_zone.enclave_us_east1_rep_googleapis_com.name}",
    );
    expect(zoneOf("enclave_aiplatform_googleapis_com")).toBe(
      "${google_dns_managed_zone.enclave_googleapis_com.name}",
    );
  });

  test("only who uses another service is let to the address of all", () => {
    const shared = permitsOf(preferring).filter(({ name }) => name.endsWith("enclave-google-apis-out"));
    expect(shared.map(({ name }) => name)).toEqual(["web-to-enclave-google-apis-out"]);
  });

  test("and only its subnetworks reach Google without an address of their own", () => {
    const open = [...resourcesOf(preferring, "compute_subnetwork")].filter(
      ([, body]) => body["private_ip_google_access"] === true,
    );
    expect(open.map(([name]) => name)).toEqual(["web_1", "web_2"]);
  });
});

describe("the address of a service", () => {
  const SERVICES = ["object-storage", "secrets", "keys", "logs", "queue"];
  const using = (services: readonly string[]): string => {
    const lines = services.map((service) => `  my-${service}: { service: ${service}, from: [app] }\n`);
    return yaml(`privateEndpoints:\n${lines.join("")}`);
  };
  const addressesIn = (of: typeof document) => {
    const all = [...resourcesOf(of, "network_connectivity_regional_endpoint")];
    return Object.fromEntries(
      all.map(([name, { address }]) => [name.replace("enclave_google_", ""), address]),
    );
  };
  const first = attempt(using(SERVICES));
  const lockText = first.lockText ?? "";

  test("is the one that networks of earlier versions have, in any order of the spec", () => {
    const expected = {
      object_storage: "10.20.255.238",
      secrets: "10.20.255.239",
      keys: "10.20.255.240",
      logs: "10.20.255.241",
      queue: "10.20.255.242",
    };
    expect(addressesIn(first.document)).toEqual(expected);
    expect(addressesIn(render(using([...SERVICES].reverse())))).toEqual(expected);
  });

  test("stays with a lock that does not record it yet, and is recorded then", () => {
    const old = JSON.parse(lockText) as { ordinals: Record<string, unknown> };
    delete old.ordinals["regionalEndpoints"];
    const next = attempt(using(SERVICES), JSON.stringify(old));
    expect(next.document).toEqual(first.document);
    expect(next.lockText).toBe(lockText);
  });

  test("follows from the number in the lock, not from a table", () => {
    const moved = lockText.replace('"secrets": 2', '"secrets": 12').replace('"next": 10', '"next": 13');
    const { document: other } = attempt(using(SERVICES), moved);
    expect(addressesIn(other)).toEqual({ ...addressesIn(first.document), secrets: "10.20.255.249" });
  });
});

test("without Google APIs there is neither an endpoint nor a zone of names", () => {
  const none = render(yaml(""));
  expect(resourcesOf(none, "network_connectivity_regional_endpoint").size).toBe(0);
  expect([...resourcesOf(none, "dns_managed_zone").keys()]).toEqual(["enclave_root"]);
});
