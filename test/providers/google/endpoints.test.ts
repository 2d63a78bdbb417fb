/** Private endpoints and the names that resolve. */
import { attempt, permitsOf, render, resource, resourcesOf, ruleNamed, spec } from "./rendered";

const ATTACHMENT = "projects/partner/regions/us-east1/serviceAttachments/index";
const REST = `privateEndpoints:
  corpus: { service: object-storage, from: [app], resources: { google: [rag-corpus] } }
  model: { service: model-api, from: [app, web] }
  pinecone: { service: custom, from: [app, db], ports: [443/tcp, 5081/tcp], dnsNames: [x.svc.example.com], target: { google: { serviceAttachment: ${ATTACHMENT} } } }
  users: { service: relational-db, from: [app] }
`;
const document = render(spec(REST));
const API_ADDRESS = "10.20.254.52";

describe("Google APIs", () => {
  test("answer at one address outside every subnetwork, of the narrow bundle, after the perimeter", () => {
    expect(resource(document, "compute_global_address", "enclave_google_apis")).toMatchObject({
      address: API_ADDRESS,
      address_type: "INTERNAL",
      purpose: "PRIVATE_SERVICE_CONNECT",
    });
    expect(resource(document, "compute_global_forwarding_rule", "enclave_google_apis")).toMatchObject({
      name: "small",
      target: "vpc-sc",
      load_balancing_scheme: "",
      no_automate_dns_zone: true,
      depends_on: ["google_access_context_manager_service_perimeter.enclave"],
    });
  });

  test("are kept to the project and to the services in use", () => {
    expect(resource(document, "access_context_manager_service_perimeter", "enclave")).toMatchObject({
      parent: "accessPolicies/1234",
      name: "accessPolicies/1234/servicePerimeters/small_123456789012",
      status: {
        resources: ["projects/123456789012"],
        restricted_services: ["aiplatform.googleapis.com", "storage.googleapis.com"],
        vpc_accessible_services: { enable_restriction: true, allowed_services: ["RESTRICTED-SERVICES"] },
      },
    });
  });

  test.each(["app", "web"])("are reached from %s, which uses one", (zone) => {
    expect(ruleNamed(document, `${zone}-to-enclave-google-apis-out`)).toMatchObject({
      destinations: [`${API_ADDRESS}/32`],
      traffic: ["tcp 443"],
    });
  });

  test("are not reached from a zone that uses none", () => {
    expect(
      permitsOf(document).filter(
        ({ name, destinations }) => name.startsWith("db-") && destinations.includes(`${API_ADDRESS}/32`),
      ),
    ).toEqual([]);
  });

  test("resolve by the names of the services in use, and by no other", () => {
    const records = [...resourcesOf(document, "dns_record_set").values()].filter(
      (record) => (record["rrdatas"] as string[])[0] === API_ADDRESS,
    );
    expect(records.map((record) => record["name"]).sort()).toEqual([
      "*.storage.googleapis.com.",
      "aiplatform.googleapis.com.",
      "storage.googleapis.com.",
      "us-east1-aiplatform.googleapis.com.",
    ]);
  });

  test("what holds them is said once on every run", () => {
    const said = attempt(spec(REST)).diagnostics.filter(({ code }) => code === "google-enforcement");
    expect(said.map(({ severity, facts }) => [severity, facts["endpoints"]])).toEqual([
      ["info", ["corpus", "model", "pinecone", "users"]],
    ]);
    expect(said[0]?.detail).toContain("read on rag-corpus");
  });

  test.each([
    ["object-storage", "iamcredentials.googleapis.com"],
    ["model-api", "Dedicated endpoints"],
    ["ml-platform", "Dedicated endpoints"],
    ["container-registry", "mirror.gcr.io"],
  ])("of %s say which part of it stays out: %s", (service, part) => {
    const yaml = spec(`privateEndpoints: { it: { service: ${service}, from: [app] } }\n`);
    const [said] = attempt(yaml).diagnostics.filter(({ code }) => code === "google-enforcement");
    expect(said?.detail).toContain(part);
  });
});

describe("a service of somebody else", () => {
  test("has an address of its own in the block for endpoints", () => {
    expect(resource(document, "compute_address", "enclave_pinecone")["address"]).toBe("10.20.255.6");
    expect(resource(document, "compute_subnetwork", "enclave_endpoints")["ip_cidr_range"]).toBe(
      "10.20.255.0/24",
    );
  });

  test("has a name that another service attachment changes, so that Terraform makes it anew", () => {
    const nameOf = (id: string) => resource(document, "compute_forwarding_rule", `enclave_${id}`)["name"];
    // The address of the API in front of an id changes nothing.
    const hashed = (of: string) => `\${substr(sha1(replace(${of}, "/^.*(projects[/])/", "$1")), 0, 8)}`;
    expect(nameOf("pinecone")).toBe(`small-enclave-pinecone-${hashed(`"${ATTACHMENT}"`)}`);
    const given = 'lookup(var.private_endpoint_resource_ids, "users", [])[0]';
    expect(nameOf("users")).toBe(`small-enclave-users-${hashed(given)}`);
  });

  test("is reached by its service attachment, not by a load balancer", () => {
    expect(resource(document, "compute_forwarding_rule", "enclave_pinecone")).toMatchObject({
      target: ATTACHMENT,
      load_balancing_scheme: "",
      allow_psc_global_access: false,
    });
  });

  test.each(["app", "db"])("is open to %s on its ports", (zone) => {
    expect(ruleNamed(document, `${zone}-to-enclave-service-pinecone-out`)).toMatchObject({
      destinations: ["10.20.255.6/32"],
      traffic: ["tcp 443", "tcp 5081"],
    });
  });

  test("resolves by its name", () => {
    expect(
      resource(document, "dns_managed_zone", "enclave_service_pinecone__x_svc_example_com"),
    ).toMatchObject({ dns_name: "x.svc.example.com.", visibility: "private" });
    expect(resource(document, "dns_record_set", "enclave_service_pinecone__x_svc_example_com")).toMatchObject(
      { name: "x.svc.example.com.", rrdatas: ["10.20.255.6"] },
    );
  });
});

describe("a database without a service attachment", () => {
  test("waits for one, and Terraform says so", () => {
    const ids = 'lookup(var.private_endpoint_resource_ids, "users", [])';
    expect(resource(document, "compute_forwarding_rule", "enclave_users")).toMatchObject({
      count: `\${length(${ids}) > 0 ? 1 : 0}`,
      target: `\${${ids}[0]}`,
    });
    expect(document["check"]).toMatchObject({
      enclave_users: { assert: [{ condition: `\${length(${ids}) > 0}` }] },
    });
  });

  test("is made at once when the spec has one", () => {
    const given = render(
      spec(
        `privateEndpoints:\n  users: { service: relational-db, from: [app], resources: { google: [${ATTACHMENT}] } }\n`,
      ),
    );
    expect(resource(given, "compute_forwarding_rule", "enclave_users")).toMatchObject({ target: ATTACHMENT });
    expect(given["check"]).toBeUndefined();
    expect(ruleNamed(given, "app-to-enclave-service-users-out").traffic).toEqual(["tcp 5432"]);
  });
});
