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
