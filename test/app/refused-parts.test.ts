/** A part that a cloud lacks is refused from wherever the spec names it, and causes no other error. */

import { cloudTools } from "../../src/app/synthesize";
import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { SERVICE_NAMES } from "../../src/clouds/services";
import { review } from "../support/rendered";

const ZONES = {
  web: { exposure: "public", hosts: 20 },
  app: { exposure: "private", hosts: 20 },
  db: { exposure: "isolated", hosts: 20 },
};
const BASE = {
  name: "case",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.20.0.0/16",
  zones: ZONES,
  google: { project: "my-project", projectNumber: "123456789012", accessPolicy: "accessPolicies/1234" },
};

const LINKS = {
  aws: { transitGatewayId: "tgw-0123456789abcdef0" },
  azure: {
    virtualNetworkId:
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub",
  },
  google: { network: "projects/hub/global/networks/hub" },
};
const flow = { ports: ["443/tcp"], why: "x" };
const onward = { from: "web", to: "app", ...flow };

/** Every place of a spec that can name the network "corp". */
const NETWORK: readonly (readonly [string, object])[] = [
  ["nothing", {}],
  ["a flow from it", { flows: [{ from: "corp", to: "app", ...flow }] }],
  ["a flow to it", { flows: [{ from: "app", to: "corp", ...flow }] }],
  ["a list of sources", { flows: [{ from: ["corp", "web"], to: "app", ...flow }] }],
  ["a list of targets", { flows: [{ from: "app", to: ["db", "corp"], ...flow }] }],
  ["an assertion from it", { flows: [onward], assertions: [{ never: { from: "corp", to: "db" } }] }],
  ["an assertion to it", { flows: [onward], assertions: [{ never: { from: "db", to: "corp" } }] }],
  ["a way through", { flows: [onward], assertions: [{ through: { from: "corp", to: "db", via: "app" } }] }],
];

/** Every place that can name the endpoint "it". */
const ENDPOINT: readonly (readonly [string, object])[] = [
  ["nothing", {}],
  ["an assertion to it", { assertions: [{ never: { from: "web", to: "it" } }] }],
  ["a way through", { assertions: [{ through: { from: "internet", to: "it", via: "db" } }] }],
];

const errorsOf = (cloud: Cloud, spec: object): string[] =>
  review(cloud, { ...BASE, ...spec })
    .filter(({ severity }) => severity === "error")
    .map(({ code, path }) => `${code} ${path}`);

const features = (cloud: Cloud) => cloudTools.providerFor(cloud).provider?.features;

describe.each(CLOUDS)("on %s", (cloud) => {
  test.each(NETWORK)("an external network is refused alone, named by %s", (_, spec) => {
    const externalNetworks = { corp: { cidrs: ["172.16.0.0/16"], ...LINKS } };
    expect(features(cloud)?.["external-networks"].supported).toBe(false);
    expect(errorsOf(cloud, { externalNetworks, ...spec })).toEqual([
      "capability-missing externalNetworks.corp",
    ]);
  });

  const refused = SERVICE_NAMES.filter(
    (service) => features(cloud)?.[`service:${service}`].supported === false,
  );

  test("only AWS lacks a service", () => expect(refused).toEqual(cloud === "aws" ? ["relational-db"] : []));

  test("a service is refused alone, wherever it is named", () => {
    for (const service of refused)
      for (const [place, spec] of ENDPOINT) {
        const privateEndpoints = { it: { service, from: ["db"] } };
        const errors = errorsOf(cloud, { privateEndpoints, ...spec });
        expect([service, place, errors]).toEqual([
          service,
          place,
          ["capability-missing privateEndpoints.it"],
        ]);
      }
  });

  test("a published service and a mesh are refused alone", () => {
    const publish = { api: { zone: "app", port: 8443, consumers: { google: ["partner-project"] } } };
    const workload = { name: "a", namespace: "b", serviceAccount: "c", labels: { app: "d" } };
    const mesh = { kind: "istio", workloads: { app: [workload] } };
    expect(errorsOf(cloud, { publish, mesh }).sort()).toEqual([
      "capability-missing mesh",
      "capability-missing publish.api",
    ]);
  });
});
