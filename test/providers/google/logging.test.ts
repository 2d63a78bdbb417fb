/** Logs have a bucket of their own. */
import { render, resource, spec } from "./rendered";

const document = render(spec());

test("logs are kept in a bucket of the region for as long as asked, with the key of the spec", () => {
  const key = "projects/my-project/locations/us-east1/keyRings/enclave/cryptoKeys/logs";
  const keyed = render(spec().replace("google: {", `google: { kmsKey: ${key},`));
  const bucket = resource(keyed, "logging_project_bucket_config", "enclave");
  expect(bucket).toMatchObject({
    location: "us-east1",
    retention_days: "${var.log_retention_days}",
    locked: false,
    cmek_settings: { kms_key_name: key },
  });
  expect(resource(document, "logging_project_bucket_config", "enclave")["cmek_settings"]).toBeUndefined();
  const sink = resource(document, "logging_project_sink", "enclave");
  for (const log of [
    "compute.googleapis.com/vpc_flows",
    "compute.googleapis.com/firewall",
    "dns.googleapis.com/dns_queries",
  ])
    expect(sink["filter"]).toContain(`log_id("${log}")`);
});

test("each apply after a destroy has a bucket of a new name, and no later apply changes it", () => {
  const { bucket_id, lifecycle } = resource(document, "logging_project_bucket_config", "enclave");
  expect(bucket_id).toBe(
    "small-enclave-${google_compute_network_firewall_policy_with_rules.enclave.network_firewall_policy_id}",
  );
  expect(lifecycle).toMatchObject({ ignore_changes: ["bucket_id"] });
});

test("what the sink keeps is left out of the project's own bucket, and only once the sink is there", () => {
  const exclusion = resource(document, "logging_project_exclusion", "enclave");
  expect(exclusion["filter"]).toBe(resource(document, "logging_project_sink", "enclave")["filter"]);
  expect(exclusion["depends_on"]).toEqual(["google_logging_project_sink.enclave"]);
});

test.each([
  ["all connections", "", 1],
  ["a share of them", "logging: { flowSampling: 0.25 }\n", 0.25],
])("flow logs record %s", (_title, rest, share) => {
  const subnetwork = resource(render(spec(rest)), "compute_subnetwork", "app_1");
  expect(subnetwork["log_config"]).toMatchObject({ flow_sampling: share });
});

test.each([
  ["not locked", "", false],
  ["locked where the spec says so", "logging: { lock: true }\n", true],
])("the bucket is %s", (_title, rest, locked) => {
  const bucket = resource(render(spec(rest)), "logging_project_bucket_config", "enclave");
  expect(bucket["locked"]).toBe(locked);
});

test("a bucket that somebody deletes stops every plan until it is back", () => {
  expect(resource(document, "logging_project_bucket_config", "enclave")["lifecycle"]).toMatchObject({
    postcondition: [{ condition: '${self.lifecycle_state != "DELETE_REQUESTED"}' }],
  });
});
