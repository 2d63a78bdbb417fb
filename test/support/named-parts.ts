/** Specs of zones and endpoints under given names, for every cloud. */
import type { Cloud } from "../../src/clouds/cloud";
import { review } from "./rendered";

export interface Parts {
  readonly zones: readonly string[];
  readonly privateEndpoints: Readonly<Record<string, object>>;
  readonly flows: readonly object[];
}

const TARGET = {
  aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" },
  azure: {
    privateLinkServiceAlias: "partner.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
  },
  google: { serviceAttachment: "projects/partner/regions/us-east1/serviceAttachments/x" },
} as const;

export const custom = (name: string, from: readonly string[]) => ({
  service: "custom",
  from,
  ports: ["443/tcp"],
  dnsNames: [`${name}.svc.example.com`],
  target: TARGET,
});

const specOf = ({ zones, privateEndpoints, flows }: Parts) => ({
  name: "n",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.0.0.0/16",
  availabilityZones: 1,
  zones: Object.fromEntries(zones.map((name) => [name, { exposure: "isolated", prefix: 28 }])),
  flows,
  privateEndpoints,
  google: { project: "my-project", projectNumber: "123456789012", accessPolicy: "accessPolicies/1234" },
});

/** Codes of the errors that stand in the way; what cannot be rendered although nothing was said throws. */
export const refusals = (cloud: Cloud, parts: Parts): string[] =>
  review(cloud, specOf(parts)).flatMap(({ severity, code }) => (severity === "error" ? [code] : []));
