/** Zones may be called as services are, and as the infrastructure behind them is. */
import { CLOUDS } from "../../src/clouds/cloud";
import { custom, refusals } from "../support/named-parts";

const SERVICES = [
  "object-storage",
  "model-api",
  "ml-platform",
  "container-registry",
  "secrets",
  "keys",
  "logs",
  "metrics",
  "queue",
];

/** As AWS, Azure and Google call what is made for an endpoint. */
const CLOUD_WORDS = [
  "s3",
  "kms",
  "sqs",
  "bedrock",
  "monitoring",
  "aoss",
  "ecr-api",
  "ecr-dkr",
  "secretsmanager",
  "sagemaker-api",
];
const WORDS = [
  "google-apis",
  "apis",
  "endpoints",
  "monitor",
  "custom-p",
  "void",
  "needed",
  "flow",
  "dns",
  "nat",
  "firewall",
  "service-p",
];

test.each(CLOUDS)("%s: zones called as every service is render beside an endpoint of each", (cloud) => {
  const zones = ["app", ...SERVICES, ...CLOUD_WORDS, ...WORDS];
  const managed = SERVICES.map(
    (service) => [service === "logs" ? "cw" : service, { service, from: ["app"] }] as const,
  );
  const privateEndpoints = Object.fromEntries([...managed, ["p", custom("p", ["app", "custom-p"])]]);
  const flows = zones.slice(1).map((to) => ({ from: "app", to, ports: ["443/tcp"], why: "a test" }));
  expect(refusals(cloud, { zones, privateEndpoints, flows })).toEqual([]);
});
