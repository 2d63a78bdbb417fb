/** A scan of the output evaluates it, and finds what docs/scanners.md explains, and nothing else. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Cloud } from "../../src/clouds/cloud";
import { describeWith } from "./needs";
import { synth } from "./rendered";

const ROOT = path.join(__dirname, "..", "..");

interface Scan {
  readonly summary: Readonly<Record<"passed" | "failed" | "parsing_errors", number>>;
  readonly results: { readonly failed_checks: readonly { readonly check_id: string }[] };
}

function scan(folder: string): Scan {
  const args = ["-d", folder, "--framework", "terraform_json", "--compact", "-o", "json"];
  const { stdout, error } = spawnSync("checkov", args, { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (error !== undefined) throw error;
  return JSON.parse(stdout) as Scan;
}

/** The rows of the table of findings. */
const explained = (cloud: Cloud): string[] =>
  [...readFileSync(path.join(ROOT, "docs/scanners.md"), "utf8").matchAll(/^\| `(CKV\w+)` \| (\w+) \|/gm)]
    .flatMap(([, check = "", on]) => (on === cloud ? [check] : []))
    .sort();

/** Fewer would say that Checkov has stopped reading. */
const LEAST: Readonly<Record<Cloud, number>> = { aws: 300, azure: 50, google: 30 };

describeWith(["checkov"], "Checkov on the example", () => {
  test.each(["aws", "azure", "google"] as const)(
    "for %s reads everything, and finds what is explained",
    (cloud) => {
      const { summary, results } = scan(synth("examples/private-rag/private-rag.enclave.yaml", cloud, []));
      expect(summary.parsing_errors).toBe(0);
      expect(summary.passed + summary.failed).toBeGreaterThan(LEAST[cloud]);
      expect([...new Set(results.failed_checks.map(({ check_id }) => check_id))].sort()).toEqual(
        explained(cloud),
      );
    },
    120_000,
  );
});
