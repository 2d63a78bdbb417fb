/** Every command. Its code is loaded when it runs: CDKTF alone takes a noticeable part of a second. */
import { CLOUDS } from "../clouds/cloud";
import type { Command, Flag } from "./command";

const CLOUD: Flag = {
  value: "CLOUD",
  help:
    `${CLOUDS.join(", ")}, several with commas, or all; ` +
    'else ENCLAVE_CLOUD, the context "cloud" in cdktf.json, the spec',
};

const LOCK: Flag = {
  value: "FILE",
  help: "the lock file (default X.enclave.lock.json beside X.enclave.yaml)",
};

const INIT: Command = {
  name: "init",
  summary: "write a commented spec to start from, with its JSON Schema",
  operand: "[DIR]",
  flags: {
    template: {
      value: "TEMPLATE",
      choices: ["private-rag", "ml-platform", "zero-trust"],
      help: "private-rag, ml-platform or zero-trust (default private-rag)",
    },
  },
  examples: ["ai-enclave init", "ai-enclave init --template private-rag networks/rag"],
  run: async (call) => (require("./init") as typeof import("./init")).init(call),
};

const SYNTH: Command = {
  name: "synth",
  summary: "write checked Terraform for one cloud or for all",
  operand: "SPEC",
  flags: {
    cloud: CLOUD,
    out: { value: "DIR", help: "where DIR/<cloud>/main.tf.json and versions.tf go (default enclave.out)" },
    lock: LOCK,
    "frozen-lock": { help: "fail when the lock file would change" },
    reclaim: { help: "let freed address blocks and rule numbers be used again" },
    removed: {
      value: "NAME",
      help: "zones or endpoints that are gone, several with commas: none that is new is one of them renamed",
    },
    "forget-renames": { help: "no longer tell Terraform of earlier renames, once every state has them" },
    azurerm: {
      value: "MAJOR",
      choices: ["4", "5"],
      help: "major version of the azurerm provider (default 4)",
    },
  },
  examples: [
    "ai-enclave synth private-rag.enclave.yaml --cloud aws",
    "ai-enclave synth - --format json < private-rag.enclave.yaml",
  ],
  run: async (call) => (require("./synth") as typeof import("./synth")).synth(call),
};

const FIX: Command = {
  name: "fix",
  summary: "make every edit of a spec that is certain, and show the others",
  operand: "SPEC",
  flags: { cloud: CLOUD, lock: LOCK, "dry-run": { help: "show the edits, and write nothing" } },
  examples: ["ai-enclave fix private-rag.enclave.yaml --dry-run"],
  run: async (call) => (require("./fix") as typeof import("./fix")).fix(call),
};

const SCHEMA: Command = {
  name: "schema",
  summary: "print the JSON Schema of the spec",
  flags: {},
  examples: ["ai-enclave schema > enclave.schema.json"],
  run: async () => (require("./schema") as typeof import("./schema")).schema(),
};

export const COMMANDS: readonly Command[] = [INIT, SYNTH, FIX, SCHEMA];

/** Commands of later versions. A user who read of one gets an answer; no help lists them. */
export const LATER: readonly string[] =
  "module verify audit explain blast diff assess report graph mesh probe".split(" ");
