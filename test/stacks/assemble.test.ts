/** What is written is what cdktf itself would make of the same stack, put together faster. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { LocalBackend, TerraformOutput, TerraformStack, Token } from "cdktf";
import { RootConstruct } from "constructs";
import { synthesize } from "../../src/app/synthesize";
import { CLOUDS } from "../../src/clouds/cloud";
import { assemble, canonical, renderDocument } from "../../stacks/document";
import { EnclaveStack, TERRAFORM } from "../../stacks/enclave-stack";
import { SPECS } from "../conformance/specs";

const NAMES = Object.keys(SPECS) as (keyof typeof SPECS)[];

describe.each(NAMES)("of the enclave %s", (name) => {
  const bytes = new TextEncoder().encode(JSON.stringify(SPECS[name]));
  const { documents } = synthesize(
    { file: "conform.enclave.yaml", bytes },
    { cloud: "all", frozenLock: false, reclaim: false },
  );

  test.each(CLOUDS)("on %s", (cloud) => {
    const made = documents.find((document) => document.cloud === cloud);
    if (made === undefined) throw new Error(`${name} is not rendered for ${cloud}`);
    const { provider, plan, printer } = made;
    const stack = new EnclaveStack(new RootConstruct(), provider, plan, printer);
    stack.prepareStack();
    const { "//": _, ...rest } = renderDocument(provider, plan, printer);
    // The command writes this part into versions.tf.
    const terraform = { ...(rest["terraform"] as object), ...TERRAFORM };
    expect({ ...rest, terraform }).toEqual(canonical(stack.toTerraform()));
  });
});

test("tokens are resolved wherever they stand: alone, within a text, as a number, a list, a map and a key", () => {
  const stack = Object.assign(new TerraformStack(new RootConstruct(), "stack"), { requirements: {} });
  const made = Token.asAny("${local.made}");
  const value = {
    text: Token.asString(made),
    within: `before ${Token.asString(made)} after`,
    number: Token.asNumber(made),
    numberWithin: `port ${Token.asNumber(made)}`,
    list: Token.asList(made),
    numbers: Token.asNumberList(made),
    map: Token.asStringMap(made),
    [Token.asString("key")]: [{ deep: Token.asString(made), absent: undefined }, undefined, 1e21, "1e+21"],
    itself: made,
  };
  new TerraformOutput(stack, "tokens", { value });
  new LocalBackend(stack, {});
  const { "//": _, ...whole } = stack.toTerraform();
  expect(JSON.stringify(assemble(stack))).not.toContain("TfToken");
  expect(canonical(assemble(stack))).toEqual(canonical(whole));
});

test("errors are traced again once a document is there", () => {
  const capture = Error.captureStackTrace;
  const bytes = new TextEncoder().encode(JSON.stringify(SPECS.bare));
  synthesize({ file: "conform.enclave.yaml", bytes }, { cloud: "google", frozenLock: false, reclaim: false });
  expect(Error.captureStackTrace).toBe(capture);
});

test.each([
  ["archiver", "archiver-utils", '("zip").pointer() === 0'],
  ["semver", "semver/functions/valid", '.valid("1.2.3") === "1.2.3"'],
  ["json-stable-stringify", "/call-bind/", '({ b: 1, a: 2 }) === \'{"a":2,"b":1}\''],
  ["./backends", "/s3-backend", '.S3Backend.name === "S3Backend"'],
  ["./testing", "/testing/adapters/", '.Testing.name === "Testing"'],
])("%s waits until somebody asks for it, and then is there", (name, file, ask) => {
  expect(
    printed(`require("./stacks/lean-loading");
      const cdktf = require.resolve("cdktf");
      require(cdktf);
      const loaded = () => Object.keys(require.cache).some((each) => each.includes("${file}"));
      const lazy = require(require.resolve("${name}", { paths: [require("node:path").dirname(cdktf)] }));
      console.log(loaded(), lazy${ask}, loaded());`),
  ).toBe("false true true\n");
});

test("the source maps inside cdktf's files are not read", () => {
  const mapped = `require("cdktf");
    console.log(require("node:module").findSourceMap(require.resolve("cdktf")) !== undefined);`;
  const program = `process.setSourceMapsEnabled(true); ${mapped}`;
  expect(printed(program)).toBe("true\n");
  expect(printed(`require("./stacks/lean-loading"); ${program}`)).toBe("false\n");
});

function printed(program: string): string {
  return spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", program], {
    cwd: join(__dirname, "../.."),
    encoding: "utf8",
  }).stdout;
}
