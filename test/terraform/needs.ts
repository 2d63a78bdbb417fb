import {
  type Found,
  findBotocore,
  findCommand,
  findMoto,
  findPlugin,
  findTerraform,
  type Plugin,
  versionsIn,
} from "./toolchain";

/** A plugin in any version, or in one: `plugin:google 6.50.0`. */
export type Need =
  | "terraform"
  | "moto"
  | "botocore"
  | "python3"
  | "openssl"
  | "checkov"
  | `plugin:${Plugin}`
  | `plugin:${Plugin} ${string}`;

const memory = new Map<Need, Found<unknown>>();

function look(need: Need): Found<unknown> {
  const known = memory.get(need);
  if (known !== undefined) return known;
  const found = lookAnew(need);
  memory.set(need, found);
  return found;
}

function lookAnew(need: Need): Found<unknown> {
  switch (need) {
    case "terraform":
      return findTerraform();
    case "moto":
      return findMoto();
    case "botocore":
      return findBotocore();
    case "python3":
      return findCommand("python3", "--version");
    case "openssl":
      return findCommand("openssl", "version");
    case "checkov":
      return findCommand("checkov", "--version");
    default:
      return lookForPlugin(need.slice("plugin:".length));
  }
}

function lookForPlugin(named: string): Found<unknown> {
  const [name = "", version] = named.split(" ");
  const plugin = name as Plugin;
  const answer = findPlugin(plugin);
  if ("missing" in answer || version === undefined || "network" in answer.found) return answer;
  return versionsIn(answer.found.mirror, plugin).includes(version)
    ? answer
    : { missing: `the mirror has no ${plugin} ${version}` };
}

/** What the emulator of a plugin's cloud runs on. */
export const EMULATOR_NEEDS: Readonly<Record<Plugin, readonly Need[]>> = {
  aws: ["moto"],
  azurerm: ["python3", "openssl"],
  google: ["python3"],
};

/** A scanner is no part of Terraform; `.ci/run` brings it, and then asks for it. */
const isOptional = (need: Need): boolean => need === "checkov" && process.env["REQUIRE_CHECKOV"] !== "1";

/** What is missing of these, in words. */
export const missingOf = (needs: readonly Need[]): readonly string[] =>
  needs.map(look).flatMap((answer) => ("missing" in answer ? [answer.missing] : []));

/**
 * `describe` for tests that need tools. Without them the tests are skipped and a line on stderr says which and why;
 * under REQUIRE_TERRAFORM=1 that is a failure.
 */
export function describeWith(needs: readonly Need[], title: string, tests: () => void): void {
  const missing = missingOf(needs);
  if (missing.length === 0) {
    describe(title, tests);
  } else if (process.env["REQUIRE_TERRAFORM"] === "1" && needs.some((need) => !isOptional(need))) {
    test(`${title}: the tools are here`, () => {
      throw new Error(missing.join("; "));
    });
  } else {
    process.stderr.write(`skipped: ${title}: ${missing.join("; ")}\n`);
    // Not `tests`: what they are about is not here to be listed.
    describe.skip(title, () => test("has what it needs", () => undefined));
  }
}
