/** Slips in the perimeter around endpoints of Google APIs. */
import { remove, type Slip, set } from "../../slips";
import { type Any, UNREADABLE } from "./slip";

const BUNDLE = "google_compute_global_forwarding_rule";
const PERIMETER = "google_access_context_manager_service_perimeter";
const STRANGERS = "no endpoint leads to resources of strangers";
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";
const status = (change: (status: Any) => void) => (draft: Any) =>
  change(draft.resource[PERIMETER].enclave.status);
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
    UNREADABLE,
    `${PERIMETER}.enclave`,
  ],
  [
    "a dry run",
    set(PERIMETER, "enclave", { status: undefined, spec: {}, use_explicit_dry_run_spec: true }),
    UNREADABLE,
    `${PERIMETER}.enclave`,
  ],
];
