/** Google: what users and operators see of the document: protection, quarantine, reasons, labels. */
import { faults, unless } from "../replay/fault";
import type { Surface } from "../replay/reader";
import {
  blocks,
  conditionalOnQuarantine,
  mentions,
  outputOf,
  resourcesOf,
  type TerraformDocument,
  text,
  untaggedIn,
  zonesTagged,
} from "../terraform/document";

const BUCKET = "google_logging_project_bucket_config";
const GATEWAY = "google_network_services_gateway";
const POLICY = "google_compute_network_firewall_policy_with_rules";
const EXIT = "google_network_security_gateway_security_policy_rule";

export function surfaceIn(document: TerraformDocument): Surface {
  return {
    unprotected: (what) => {
      const [type, argument] = what === "logs" ? [BUCKET, "locked"] : [GATEWAY, "deletion_protection"];
      return [...resourcesOf(document, type)].flatMap(([name, body]) =>
        unless(mentions(body[argument], "var.deletion_protection"), `${type}.${name}`, "nothing guards it"),
      );
    },
    permitsThatComeAndGo: () =>
      faults(
        conditionalOnQuarantine(document).map(([resource]) => resource),
        "it comes or goes with the quarantine",
      ),
    connectionsThatGoOn: () => unless(false, POLICY, "Google does not say that tracked connections end"),
    unheldVariables: () => [],
    misleadingOutputs: () =>
      unless(
        outputOf(document, "network_id") === "${google_compute_network.enclave.id}",
        "output.network_id",
        "it is another network's",
      ),
    permits: () => [
      ...[...resourcesOf(document, POLICY)].flatMap(([name, policy]) =>
        blocks(policy, "rule").flatMap((rule) =>
          rule["action"] === "allow"
            ? [{ resource: `${POLICY}.${name}`, reason: text(rule, "description") }]
            : [],
        ),
      ),
      ...[...resourcesOf(document, EXIT)].map(([name, rule]) => ({
        resource: `${EXIT}.${name}`,
        reason: text(rule, "description"),
      })),
    ],
    untagged: () => faults(untaggedIn(document, "labels"), "it lacks the enclave's or the user's labels"),
    taggedZones: () => zonesTagged(document, "labels"),
  };
}
