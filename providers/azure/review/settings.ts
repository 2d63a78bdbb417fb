/** What Azure demands of names, tags, regions, ids and other values that a spec hands through to it. */

import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { nearest } from "../../../src/diagnostics/did-you-mean";
import { asYaml, replacing } from "../../../src/diagnostics/edit";
import { error, info } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { inRegion } from "../../shared/regions";
import { plainKey } from "../../shared/tags";
import { isSovereign, KNOWN_REGIONS, regionOf, ZONES, zoneNamesOf } from "../data/regions";
import { FLOW_DAYS_MOST, WORKSPACE_DAYS } from "../render/logging";
import { wrongVaultPart } from "./vault-addresses";

export function reviewSettings(plan: NetworkPlan): Diagnostic[] {
  return [
    ...(plan.regions.azure === undefined ? [] : [...reviewRegion(plan), ...reviewZoneNames(plan)]),
    ...reviewName(plan),
    ...Object.entries(plan.tags).flatMap(([key, value]) => reviewTag(key, value, Object.keys(plan.tags))),
    ...reviewTagCount(plan),
    ...reviewRetention(plan),
    ...reviewKey(plan),
    ...reviewInspection(plan),
  ];
}

function reviewRegion(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  const { path, fix: standard } = inRegion(plan, "azure", "eastus2");
  const facts = { region, needed: plan.slots };
  if (isSovereign(region)) {
    const detail =
      "The services of Microsoft's sovereign clouds have other names, which are not in the tables of private endpoints and DNS.";
    return [
      error("azure-region-sovereign", path, `"${region}" is not a region of the public Azure cloud`, detail, {
        facts,
        fix: standard,
      }),
    ];
  }
  const wanted = region.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  if (region !== wanted || !KNOWN_REGIONS.includes(region)) {
    if (plan.slotNames.azure !== undefined && region === wanted) return [];
    const detail =
      "Regions are written as Azure's interface has them, small letters and digits. A region that is newer than the table needs zoneNames.";
    const meant = KNOWN_REGIONS.includes(wanted) ? wanted : nearest(wanted, KNOWN_REGIONS);
    return [
      error("azure-region-unknown", path, `the region "${region}" is not known`, detail, {
        facts,
        fix: meant === undefined ? standard : inRegion(plan, "azure", meant).fix,
      }),
    ];
  }
  if (zoneNamesOf(plan) !== undefined || plan.slotNames.azure !== undefined) return [];
  const detail = `The table has no availability zones for it, and ${plan.slots} are asked for.`;
  return [
    error("azure-zones-unknown", path, `"${region}" has no availability zones that are known`, detail, {
      facts,
      fix: standard,
    }),
  ];
}

function reviewZoneNames(plan: NetworkPlan): Diagnostic[] {
  const names = plan.slotNames.azure ?? [];
  const path = (index: number): string => `zoneNames.azure[${index}]`;
  return names.flatMap((name, index) =>
    ZONES.some((zone) => zone === name)
      ? []
      : [
          error(
            "azure-zone-name",
            path(index),
            `"${name}" is not an availability zone of Azure`,
            "They are called 1, 2 and 3 in every region.",
            {
              facts: { name },
              fix: replacing(path(index), ZONES.find((zone) => !names.includes(zone)) ?? ZONES[0]),
            },
          ),
        ],
  );
}

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/templates/error-reserved-resource-name */
const RESERVED_ANYWHERE = /microsoft|windows/;
const RESERVED_AT_START = /^(login|xbox)/;

/** The storage account's name begins with the enclave's and is a name in public DNS. */
function reviewName({ name }: NetworkPlan): Diagnostic[] {
  const plain = name.replaceAll("-", "");
  const [word] = RESERVED_ANYWHERE.exec(plain) ?? RESERVED_AT_START.exec(plain) ?? [];
  if (word === undefined) return [];
  const detail = `The log account's name in public DNS would have "${word}" in it, which Azure reserves.`;
  return [
    error("azure-name-reserved", "name", `the name "${name}" has a reserved word in it`, detail, {
      facts: { word },
      fix: "name: enclave",
    }),
  ];
}

/**
 * Private DNS zones take 15, everything else 50, and storage accounts the shortest keys; the enclave's own name is on each.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/tag-resources
 */
const MOST_TAGS = { everywhere: 50, dns: 15, key: 128, value: 256 } as const;

function reviewTag(key: string, value: string, all: readonly string[]): Diagnostic[] {
  const refuse = (detail: string, fix: string): Diagnostic[] => [
    error("azure-tag", joinPath("tags", key), `tag "${key}" is not one that Azure takes`, detail, {
      facts: { key },
      fix,
    }),
  ];
  const lower = key.toLowerCase();
  const twin = all.find((other) => other !== key && other.toLowerCase() === lower);
  if (twin !== undefined && all.indexOf(twin) < all.indexOf(key))
    return refuse(
      `"${twin}" is the same tag to Azure, which tells no capitals apart.`,
      `${plainKey(key)}-2: ${asYaml(value)}`,
    );
  if (/^(microsoft|azure|windows)/.test(lower))
    return refuse(
      "Keys that begin with microsoft, azure or windows are reserved.",
      `${plainKey(key)}: ${asYaml(value)}`,
    );
  if (!/^[A-Za-z][\w.-]*$/.test(key))
    return refuse(
      "Private DNS zones take letters, digits and . _ - in a key, which begins with a letter.",
      `${plainKey(key)}: ${asYaml(value)}`,
    );
  if (key.length > MOST_TAGS.key || value.length > MOST_TAGS.value) {
    return refuse(
      `The key has ${key.length} characters of ${MOST_TAGS.key}, the value ${value.length} of ${MOST_TAGS.value}.`,
      `${key.slice(0, MOST_TAGS.key)}: ${asYaml(value.slice(0, MOST_TAGS.value))}`,
    );
  }
  return [];
}

function reviewTagCount(plan: NetworkPlan): Diagnostic[] {
  const count = Object.keys(plan.tags).length;
  const room = plan.endpoints.length > 0 ? MOST_TAGS.dns - 1 : MOST_TAGS.everywhere - 2;
  if (count <= room) return [];
  const detail =
    plan.endpoints.length > 0
      ? `Private DNS zones take ${MOST_TAGS.dns} tags, of which one is the enclave's own.`
      : `A resource takes ${MOST_TAGS.everywhere}, of which two are the enclave's own.`;
  return [
    error("azure-tag-count", "tags", `${count} tags are more than Azure takes`, detail, {
      facts: { count, maximum: room },
      fix: `# keep ${room} of them`,
    }),
  ];
}

function reviewRetention({ retentionDays }: NetworkPlan): Diagnostic[] {
  const path = "logging.retentionDays";
  const facts = { days: retentionDays };
  if (retentionDays > WORKSPACE_DAYS.most) {
    const detail = `A Log Analytics workspace keeps logs for ${WORKSPACE_DAYS.most} days at most, and cannot keep them for ever.`;
    return [
      error("azure-retention", path, `${retentionDays} days are longer than Azure keeps logs`, detail, {
        facts: { ...facts, maximum: WORKSPACE_DAYS.most },
        fix: `retentionDays: ${WORKSPACE_DAYS.most}`,
      }),
    ];
  }
  if (retentionDays > FLOW_DAYS_MOST) {
    return [
      info(
        "azure-retention-longer",
        path,
        "flow logs are kept for ever",
        `Azure deletes them after ${FLOW_DAYS_MOST} days at most, or never.`,
        { facts },
      ),
    ];
  }
  if (retentionDays >= WORKSPACE_DAYS.least) return [];
  const detail = `A Log Analytics workspace keeps everything for ${WORKSPACE_DAYS.least} days at least.`;
  return [
    info("azure-retention-longer", path, `logs are kept for ${WORKSPACE_DAYS.least} days`, detail, { facts }),
  ];
}

const IDENTITY_ID =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/i;

function reviewKey({ name, settings: { azure } }: NetworkPlan): Diagnostic[] {
  const key = azure.keyVaultKeyId;
  if (key === undefined) return [];
  const path = "azure.keyVaultKeyId";
  const wrong = wrongVaultPart(key, ["keys"]);
  if (wrong !== undefined) {
    const fix = "keyVaultKeyId: https://vault-name.vault.azure.net/keys/enclave";
    return [
      error(
        "azure-key-id",
        path,
        "the key is not one of a key vault",
        `"${key}" is no address of a key. ${wrong}`,
        { facts: { key }, fix },
      ),
    ];
  }
  const detail = `Before the account of the flow logs is made, the vault has to give the identity ${name}-logs the role Key Vault Crypto Service Encryption User. The workspace stays under Microsoft's key: a key of one's own needs a dedicated cluster.`;
  return [
    info(
      "azure-key-grant",
      path,
      "the key is used for the flow logs, by an identity that needs a role",
      detail,
      { facts: { identity: `${name}-logs` } },
    ),
  ];
}

const CERTIFICATE = {
  keyVaultSecretId: "https://vault-name.vault.azure.net/secrets/inspection",
  identityId:
    "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inspector",
} as const;

function reviewInspection({ inspection, settings: { azure } }: NetworkPlan): Diagnostic[] {
  const certificate = azure.inspectionCertificate;
  if (certificate === undefined) {
    if (inspection === "connection") return [];
    const detail =
      "Azure Firewall decrypts with an intermediate certificate authority from a key vault, which it reads by an identity; clients have to trust it.";
    return [
      error(
        "capability-missing",
        "inspection",
        "inspection of requests on azure needs a certificate",
        detail,
        {
          facts: { cloud: "azure", feature: "inspection-request" },
          fix: `azure: { inspectionCertificate: { keyVaultSecretId: "${CERTIFICATE.keyVaultSecretId}", identityId: ${CERTIFICATE.identityId} } }`,
        },
      ),
    ];
  }
  const path = "azure.inspectionCertificate";
  const secret = wrongVaultPart(certificate.keyVaultSecretId, ["secrets", "certificates"]);
  const refuse = (field: keyof typeof CERTIFICATE, value: string, detail: string): Diagnostic =>
    error(
      "azure-certificate",
      `${path}.${field}`,
      `the inspection certificate's ${field} is not one that Azure takes`,
      detail,
      { facts: { value }, fix: replacing(`${path}.${field}`, CERTIFICATE[field]) },
    );
  return [
    ...(secret === undefined
      ? []
      : [
          refuse(
            "keyVaultSecretId",
            certificate.keyVaultSecretId,
            `It is the address of a secret or certificate in a key vault. ${secret}`,
          ),
        ]),
    ...(IDENTITY_ID.test(certificate.identityId)
      ? []
      : [refuse("identityId", certificate.identityId, "It is the resource id of a user-assigned identity.")]),
  ];
}
