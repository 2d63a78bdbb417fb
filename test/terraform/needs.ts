import { type Found, findMoto, findPlugin, findTerraform, type Plugin } from "./toolchain";

export type Need = "terraform" | "moto" | `plugin:${Plugin}`;

const memory = new Map<Need, Found<unknown>>();

function look(need: Need): Found<unknown> {
  const known = memory.get(need);
  if (known !== undefined) return known;
  const found = need === "terraform" ? findTerraform() : need === "moto" ? findMoto() : findPlugin(need.slice("plugin:".length) as Plugin);
  memory.set(need, found);
  return found;
}

/**
 * `describe` for tests that need tools. Without them the tests are skipped and a line on stderr says which and why;
 * under REQUIRE_TERRAFORM=1 that is a failure.
 */
export function describeWith(needs: readonly Need[], title: string, tests: () => void): void {
  const missing = needs.map(look).flatMap((answer) => ("missing" in answer ? [answer.missing] : []));
  if (missing.length === 0) {
    describe(title, tests);
  } else if (process.env["REQUIRE_TERRAFORM"] === "1") {
    test(`${title}: the tools are here`, () => {
      throw new Error(missing.join("; "));
    });
  } else {
    process.stderr.write(`skipped: ${title}: ${missing.join("; ")}\n`);
    describe.skip(title, tests);
  }
}
