/** What is logged beside rules and subnetworks, and where it is kept, as the plan wants it. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { regionOf } from "./data/regions";
import { idOf } from "./planned";
import { anyOf, logFilters } from "./render/logging";
import { googleName } from "./render/naming";

const BUCKET = "google_logging_project_bucket_config.enclave";

export function plannedLogs(plan: NetworkPlan): Statement[] {
  const { kmsKey } = plan.settings.google;
  return [
    [
      BUCKET,
      {
        project: expr("google_compute_network.enclave.project"),
        location: regionOf(plan),
        bucket_id: googleName(plan, "enclave"),
        retention_days: expr("var.log_retention_days"),
        locked: expr("var.deletion_protection"),
        enable_analytics: false,
        ...(kmsKey === undefined ? {} : { cmek_settings: { kms_key_name: kmsKey } }),
      },
    ],
    [
      "google_logging_project_sink.enclave",
      {
        destination: `logging.googleapis.com/${idOf(BUCKET)}`,
        filter: anyOf(Object.values(logFilters(plan))),
        unique_writer_identity: true,
      },
    ],
  ];
}
