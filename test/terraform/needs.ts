import { type Found, findCommand, findMoto, findPlugin, findTerraform, type Plugin } from "./toolchain";

export type Need = "terraform" | "moto" | "python3" | "openssl" | `plugin:${Plugin}`;

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
    case "python3":
      return findCommand("python3", "--version");
    case "openssl":
      return findCommand("openssl", "version");
    default:
      return findPlugin(need.slice("plugin:".length) as Plugin);
  }
}

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
  } else if (process.env["REQUIRE_TERRAFORM"] === "1") {
    test(`${title}: the tools are here`, () => {
      throw new Error(missing.join("; "));
    });
  } else {
    process.stderr.write(`skipped: ${title}: ${missing.join("; ")}\n`);
    // Not `tests`: what they are about is not here to be listed.
    describe.skip(title, () => test("has what it needs", () => undefined));
  }
}
