/** docs/support-matrix.md is written from what each provider says of itself. */
import { join } from "node:path";
import { providerFor } from "../../providers/index";
import { CLOUDS } from "../../src/clouds/cloud";
import { SERVICE_NAMES } from "../../src/clouds/services";
import type { Feature, Provider } from "../../src/plan/provider";
import { expectGolden } from "../support/golden";

const PROVIDERS: readonly Provider[] = CLOUDS.flatMap((cloud) => providerFor(cloud).provider ?? []);

const PARTS: Readonly<Record<Exclude<Feature, `service:${string}`>, string>> = {
  "external-networks": "`externalNetworks`",
  publish: "`publish`",
  mesh: "`mesh`",
  "inspection-request": "`inspection: request`",
  actions: "`actions` of its own cloud",
  anonymous: "`anonymous: true`",
};

const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const head = row("", ...PROVIDERS.map(({ cloud }) => cloud));
const rule = `|${"---|".repeat(PROVIDERS.length + 1)}`;

function support(provider: Provider, feature: Feature): string {
  const answer = provider.features[feature];
  if (!answer.supported) return `no: ${answer.reason}`;
  return answer.preview === undefined ? "yes" : `preview: ${answer.preview}`;
}

function page(): string {
  const parts = (Object.keys(PARTS) as (keyof typeof PARTS)[]).map((part) =>
    row(PARTS[part], ...PROVIDERS.map((one) => support(one, part))),
  );
  const services = SERVICE_NAMES.map((service) =>
    row(`\`${service}\``, ...PROVIDERS.map((one) => support(one, `service:${service}`))),
  );
  const held = SERVICE_NAMES.map((service) =>
    row(`\`${service}\``, ...PROVIDERS.map((one) => one.heldBy[service] ?? "")),
  );
  return [
    "# Support matrix",
    "",
    "<!-- Written by test/docs/support-matrix.test.ts; npm run golden writes it anew. -->",
    "",
    "What each cloud can hold, in full or as a preview. A spec that uses a part its cloud has not is refused with the reason; nothing is dropped.",
    "Everything that is not listed here (zones, flows, roles, rules, assertions, egress by name, DNS, logs, quarantine, interfaces, backends) every cloud holds.",
    "",
    head,
    rule,
    ...parts,
    "",
    "## Private endpoints by service",
    "",
    head,
    rule,
    ...services,
    "",
    "## What holds consumers and rights",
    "",
    "Where the network cannot hold a right, an identity policy has to; `synth` says which on every run.",
    "The actions behind each right on AWS: [rights-aws.md](rights-aws.md).",
    "",
    head,
    rule,
    ...held,
    "",
  ].join("\n");
}

test("the support matrix is what the providers say of themselves", () => {
  expectGolden(join(__dirname, "../../docs/support-matrix.md"), page());
});

test("a service that a cloud offers says what holds its consumers and rights, and no other does", () => {
  for (const provider of PROVIDERS) {
    for (const service of SERVICE_NAMES) {
      expect([provider.cloud, service, provider.heldBy[service] !== undefined]).toEqual([
        provider.cloud,
        service,
        provider.features[`service:${service}`].supported,
      ]);
    }
  }
});
