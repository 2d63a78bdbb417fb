/** Enclaves whose documents are spoiled: the example, one with every part, each for both majors of azurerm, one that is closed, and one in a region without availability zones. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EVERY_PART } from "../../providers/azure/everything";
import { render as renderSpec } from "../../providers/azure/rendered";
import { type Rendered, render } from "../../support/rendered";

const EXAMPLE = readFileSync(join(__dirname, "../rag.enclave.yaml"), "utf8");

const FIVE = { terraform: { azurerm: 5 } };

export const example = (): Rendered => render("azure", EXAMPLE);
export const everyPart = (): Rendered => renderSpec(EVERY_PART);
export const everyPart5 = (): Rendered => renderSpec({ ...EVERY_PART, ...FIVE });
export const closed = (): Rendered => renderSpec({ zones: { db: { exposure: "isolated", prefix: 26 } } });

const SOC =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc";
export const elsewhere = (): Rendered =>
  renderSpec({ ...EVERY_PART, logging: { azure: { workspaceId: SOC, query: "private" } } });
export const analysed = (): Rendered =>
  renderSpec({
    ...EVERY_PART,
    logging: { azure: { trafficAnalytics: true } },
    azure: { ...(EVERY_PART["azure"] as object), resourceGroup: "rag" },
  });
export const oneZone = (): Rendered =>
  renderSpec({
    region: { azure: "westus" },
    availabilityZones: 1,
    egress: [{ from: "app", to: ["mirror.example.com"], ports: ["443/tcp"], why: "x" }],
  });
