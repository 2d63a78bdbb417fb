/** Slips in the perimeter around endpoints of Google APIs. */
import { add, remove, type Slip, set } from "../../slips";
import { type Any, UNREADABLE } from "./slip";

const BUNDLE = "google_compute_global_forwarding_rule";
const PERIMETER = "google_access_context_manager_service_perimeter";
const STRANGERS = "no endpoint leads to resources of strangers";
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";
const status = (change: (status: Any) => void) => (draft: Any) =>
  change(draft.resource[PERIMETER].enclave.status);
const lifecycle = (change: (lifecycle: Any) => void) => (draft: Any) =>
  change(draft.resource[PERIMETER].enclave.lifecycle);
const INGRESS = "google_access_context_manager_service_perimeter_ingress_policy";
const ingress = (change: (policy: Any) => void) => (draft: Any) =>
  change(draft.resource[INGRESS].enclave_terraform);
const COMING_IN = {
  perimeter: `\${${PERIMETER}.enclave.name}`,
  ingress_from: { identities: ["user:eve@example.com"], sources: [{ access_level: "*" }] },
  ingress_to: { resources: ["projects/123456789012"] },
};
/** All that it would close stands in the part that closes nothing. */
function onlyRecords(draft: Any): void {
  const body = draft.resource[PERIMETER].enclave;
  body.spec = body.status;
  body.use_explicit_dry_run_spec = true;
  delete body.status;
}

export const PERIMETERS: readonly Slip[] = [
  [
    "an endpoint before the perimeter",
    set(BUNDLE, "enclave_google_apis", { depends_on: [] }),
    STRANGERS,
    `${BUNDLE}.enclave_google_apis`,
  ],
  ["no perimeter", remove(PERIMETER, "enclave"), STRANGERS, `${BUNDLE}.enclave_google_apis`],
  [
    "a service is left out",
    status((one) => one.restricted_services.pop()),
    STRANGERS,
    `${PERIMETER}.enclave`,
  ],
  [
    "a service that nobody uses",
    status((one) => one.restricted_services.push("bigquery.googleapis.com")),
    STRANGERS,
    `${PERIMETER}.enclave`,
  ],
  ["around nothing", status((one) => (one.resources = [])), SETTINGS, `${PERIMETER}.enclave`],
  [
    "around another project",
    status((one) => (one.resources = ["projects/999999999999"])),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "around two projects",
    status((one) => one.resources.push("projects/999999999999")),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "under another access policy",
    set(PERIMETER, "enclave", { parent: "accessPolicies/9" }),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "all services are accessible",
    status((one) => (one.vpc_accessible_services.enable_restriction = false)),
    STRANGERS,
    `${PERIMETER}.enclave`,
  ],
  [
    "a service more is accessible",
    status((one) => one.vpc_accessible_services.allowed_services.push("bigquery.googleapis.com")),
    STRANGERS,
    `${PERIMETER}.enclave`,
  ],
  [
    "a bridge",
    set(PERIMETER, "enclave", { perimeter_type: "PERIMETER_TYPE_BRIDGE" }),
    STRANGERS,
    `${PERIMETER}.enclave`,
  ],
  [
    "a way in",
    status((one) => (one.ingress_policies = [{ ingress_from: { identity_type: "ANY_IDENTITY" } }])),
    UNREADABLE,
    `${PERIMETER}.enclave`,
  ],
  [
    "a way out",
    status((one) => (one.egress_policies = [{ egress_to: { resources: ["*"] } }])),
    UNREADABLE,
    `${PERIMETER}.enclave`,
  ],
  [
    "an access level",
    status((one) => (one.access_levels = ["accessPolicies/1/accessLevels/l"])),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  ["a dry run", onlyRecords, SETTINGS, `${PERIMETER}.enclave`],
  ["nothing is closed", onlyRecords, STRANGERS, `${BUNDLE}.enclave_google_apis`],
  [
    "what closes it may be taken off unseen",
    lifecycle((one) => one.ignore_changes.push("status[0].restricted_services")),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "all of it may be taken off unseen",
    lifecycle((one) => (one.ignore_changes = "all")),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "what the policy's owner adds is taken off again",
    lifecycle((one) => one.ignore_changes.shift()),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "an override may empty it",
    lifecycle((one) => delete one.postcondition),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "an override may leave a service out",
    lifecycle((one) => {
      const [check] = one.postcondition;
      check.condition = check.condition.replace('"secretmanager.googleapis.com",', "");
    }),
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  ["somebody is let in", add(INGRESS, "more", COMING_IN), SETTINGS, `${INGRESS}.more`],
];

/** Where the spec lets Terraform in, and who has an access level. */
export const LET_IN: readonly Slip[] = [
  [
    "logs that nothing locks",
    set("google_logging_project_bucket_config", "enclave", { locked: undefined }),
    SETTINGS,
    "google_logging_project_bucket_config.enclave",
  ],
  ["without the other project", status((one) => one.resources.shift()), SETTINGS, `${PERIMETER}.enclave`],
  ["without the access level", status((one) => delete one.access_levels), SETTINGS, `${PERIMETER}.enclave`],
  ["nobody is let in", remove(INGRESS, "enclave_terraform"), SETTINGS, INGRESS],
  [
    "anybody is let in",
    ingress((one) => (one.ingress_from = { identity_type: "ANY_IDENTITY" })),
    UNREADABLE,
    `${INGRESS}.enclave_terraform`,
  ],
  [
    "somebody more is let in",
    ingress((one) => one.ingress_from.identities.push("user:eve@example.com")),
    SETTINGS,
    `${INGRESS}.enclave_terraform`,
  ],
  [
    "to one service more",
    ingress((one) =>
      one.ingress_to.operations.push({
        service_name: "bigquery.googleapis.com",
        method_selectors: [{ method: "*" }],
      }),
    ),
    SETTINGS,
    `${INGRESS}.enclave_terraform`,
  ],
  [
    "to every service",
    ingress((one) => (one.ingress_to.operations = [{ service_name: "*" }])),
    SETTINGS,
    `${INGRESS}.enclave_terraform`,
  ],
  [
    "to every project",
    ingress((one) => (one.ingress_to.resources = ["*"])),
    SETTINGS,
    `${INGRESS}.enclave_terraform`,
  ],
  [
    "into another perimeter",
    ingress((one) => (one.perimeter = "accessPolicies/1/servicePerimeters/other")),
    SETTINGS,
    `${INGRESS}.enclave_terraform`,
  ],
  ["a second one", add(INGRESS, "more", COMING_IN), SETTINGS, INGRESS],
];

/** Where the perimeter only records. */
export const DRY: readonly Slip[] = [
  [
    "it closes at once",
    (draft: Any) => {
      const body = draft.resource[PERIMETER].enclave;
      body.status = body.spec;
      delete body.spec;
    },
    SETTINGS,
    `${PERIMETER}.enclave`,
  ],
  [
    "it closes one service less than it will",
    (draft: Any) => draft.resource[PERIMETER].enclave.spec.restricted_services.pop(),
    STRANGERS,
    `${PERIMETER}.enclave`,
  ],
];
