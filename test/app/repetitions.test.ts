/** An entry that a list has twice, or that lies in another of the list, is rendered once. */

import { synthesize } from "../../src/app/synthesize";
import { CLOUDS } from "../../src/clouds/cloud";

const SPEC = {
  name: "case",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.20.0.0/16",
  zones: { web: { exposure: "public", hosts: 50 } },
};

const texts = (more: object): readonly string[] => {
  const bytes = new TextEncoder().encode(JSON.stringify({ ...SPEC, ...more }));
  const { diagnostics, documents } = synthesize(
    { file: "spec.yaml", bytes },
    { cloud: "all", frozenLock: false, reclaim: false },
  );
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return documents.map(({ text }) => text);
};

const flow = (sources: readonly string[]) => ({
  from: "internet",
  to: "web",
  ports: ["443/tcp"],
  sources,
  why: "x",
});

test("sources that lie in other sources, in one flow or in two of a kind", () => {
  const once = texts({ flows: [flow(["8.8.8.0/24"])] });
  expect(once.length).toBe(CLOUDS.length);
  expect(texts({ flows: [flow(["8.8.8.8/32", "8.8.8.0/24"])] })).toEqual(once);
  expect(texts({ flows: [flow(["8.8.8.0/24"]), flow(["8.8.8.8/32"])] })).toEqual(once);
});

test("ports of an endpoint", () => {
  const target = {
    aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" },
    azure: {
      privateLinkServiceAlias: "vendor.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
    },
    google: { serviceAttachment: "projects/vendor/regions/us-east1/serviceAttachments/db" },
  };
  const db = { service: "custom", from: ["web"], dnsNames: ["db.example.com"], target };
  const of = (ports: readonly string[]) => texts({ privateEndpoints: { db: { ...db, ports } } });
  expect(of(["443/tcp", "443/tcp"])).toEqual(of(["443/tcp"]));
});
