/** Slips in tags that a policy of the organisation adds. */
import { EVERY_PART } from "../../providers/azure/everything";
import { render } from "../../providers/azure/rendered";
import { expectNoticed, set } from "../slips";
import { breaking } from "./changes";

const GIVEN = "the region and the settings are those that the spec gives for the cloud";
const NETWORK = "azurerm_virtual_network";
const STORE = "azurerm_log_analytics_workspace";
const ignoring = (...changes: readonly string[]) => ({ lifecycle: { ignore_changes: changes } });

const azure = { ...(EVERY_PART["azure"] as object), policyTags: ["CreatedOn"] };

describe("tags of a policy", () =>
  expectNoticed("azure", render({ ...EVERY_PART, azure }), [
    ...breaking(GIVEN, `${NETWORK}.enclave`, [
      ["tags that the next apply takes away", set(NETWORK, "enclave", { lifecycle: undefined })],
      ["other tags", set(NETWORK, "enclave", ignoring('tags["CreatedBy"]'))],
      ["a tag of the enclave's", set(NETWORK, "enclave", ignoring('tags["CreatedOn"]', 'tags["enclave"]'))],
    ]),
    ...breaking("nothing leads around endpoints and inspection", `${NETWORK}.enclave`, [
      ["subnets too", set(NETWORK, "enclave", ignoring('tags["CreatedOn"]', "subnet"))],
      ["all tags", set(NETWORK, "enclave", ignoring('tags["CreatedOn"]', "tags"))],
      ["everything", set(NETWORK, "enclave", { lifecycle: { ignore_changes: "all" } })],
    ]),
    ...breaking("logs are open to nobody outside", `${STORE}.enclave`, [
      [
        "who asks a workspace",
        set(STORE, "enclave", ignoring('tags["CreatedOn"]', "internet_query_enabled")),
      ],
    ]),
  ]));
