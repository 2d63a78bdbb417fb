/** Every invariant is broken once, on a real rendering, and is reported; an untouched rendering breaks none. */
import { brokenInvariants } from "../../../providers/google/invariants";
import { render } from "../../support/rendered";
import { spec } from "./rendered";

const YAML = spec(`flows:
  - { from: internet, to: web, ports: [443/tcp], why: "public" }
  - { from: web, to: app, ports: [8080/tcp], why: "requests" }
privateEndpoints:
  corpus: { service: object-storage, from: [app] }
  index: { service: custom, from: [app], ports: [443/tcp], dnsName: index.example.com, target: { google: { serviceAttachment: projects/p/regions/us-east1/serviceAttachments/s } } }
egress:
  - { from: app, to: ["*.example.com"], ports: [443/tcp], why: "packages" }
`);

const { document: untouched, plan } = render("google", YAML);
// biome-ignore lint/suspicious/noExplicitAny: a document is taken apart at any place.
type Document = any;
const fresh = (): Document => structuredClone(untouched);
const rulesIn = (document: Document): Document[] =>
  document.resource.google_compute_network_firewall_policy_with_rules.enclave.rule;
const ruleIn = (document: Document, name: string): Document =>
  rulesIn(document).find((rule) => rule.rule_name === name);
const permit = (document: Document): Document => ruleIn(document, "web-to-app-8080-tcp-in");

const POLICY = "google_compute_network_firewall_policy_with_rules.enclave";

test("a rendering as it is breaks nothing", () => expect(brokenInvariants(fresh(), plan)).toEqual([]));

const BREAKS: readonly (readonly [string, (document: Document) => void])[] = [
  [
    "google_compute_router is a kind of resource that no enclave has",
    (d) => (d.resource.google_compute_router = { out: {} }),
  ],
  ["a data source would need credentials while planning", (d) => (d.data = {})],
  [
    "network enclave keeps Google's route to the internet",
    (d) => (d.resource.google_compute_network.enclave.delete_default_routes_on_create = false),
  ],
  [
    "network enclave_egress keeps Google's route to the internet",
    (d) => (d.resource.google_compute_network.enclave_egress.delete_default_routes_on_create = false),
  ],
  [
    "2 routes are rendered, 1 planned",
    (d) => (d.resource.google_compute_route.more = { ...d.resource.google_compute_route.enclave_egress }),
  ],
  ["0 routes are rendered, 1 planned", (d) => delete d.resource.google_compute_route],
  [
    "route enclave_egress is not in the proxy's network",
    (d) => (d.resource.google_compute_route.enclave_egress.network = "${google_compute_network.enclave.id}"),
  ],
  [
    "network enclave makes subnetworks of its own",
    (d) => delete d.resource.google_compute_network.enclave.auto_create_subnetworks,
  ],
  [
    "classic rules come before the policy of network enclave",
    (d) => delete d.resource.google_compute_network.enclave.network_firewall_policy_enforcement_order,
  ],
  [
    "network enclave has IPv6",
    (d) => (d.resource.google_compute_network.enclave.enable_ula_internal_ipv6 = true),
  ],
  [
    "subnetwork app_1 is not in the enclave's network",
    (d) => (d.resource.google_compute_subnetwork.app_1.network = "other"),
  ],
  [
    "subnetwork app_1 reaches Google's public front doors",
    (d) => (d.resource.google_compute_subnetwork.app_1.private_ip_google_access = true),
  ],
  ["subnetwork app_1 has IPv6", (d) => (d.resource.google_compute_subnetwork.app_1.stack_type = "IPV4_IPV6")],
  [
    "flows of subnetwork app_1 are not all logged",
    (d) => (d.resource.google_compute_subnetwork.app_1.log_config.flow_sampling = 0.5),
  ],
  [
    "subnetwork app_1 can be there before the firewall policy",
    (d) => delete d.resource.google_compute_subnetwork.app_1.depends_on,
  ],
  [
    "subnetwork enclave_proxy_only of proxies is in the enclave's network",
    (d) =>
      (d.resource.google_compute_subnetwork.enclave_proxy_only.network =
        "${google_compute_network.enclave.id}"),
  ],
  [
    "there is not one firewall policy on the enclave's network",
    (d) => delete d.resource.google_compute_network_firewall_policy_association,
  ],
  [
    "the firewall policy is not on the enclave's network",
    (d) =>
      (d.resource.google_compute_network_firewall_policy_association.enclave.attachment_target = "other"),
  ],
  [
    "rules are not in the order of different priorities",
    (d) => (permit(d).priority = ruleIn(d, "web-to-app-8080-tcp-out").priority),
  ],
  [
    "what nothing admits is not denied: 0.0.0.0/0 EGRESS",
    (d) => (ruleIn(d, "enclave-deny-egress-out").disabled = true),
  ],
  [
    "what nothing admits is not denied: 0.0.0.0/0 INGRESS",
    (d) => (ruleIn(d, "enclave-deny-ingress-in").match.dest_ip_ranges = ["10.20.0.0/24"]),
  ],
  [
    "7 permits are rendered, 6 are planned",
    (d) =>
      rulesIn(d).splice(rulesIn(d).indexOf(permit(d)), 0, {
        ...permit(d),
        priority: permit(d).priority - 0.5,
      }),
  ],
  ["rule web-to-app-8080-tcp-in holds for every workload", (d) => delete permit(d).match.dest_ip_ranges],
  ["rule web-to-app-8080-tcp-in reaches 0.0.0.0/0", (d) => (permit(d).match.src_ip_ranges = ["0.0.0.0/0"])],
  ["rule web-to-app-8080-tcp-in reaches 8.0.0.0/8", (d) => (permit(d).match.dest_ip_ranges = ["8.0.0.0/8"])],
  ["rule web-to-app-8080-tcp-in holds in quarantine", (d) => (permit(d).disabled = false)],
  ["rule web-to-app-8080-tcp-in is not logged", (d) => delete permit(d).enable_logging],
  ["rule web-to-app-8080-tcp-in neither allows nor denies", (d) => (permit(d).action = "goto_next")],
  [
    `${POLICY} rule 60000 says target_service_accounts ["one@example.com"], not nothing`,
    (d) => (ruleIn(d, "enclave-deny-egress-out").target_service_accounts = ["one@example.com"]),
  ],
  [
    'variable.tags says default {"costcenter":"1"}, not {}',
    (d) => (d.variable.tags.default = { costcenter: "1" }),
  ],
  ["zone app cannot be cut off", (d) => (ruleIn(d, "enclave-quarantine-app-out").disabled = true)],
  [
    "classic rule enclave_deny_egress allows something",
    (d) => (d.resource.google_compute_firewall.enclave_deny_egress.allow = [{ protocol: "tcp" }]),
  ],
  ["there is no backstop for INGRESS", (d) => delete d.resource.google_compute_firewall.enclave_deny_ingress],
  [
    "the enclave's network is peered with more or less than the proxy's",
    (d) =>
      (d.resource.google_compute_network_peering.more = {
        ...d.resource.google_compute_network_peering.enclave_to_egress,
      }),
  ],
  [
    "peering enclave_to_egress exchanges routes: import_custom_routes",
    (d) => (d.resource.google_compute_network_peering.enclave_to_egress.import_custom_routes = true),
  ],
  [
    "peering enclave_to_egress carries IPv6",
    (d) => (d.resource.google_compute_network_peering.enclave_to_egress.stack_type = "IPV4_IPV6"),
  ],
  [
    "there is not one explicit proxy where something leaves",
    (d) => (d.resource.google_network_services_gateway.enclave.routing_mode = "NEXT_HOP_ROUTING_MODE"),
  ],
  [
    "proxy rule app_443 is missing",
    (d) => delete d.resource.google_network_security_gateway_security_policy_rule,
  ],
  [
    "proxy rule app_443 does not name zone, port and hosts",
    (d) => (d.resource.google_network_security_gateway_security_policy_rule.app_443.session_matcher = "true"),
  ],
  [
    "proxy rule app_443 holds in quarantine",
    (d) => {
      const rule = d.resource.google_network_security_gateway_security_policy_rule.app_443;
      rule.session_matcher = rule.session_matcher.replace("127.0.0.1/32", "10.20.1.0/24");
    },
  ],
  [
    "entry of proxy list app_443 * is not planned",
    (d) => d.resource.google_network_security_url_lists.app_443.values.push("*"),
  ],
  [
    "entry of proxy list app_443 *.com is not planned",
    (d) => d.resource.google_network_security_url_lists.app_443.values.push("*.com"),
  ],
  [
    "endpoint enclave_index is a load balancer",
    (d) => delete d.resource.google_compute_forwarding_rule.enclave_index.load_balancing_scheme,
  ],
  [
    "endpoint enclave_google_apis is not of the narrow bundle",
    (d) => (d.resource.google_compute_global_forwarding_rule.enclave_google_apis.target = "all-apis"),
  ],
  [
    "Google APIs can be reached without a perimeter",
    (d) => delete d.resource.google_access_context_manager_service_perimeter,
  ],
  [
    "Google APIs can be reached without a perimeter",
    (d) =>
      (d.resource.google_access_context_manager_service_perimeter.enclave.status.vpc_accessible_services.allowed_services =
        ["ALL"]),
  ],
  [
    "entry of proxy list app_443 *.example.com is missing",
    (d) => (d.resource.google_network_security_url_lists.app_443.values = ["*.example.org"]),
  ],
  [
    "proxy rule app_443 does not name zone, port and hosts",
    (d) => {
      const rule = d.resource.google_network_security_gateway_security_policy_rule.app_443;
      rule.session_matcher = rule.session_matcher.replace("port == 443", "port == 22");
    },
  ],
  [
    "proxy rule app_443 holds in quarantine",
    (d) => {
      const rule = d.resource.google_network_security_gateway_security_policy_rule.app_443;
      rule.session_matcher = rule.session_matcher.replace('"app"', '"web"');
    },
  ],
  [
    "there is not one explicit proxy where something leaves",
    (d) =>
      (d.resource.google_network_services_gateway.enclave.network = "${google_compute_network.enclave.id}"),
  ],
  ["address db_main_1 is public", (d) => delete d.resource.google_compute_address.db_main_1.address_type],
  [
    "address enclave_google_apis is public",
    (d) => (d.resource.google_compute_global_address.enclave_google_apis.address_type = "EXTERNAL"),
  ],
  [
    "there is no backstop for EGRESS",
    (d) => (d.resource.google_compute_firewall.enclave_deny_egress.deny = [{ protocol: "tcp" }]),
  ],
  [
    "there is no backstop for INGRESS",
    (d) => (d.resource.google_compute_firewall.enclave_deny_ingress.source_ranges = ["10.0.0.0/8"]),
  ],
  [
    "Google APIs can be reached without a perimeter",
    (d) =>
      (d.resource.google_access_context_manager_service_perimeter.enclave.status.restricted_services = [
        "pubsub.googleapis.com",
      ]),
  ],
  [
    "Google APIs can be reached without a perimeter",
    (d) => (d.resource.google_access_context_manager_service_perimeter.enclave.status.resources = []),
  ],
  [
    "names that nobody needs resolve",
    (d) =>
      (d.resource.google_dns_managed_zone.enclave_root.private_visibility_config = {
        networks: [{ network_url: "other" }],
      }),
  ],
  ["DNS queries are not logged", (d) => d.resource.google_dns_policy.enclave.networks.shift()],
  ["names that nobody needs resolve", (d) => delete d.resource.google_dns_managed_zone.enclave_root],
  [
    "DNS zone enclave_service_index is public",
    (d) => delete d.resource.google_dns_managed_zone.enclave_service_index.visibility,
  ],
  [
    "DNS zone enclave_root asks other name servers",
    (d) => (d.resource.google_dns_managed_zone.enclave_root.forwarding_config = {}),
  ],
  ["DNS queries are not logged", (d) => (d.resource.google_dns_policy.enclave.enable_logging = false)],
  [
    "the resolver asks or answers others",
    (d) => (d.resource.google_dns_policy.enclave.alternative_name_server_config = {}),
  ],
  [
    "logs are not locked and kept as asked",
    (d) => (d.resource.google_logging_project_bucket_config.enclave.retention_days = 1),
  ],
  [
    "vpc_flows are not kept",
    (d) =>
      (d.resource.google_logging_project_sink.enclave.filter = "compute.googleapis.com/firewall dns_queries"),
  ],
  [
    "/Gateway are not kept",
    (d) =>
      (d.resource.google_logging_project_sink.enclave.filter =
        "vpc_flows compute.googleapis.com/firewall dns_queries"),
  ],
  [
    "dns_queries are not kept",
    (d) => (d.resource.google_logging_project_sink.enclave.destination = "storage.googleapis.com/elsewhere"),
  ],
];

test.each(BREAKS)("it is reported: %s", (sentence, change) => {
  const document = fresh();
  change(document);
  expect(brokenInvariants(document, plan)).toContain(sentence);
});

test("a permit of an enclave that nobody of the internet reaches lets nobody in", () => {
  const inner = render("google", YAML.replace(/.*from: internet.*\n/, ""));
  const document: Document = inner.document;
  permit(document).match.src_ip_ranges = ["130.211.0.0/22", "35.191.0.0/16"];
  expect(brokenInvariants(document, inner.plan)).toContain(
    "rule web-to-app-8080-tcp-in lets the internet in",
  );
});

describe("where requests stay in the region", () => {
  const regional = render("google", YAML.replace("google: {", "google: { regionalEndpoints: true,"));
  const broken = (change: (document: Document) => void): readonly string[] => {
    const document: Document = structuredClone(regional.document);
    change(document);
    return brokenInvariants(document, regional.plan);
  };
  const endpointIn = (d: Document): Document =>
    d.resource.google_network_connectivity_regional_endpoint.enclave_google_object_storage;

  test("a rendering as it is breaks nothing", () => expect(broken(() => {})).toEqual([]));

  const breaks: readonly (readonly [string, (document: Document) => void])[] = [
    [
      "endpoint enclave_google_object_storage is not kept to the region",
      (d) => (endpointIn(d).access_type = "GLOBAL"),
    ],
    [
      "endpoint enclave_google_object_storage is not kept to the region",
      (d) => (endpointIn(d).target_google_api = "storage.us-west1.rep.googleapis.com"),
    ],
    [
      "endpoint enclave_google_object_storage is in another network",
      (d) => (endpointIn(d).network = "other"),
    ],
    [
      "Google APIs are reached by other ways than planned",
      (d) =>
        (d.resource.google_compute_global_forwarding_rule = {
          more: { target: "vpc-sc", load_balancing_scheme: "" },
        }),
    ],
    [
      "Google APIs are reached by other ways than planned",
      (d) => delete d.resource.google_network_connectivity_regional_endpoint,
    ],
    [
      "Google APIs can be reached without a perimeter",
      (d) => delete d.resource.google_access_context_manager_service_perimeter,
    ],
  ];
  test.each(breaks)("it is reported: %s", (sentence, change) => expect(broken(change)).toContain(sentence));
});
