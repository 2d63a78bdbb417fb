/** A spec that has every argument rendered: shared resources, a third party, keys and certificates of the user's own. */
import type { Spec } from "./rendered";

const IDS = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data/providers";
const ACCOUNT = `${IDS}/Microsoft.Storage/storageAccounts/corpus`;

export const EVERY_PART: Spec = {
  zones: {
    web: { exposure: "public", prefix: 26 },
    app: { exposure: "private", prefix: 26, interfaces: [{ name: "card", host: 10 }] },
    db: { exposure: "isolated", prefix: 26 },
    front: { exposure: "public", prefix: 26, platform: { azure: "application-gateway" } },
  },
  flows: [
    {
      from: "internet",
      to: "web",
      ports: ["443/tcp"],
      sources: ["198.51.100.0/24", "203.0.113.0/24"],
      why: "x",
    },
    { from: "web", to: "app", ports: ["8080/tcp", "8000-8100/udp", "icmp"], why: "x" },
    { from: "app", to: "app", ports: ["7000/tcp"], why: "x" },
    { from: "app", to: "db", ports: ["any"], why: "x" },
    { from: "internet", to: "front", ports: ["443/tcp"], why: "x" },
    { from: "front", to: "app", ports: ["8081/tcp"], why: "x" },
  ],
  privateEndpoints: {
    secret: { service: "secrets", from: ["app"] },
    corpus: {
      service: "object-storage",
      from: ["app"],
      resources: { azure: [ACCOUNT, `${ACCOUNT}/privateLinkResources/dfs`] },
    },
    archive: { service: "object-storage", from: ["db"], resources: { azure: [ACCOUNT, `${ACCOUNT}2`] } },
    logs: { service: "logs", from: ["app"] },
    metrics: {
      service: "metrics",
      from: ["db"],
      resources: { azure: [`${IDS}/Microsoft.Insights/components/app`] },
    },
    partner: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp", "5000-5002/tcp"],
      dnsNames: ["x.partner.example.org", "*.x.partner.example.org"],
      target: {
        azure: {
          privateLinkServiceAlias:
            "partner.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
        },
      },
    },
  },
  egress: [
    {
      from: ["app"],
      to: ["*.huggingface.co", "mirror.example.com"],
      ports: ["443/tcp", "8443/tcp"],
      why: "x",
    },
    { from: ["app"], to: ["mirror.example.com"], ports: ["80/tcp"], why: "x" },
  ],
  dns: { allow: ["time.example.org"] },
  zoneNames: { azure: ["1", "3"] },
  quarantine: ["db"],
  inspection: "request",
  azure: {
    locks: true,
    networkWatcher: { name: "watcher", resourceGroup: "network-watchers" },
    keyVaultKeyId: "https://keys.vault.azure.net/keys/logs",
    inspectionCertificate: {
      keyVaultSecretId: "https://keys.vault.azure.net/secrets/inspection",
      identityId: `${IDS}/Microsoft.ManagedIdentity/userAssignedIdentities/inspection`,
    },
  },
};
