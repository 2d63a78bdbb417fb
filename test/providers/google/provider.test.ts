/** What the provider says of itself. */

import { KNOWN_REGIONS } from "../../../providers/google/data/regions";
import { googleProvider } from "../../../providers/google/provider";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { attempt, render, resource, spec } from "./rendered";

test("the range of plugins has a lower bound and an upper major", () => {
  expect(googleProvider.requirement({} as NetworkPlan)).toEqual({
    name: "google",
    source: "hashicorp/google",
    version: ">= 6.50.0, < 8.0.0",
  });
});

test("what is not supported says why, and what to do instead", () => {
  const missing = Object.entries(googleProvider.features).flatMap(([feature, support]) =>
    support.supported ? [] : [{ feature, ...support }],
  );
  expect(missing.map(({ feature }) => feature)).toEqual([
    "external-networks",
    "publish",
    "mesh",
    "actions",
    "anonymous",
  ]);
  for (const { reason, alternative } of missing)
    expect([reason, alternative]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\S/)]);
});

test("the provider block holds project and region, and no project where the spec names none", () => {
  expect(render(spec())["provider"]).toEqual({ google: [{ project: "my-project", region: "us-east1" }] });
  expect(render(spec().replace(/google: \{.*\n/, ""))["provider"]).toEqual({
    google: [{ region: "us-east1" }],
  });
});

test.each([
  ["the spec's", spec(), "my-project"],
  [
    "the firewall policy's, so that nothing needs credentials to plan",
    spec().replace("project: my-project, ", ""),
    "${google_compute_network_firewall_policy_with_rules.enclave.project}",
  ],
])("the project of the logs is %s", (_title, yaml, project) => {
  expect(resource(render(yaml), "logging_project_bucket_config", "enclave")["project"]).toBe(project);
});

test("nothing of the logs waits for the network, or holds it back", () => {
  for (const type of ["logging_project_bucket_config", "logging_project_sink", "logging_project_exclusion"])
    expect(JSON.stringify(resource(render(spec()), type, "enclave"))).not.toContain(
      "google_compute_network.",
    );
});

test.each(KNOWN_REGIONS)("region %s has three zones at least", (region) => {
  const { exitCode, document } = attempt(
    spec().replace("us-east1", region).replace("availabilityZones: 2", "availabilityZones: 3"),
  );
  expect(exitCode).toBe(0);
  const names =
    (document["variable"] as Record<string, { default: string[] }>)["availability_zones"]?.default ?? [];
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(new RegExp(`^${region}-[a-f]$`));
});

test("equal specs give equal bytes", () => {
  const yaml = spec('flows:\n  - { from: web, to: app, ports: [80/tcp], why: "a" }\n');
  expect(JSON.stringify(render(yaml))).toBe(JSON.stringify(render(yaml)));
});

test("everything that takes labels carries the enclave, the user's tags, and its zone", () => {
  const document = render(
    spec(
      'tags: { owner: ml }\nprivateEndpoints:\n  keys: { service: keys, from: [app] }\negress:\n  - { from: app, to: [mirror.example.com], ports: [443/tcp], why: "x" }\n',
    ),
  );
  const all = document["resource"] as Record<string, Record<string, { labels?: string }>>;
  const labelled = [
    "google_compute_address",
    "google_compute_global_address",
    "google_compute_global_forwarding_rule",
    "google_dns_managed_zone",
    "google_network_services_gateway",
  ];
  for (const type of labelled) {
    const resources = Object.entries(all[type] ?? {});
    expect(resources.length).toBeGreaterThan(0);
    for (const [name, { labels }] of resources)
      expect([name, labels]).toEqual([
        name,
        expect.stringMatching(/^\$\{merge\(var\.tags, \{ enclave = "small"/),
      ]);
  }
  expect(resource(document, "compute_address", "db_main_1")["labels"]).toBe(
    '${merge(var.tags, { enclave = "small", zone = "db" })}',
  );
});
