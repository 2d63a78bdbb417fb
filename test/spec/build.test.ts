import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSpec } from "../../src/app/load";
import { checkTarget } from "../../src/checks/target";
import { connectionsOf, departuresOf, endpointUsesOf } from "../../src/model/connections";
import type { Enclave } from "../../src/model/enclave";

const HEAD = "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\n";
const ZONES =
  "zones:\n  web: { exposure: public, hosts: 50 }\n  app: { exposure: private, hosts: 50 }\n  db: { exposure: isolated, cidr: 10.20.64.0/22 }\n";

/** The enclave of a spec that has to be right. */
function enclaveOf(body: string, head = HEAD): Enclave {
  const { enclave, diagnostics } = loadSpec(head + ZONES + body, "spec.yaml");
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (enclave === undefined) throw new Error("no enclave");
  return enclave;
}

describe("what a spec leaves open", () => {
  test("is filled in as the contract says", () => {
    expect(enclaveOf("")).toMatchObject({
      availabilityZones: 2,
      inspection: "connection",
      retentionDays: 365,
      azurermMajor: 4,
      quarantine: [],
      dnsAllow: [],
      flows: [],
      egress: [],
      settings: { aws: {}, azure: {}, google: {} },
    });
  });

  test.each([
    ["object-storage", "read"],
    ["model-api", "read"],
    ["logs", "write"],
    ["metrics", "write"],
    ["relational-db", undefined],
    ["vector-search", undefined],
  ])("the right on %s is %s", (service, access) => {
    expect(
      enclaveOf(`privateEndpoints: { x: { service: ${service}, from: app } }\n`).privateEndpoints[0]?.access,
    ).toBe(access);
  });

  test("one region as text stands for every cloud and says so", () => {
    expect(enclaveOf("")).toMatchObject({
      regionIsShared: true,
      regions: { aws: "us-east-1", azure: "us-east-1", google: "us-east-1" },
    });
  });

  test("regions by cloud stand for those clouds alone", () => {
    expect(enclaveOf("", HEAD.replace("us-east-1", "{ azure: eastus2 }"))).toMatchObject({
      regionIsShared: false,
      regions: { azure: "eastus2" },
    });
  });

  test("keys that are not given are not there", () => {
    const enclave = enclaveOf("");
    expect(Object.keys(enclave)).not.toEqual(expect.arrayContaining(["cloud"]));
    expect(enclave).not.toHaveProperty("mesh");
    expect(enclave).not.toHaveProperty("backend");
    expect(enclave.zones[0]).not.toHaveProperty("role");
  });
});

describe("every part of the contract's example is read", () => {
  const body = `
availabilityZones: 3
zoneNames: { aws: [us-east-1a, us-east-1c, us-east-1d] }
externalNetworks:
  corp: { cidrs: [172.16.0.0/16], aws: { transitGatewayId: tgw-0123456789abcdef0 }, google: { network: projects/p/global/networks/corp } }
flows:
  - { from: [web, corp], to: [app, db], ports: [8000-8100/tcp, 53/udp, icmp], why: "a list" }
  - { from: internet, to: web, ports: [443/tcp], sources: [198.51.100.0/24], why: "partners" }
privateEndpoints:
  index: { service: custom, from: [app], ports: [443/tcp], dnsNames: [x.svc.private.example.com], target: { aws: { serviceName: com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0 } } }
egress:
  - { from: app, to: ["*.huggingface.co", mirror.example.com], ports: [443/tcp, 80/tcp], why: "weights" }
inspection: request
publish:
  api: { zone: app, port: 8443, consumers: { aws: ["arn:aws:iam::111122223333:root"], google: [partner-project] } }
logging: { retentionDays: 90 }
dns: { allow: ["*.example.org"] }
mesh: { kind: istio, workloads: { app: [{ name: llm, namespace: serving, serviceAccount: llm, labels: { app: llm } }] } }
backend: { type: s3, config: { bucket: tf-state, use_lockfile: true, assume_role: { role_arn: x } } }
terraform: { azurerm: 5 }
azure: { resourceGroup: existing-rg }
`;
  const enclave = enclaveOf(body);

  test("networks outside keep their links by cloud", () => {
    expect(enclave.externalNetworks).toMatchObject([
      {
        name: "corp",
        cidrs: [{ base: 0xac100000, prefix: 16 }],
        links: {
          aws: { transitGatewayId: "tgw-0123456789abcdef0" },
          google: { network: "projects/p/global/networks/corp" },
        },
      },
    ]);
    expect(enclave.externalNetworks[0]?.links).not.toHaveProperty("azure");
  });

  test("a flow of lists is taken apart into single connections", () => {
    expect(connectionsOf(enclave).map(({ key }) => key)).toEqual([
      "web>app 8000-8100/tcp",
      "web>app 53/udp",
      "web>app icmp",
      "web>db 8000-8100/tcp",
      "web>db 53/udp",
      "web>db icmp",
      "corp>app 8000-8100/tcp",
      "corp>app 53/udp",
      "corp>app icmp",
      "corp>db 8000-8100/tcp",
      "corp>db 53/udp",
      "corp>db icmp",
      "internet>web 443/tcp",
    ]);
  });

  test("uses and departures carry the place and the reason of their line", () => {
    expect(endpointUsesOf(enclave)).toEqual([
      { key: "app>index", zone: "app", endpoint: "index", because: [{ path: "privateEndpoints.index" }] },
    ]);
    expect(departuresOf(enclave).map(({ key, because }) => [key, because])).toEqual(
      [
        "app>*.huggingface.co 443",
        "app>*.huggingface.co 80",
        "app>mirror.example.com 443",
        "app>mirror.example.com 80",
      ].map((key) => [key, [{ path: "egress[0]", why: "weights" }]]),
    );
  });

  test("all that stands alone is there", () => {
    expect(enclave).toMatchObject({
      availabilityZones: 3,
      zoneNames: { aws: ["us-east-1a", "us-east-1c", "us-east-1d"] },
      inspection: "request",
      published: [
        {
          name: "api",
          zone: "app",
          port: 8443,
          consumers: { aws: ["arn:aws:iam::111122223333:root"], google: ["partner-project"] },
          path: "publish.api",
        },
      ],
      retentionDays: 90,
      dnsAllow: ["*.example.org"],
      mesh: { kind: "istio", path: "mesh", workloads: { app: [{ name: "llm", namespace: "serving" }] } },
      backend: {
        type: "s3",
        path: "backend",
        config: { bucket: "tf-state", use_lockfile: true, assume_role: { role_arn: "x" } },
      },
      azurermMajor: 5,
      settings: { azure: { resourceGroup: "existing-rg" } },
    });
  });
});

describe("connections that are written twice", () => {
  test("are one, with both reasons and the wider sources", () => {
    const { flows } = enclaveOf(
      'flows:\n  - { from: internet, to: web, ports: [443/tcp], sources: [198.51.100.0/24], why: "one" }\n  - { from: internet, to: web, ports: [443/tcp], why: "all" }\n',
    );
    expect(connectionsOf({ flows })).toEqual([
      expect.objectContaining({
        key: "internet>web 443/tcp",
        sources: [],
        because: [
          { path: "flows[0]", why: "one" },
          { path: "flows[1]", why: "all" },
        ],
      }),
    ]);
  });
});

describe("the clouds that are chosen", () => {
  const example = loadSpec(
    readFileSync(join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml")),
    "x",
  );
  test("the example is right for all three, without a warning", () => {
    expect(example.diagnostics).toEqual([]);
    expect(example.enclave && checkTarget(example.enclave, ["aws", "azure", "google"])).toEqual([]);
  });

  test.each([
    [["aws"], []],
    [["aws", "azure"], ["region-shared"]],
  ] as const)("one region for %j: %j", (clouds, codes) =>
    expect(checkTarget(enclaveOf(""), clouds).map(({ code }) => code)).toEqual(codes),
  );

  test("the region of a cloud that has none is asked for beside those that are there", () => {
    const [found] = checkTarget(enclaveOf("", HEAD.replace("us-east-1", "{ aws: us-east-1 }")), [
      "aws",
      "google",
    ]);
    expect(found).toMatchObject({
      code: "region-missing",
      detail: "A region is never guessed. Write region: { aws: us-east-1, google: … }",
      edits: [],
    });
  });
});
