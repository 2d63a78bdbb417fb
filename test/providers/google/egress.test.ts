/** The way out: by proxy, by zone, port and name together. */
import { texts } from "../../../src/verifier/terraform/document";
import { permitsOf, render, resource, resourcesOf, ruleNamed, spec } from "./rendered";

const ZONES = `zones:
  app: { exposure: private, hosts: 50 }
  batch: { exposure: private, hosts: 50 }
  db: { exposure: isolated, hosts: 20 }
`;

const REST = `egress:
  - { from: app, to: ["*.huggingface.co", mirror.example.com], ports: [443/tcp], why: "weights" }
  - { from: batch, to: [mirror.example.com], ports: [80/tcp, 8443/tcp], why: "packages" }
`;

const document = render(spec(REST, ZONES));
const RULE = "network_security_gateway_security_policy_rule";
const id = (list: string): string => `\${google_network_security_url_lists.${list}.id}`;

test.each([
  ["app_443", "10.20.0.0/24", 443, ["*.huggingface.co", "mirror.example.com"], "weights"],
  ["batch_80", "10.20.1.0/24", 80, ["mirror.example.com"], "packages"],
  ["batch_8443", "10.20.1.0/24", 8443, ["mirror.example.com"], "packages"],
])("%s judges zone, port and name together", (name, range, port, values, why) => {
  expect(resource(document, RULE, name)).toMatchObject({
    basic_profile: "ALLOW",
    session_matcher: `inIpRange(source.ip, '\${contains(var.quarantine, "${name.split("_")[0]}") ? "127.0.0.1/32" : "${range}"}') && destination.port == ${port} && inUrlList(host(), '${id(name)}')`,
    tls_inspection_enabled: false,
    description: why,
  });
  expect(resource(document, "network_security_url_lists", name)["values"]).toEqual(values);
});

test("networks are peered after everything that brings a route to one of them", () => {
  const made = texts(resource(document, "compute_network_peering", "enclave_to_egress"), "depends_on");
  const subnets = [...resourcesOf(document, "compute_subnetwork").keys()];
  expect([...made].sort()).toEqual(subnets.map((name) => `google_compute_subnetwork.${name}`).sort());
});

test("clients are told what they reach without the proxy", () => {
  const endpoint = "privateEndpoints:\n  logs: { service: logs, from: [app] }\n";
  expect(render(spec(REST + endpoint, ZONES))["output"]).toMatchObject({
    egress: {
      value: {
        no_proxy: ["metadata.google.internal", "169.254.169.254", "10.20.0.0/16", "logging.googleapis.com"],
      },
    },
  });
});

test("rules of the proxy are made one after the other", () => {
  const chain = [...resourcesOf(document, RULE)].map(([name, rule]) => [name, texts(rule, "depends_on")]);
  expect(chain).toEqual([
    ["app_443", []],
    ["batch_80", [`google_${RULE}.app_443`]],
    ["batch_8443", [`google_${RULE}.batch_80`]],
  ]);
});

test("the proxy is explicit, has one address and one port, and is alone in its network", () => {
  const gateway = resource(document, "network_services_gateway", "enclave");
  expect(gateway).toMatchObject({
    type: "SECURE_WEB_GATEWAY",
    addresses: ["10.20.254.36"],
    ports: [8080],
    delete_swg_autogen_router_on_destroy: true,
  });
  expect(gateway["routing_mode"]).toBeUndefined();
  expect(gateway["network"]).toBe("${google_compute_network.enclave_egress.id}");
  const inEgress = [...resourcesOf(document, "compute_subnetwork")].filter(
    ([, subnetwork]) => subnetwork["network"] === gateway["network"],
  );
  expect(inEgress.map(([name, subnetwork]) => [name, subnetwork["purpose"]])).toEqual([
    ["enclave_proxy", "PRIVATE"],
    ["enclave_proxy_only", "REGIONAL_MANAGED_PROXY"],
  ]);
  expect(resource(document, "compute_subnetwork", "enclave_proxy_only")["log_config"]).toBeUndefined();
});

test("the networks exchange nothing but their subnetworks", () => {
  const peerings = [...resourcesOf(document, "compute_network_peering").values()];
  expect(peerings).toHaveLength(2);
  for (const peering of peerings) {
    expect(peering).toMatchObject({
      export_custom_routes: false,
      import_custom_routes: false,
      export_subnet_routes_with_public_ip: false,
      import_subnet_routes_with_public_ip: false,
      stack_type: "IPV4_ONLY",
    });
  }
});

test("the proxy's network alone has a route out, and the gateway waits for it", () => {
  const routes = [...resourcesOf(document, "compute_route").values()];
  expect(routes).toEqual([
    {
      name: "small-enclave-egress",
      description: "From the proxy of enclave small to the internet",
      network: "${google_compute_network.enclave_egress.id}",
      dest_range: "0.0.0.0/0",
      next_hop_gateway: "default-internet-gateway",
      depends_on: ["google_compute_network_peering.enclave_from_egress"],
    },
  ]);
  expect(resource(document, "network_services_gateway", "enclave")["depends_on"]).toEqual([
    "google_compute_subnetwork.enclave_proxy_only",
    "google_compute_route.enclave_egress",
  ]);
});

test("egress that is added later changes nothing of the network that answers names already", () => {
  const allow = 'dns: { allow: ["example.com"] }\n';
  const [before, after] = [render(spec(allow, ZONES)), render(spec(`${allow}${REST}`, ZONES))];
  expect(resource(before, "compute_network", "enclave_egress")).toEqual(
    resource(after, "compute_network", "enclave_egress"),
  );
  expect([resourcesOf(before, "compute_route").size, resourcesOf(after, "compute_route").size]).toEqual([
    0, 1,
  ]);
});

test("only zones that leave reach the proxy, on its one port, and nothing else outside", () => {
  expect(permitsOf(document).map(({ name }) => name)).toEqual([
    "app-to-enclave-proxy-out",
    "batch-to-enclave-proxy-out",
  ]);
  expect(ruleNamed(document, "app-to-enclave-proxy-out")).toMatchObject({
    sources: ["10.20.0.0/24"],
    destinations: ["10.20.254.36/32"],
    traffic: ["tcp 8080"],
  });
});

test("clients are told the proxy's address", () => {
  expect(document["output"]).toMatchObject({ egress: { value: { proxy_url: "http://10.20.254.36:8080" } } });
});

test("what the proxy judges is kept", () => {
  const filter = resource(document, "logging_project_sink", "enclave")["filter"];
  expect(filter).toContain(
    'resource.type="networkservices.googleapis.com/Gateway" AND resource.labels.gateway_name="small-enclave-egress"',
  );
});

describe("inspection of requests", () => {
  const head = spec("", "", undefined).replace(
    "google: {",
    "google: { inspectionCaPool: projects/my-project/locations/us-east1/caPools/inspection,",
  );
  const inspected = render(`${head}${ZONES}${REST}inspection: request\n`);

  test("decrypts with the given pool", () => {
    expect(resource(inspected, "network_security_tls_inspection_policy", "enclave")["ca_pool"]).toBe(
      "projects/my-project/locations/us-east1/caPools/inspection",
    );
    expect(
      resource(inspected, "network_security_gateway_security_policy", "enclave")["tls_inspection_policy"],
    ).toBe("${google_network_security_tls_inspection_policy.enclave.id}");
  });

  test("judges the name a second time inside the tunnel", () => {
    expect(resource(inspected, RULE, "app_443")).toMatchObject({
      tls_inspection_enabled: true,
      application_matcher: `inUrlList(request.url(), '${id("app_443")}')`,
    });
  });

  test("leaves HTTP as it is", () =>
    expect(resource(inspected, RULE, "batch_80")).toMatchObject({ tls_inspection_enabled: false }));
});

test("without a way out there is neither a proxy nor a second network", () => {
  const closed = render(spec("", ZONES));
  expect(resourcesOf(closed, "network_services_gateway").size).toBe(0);
  expect(closed["output"]).toMatchObject({ egress: { value: { proxy_url: "${null}" } } });
});
