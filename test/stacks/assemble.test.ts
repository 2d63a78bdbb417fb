/** What is written is what cdktf itself would make of the same stack, put together faster. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { RootConstruct } from "constructs";
import { CLOUDS } from "../../src/model/cloud";
import { canonical, renderDocument } from "../../stacks/document";
import { EnclaveStack } from "../../stacks/enclave-stack";
import { synthesize } from "../../stacks/synthesize";
import { SPECS } from "../conformance/specs";

const NAMES = Object.keys(SPECS) as (keyof typeof SPECS)[];

describe.each(NAMES)("of the enclave %s", (name) => {
  const bytes = new TextEncoder().encode(JSON.stringify(SPECS[name]));
  const { documents } = synthesize({ file: "conform.enclave.yaml", bytes }, { cloud: "all", frozenLock: false, reclaim: false });

  test.each(CLOUDS)("on %s", (cloud) => {
    const made = documents.find((document) => document.cloud === cloud);
    if (made === undefined) throw new Error(`${name} is not rendered for ${cloud}`);
    const { provider, plan, printer } = made;
    const stack = new EnclaveStack(new RootConstruct(), "stack", provider, plan, printer);
    stack.prepareStack();
    const { "//": _, ...rest } = renderDocument(provider, plan, printer);
    expect(rest).toEqual(canonical(stack.toTerraform()));
  });
});

test("errors are traced again once a document is there", () => {
  const capture = Error.captureStackTrace;
  const bytes = new TextEncoder().encode(JSON.stringify(SPECS.bare));
  synthesize({ file: "conform.enclave.yaml", bytes }, { cloud: "google", frozenLock: false, reclaim: false });
  expect(Error.captureStackTrace).toBe(capture);
});

test("the packer that cdktf loads is loaded when somebody packs, and not before", () => {
  const program = `require("./stacks/lean-cdktf");
    const packer = require.resolve("archiver", { paths: [require.resolve("cdktf")] });
    require("cdktf");
    const loaded = () => Object.keys(require.cache).some((file) => file.includes("archiver-utils"));
    console.log(loaded(), require(packer)("zip").pointer(), loaded());`;
  const { stdout } = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", program], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  });
  expect(stdout).toBe("false 0 true\n");
});
