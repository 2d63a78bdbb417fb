/** Suricata, on the PATH or named by SURICATA. Without it its tests are skipped aloud; under REQUIRE_SURICATA=1 they fail. */
import { spawnSync } from "node:child_process";
import { SURICATA } from "./engine";

export function describeWithSuricata(title: string, tests: () => void): void {
  const { stdout, error } = spawnSync(SURICATA, ["-V"], { encoding: "utf8" });
  const missing =
    error === undefined && stdout.includes("Suricata version 7.") ? "" : `no Suricata 7 at "${SURICATA}"`;
  if (missing === "") {
    describe(title, tests);
  } else if (process.env["REQUIRE_SURICATA"] === "1") {
    test(`${title}: the tools are here`, () => {
      throw new Error(missing);
    });
  } else {
    process.stderr.write(`skipped: ${title}: ${missing}\n`);
    describe.skip(title, () => test("has what it needs", () => undefined));
  }
}
