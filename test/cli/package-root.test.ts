import { join, parse } from "node:path";
import { packageRoot } from "../../src/cli/package-root";
import { scratch } from "../support/scratch";

test("the package is found from every folder in it", () => {
  const root = join(__dirname, "..", "..");
  expect([packageRoot(root), packageRoot(__dirname)]).toEqual([root, root]);
});

test("without a package.json above, the reason is told", () => {
  const room = scratch();
  expect(() => packageRoot(parse(room.path).root)).toThrow("the package.json of ai-enclave is missing");
  room.remove();
});
