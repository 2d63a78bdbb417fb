/** The network: it has no way out, its subnetworks are closed and logged, and a second layer only denies. */
import { render, resource, resourcesOf, spec } from "./rendered";

describe("without a flow", () => {
  const document = render(spec());

  test("there is no proxy, no second network, no endpoint, no perimeter", () => {
    const types = [
      "network_services_gateway",
      "compute_network_peering",
      "compute_global_forwarding_rule",
      "access_context_manager_service_perimeter",
    ];
    for (const type of types) expect(resourcesOf(document, type).size).toBe(0);
    expect([...resourcesOf(document, "compute_network").keys()]).toEqual(["enclave"]);
  });

  test("there is no route, no router and no data source", () => {
    expect(
      Object.keys(document["resource"] as object).filter((type) => /route|router|nat/.test(type)),
    ).toEqual([]);
    expect(document["data"]).toBeUndefined();
  });
});

describe("the network", () => {
  const document = render(spec());

  test("has no way to the internet, and its policy comes before classic rules", () => {
    expect(resource(document, "compute_network", "enclave")).toMatchObject({
      auto_create_subnetworks: false,
      delete_default_routes_on_create: true,
      network_firewall_policy_enforcement_order: "BEFORE_CLASSIC_FIREWALL",
      enable_ula_internal_ipv6: false,
    });
  });

  test.each(["web_1", "web_2", "app_1", "app_2", "db_1", "db_2"])(
    "subnetwork %s is logged in full, and later than the policy and what closes names",
    (name) => {
      expect(resource(document, "compute_subnetwork", name)).toMatchObject({
        private_ipv6_google_access: "DISABLE_GOOGLE_ACCESS",
        stack_type: "IPV4_ONLY",
        log_config: { flow_sampling: 1, metadata: "INCLUDE_ALL_METADATA" },
        depends_on: [
          "google_compute_network_firewall_policy_association.enclave",
          "google_dns_managed_zone.enclave_root",
          "google_dns_policy.enclave",
        ],
      });
    },
  );

  test("classic rules only deny, both ways", () => {
    const rules = [...resourcesOf(document, "compute_firewall").values()];
    expect(rules.map((rule) => [rule["direction"], rule["priority"], rule["allow"], rule["deny"]])).toEqual([
      ["EGRESS", 65535, undefined, [{ protocol: "all" }]],
      ["INGRESS", 65535, undefined, [{ protocol: "all" }]],
    ]);
  });

  test("an interface is a reserved address in each slot", () => {
    const addresses = [...resourcesOf(document, "compute_address")].map(([name, address]) => [
      name,
      address["address"],
      address["address_type"],
    ]);
    expect(addresses).toEqual([
      ["db_main_1", "10.20.64.10", "INTERNAL"],
      ["db_main_2", "10.20.65.10", "INTERNAL"],
    ]);
  });
});
