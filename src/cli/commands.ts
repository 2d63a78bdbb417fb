/**
 * Every command of the product. Those of later versions are here too, so that the user gets an answer. A command's code is loaded
 * when the command runs: help and usage errors need none of it, and CDKTF alone takes a noticeable part of a second.
 */
import { CLOUDS } from "../clouds/cloud";
import type { Command, Flag } from "./command";

const CLOUD: Flag = {
  value: "CLOUD",
  choices: [...CLOUDS, "all"],
  words: () => (require("../clouds/clouds") as typeof import("../clouds/clouds")).CLOUD_FACTS,
  help: `${CLOUDS.join(", ")} or all; else ENCLAVE_CLOUD, the context "cloud" in cdktf.json, the spec`,
};

const INIT: Command = {
  name: "init",
  summary: "write a commented spec to start from, with its JSON Schema",
  operands: "[DIR]",
  arity: { least: 0, most: 1 },
  flags: {
    template: {
      value: "TEMPLATE",
      choices: ["private-rag", "ml-platform", "zero-trust"],
      help: "private-rag, ml-platform or zero-trust (default private-rag)",
    },
  },
  examples: ["npx enclave init", "npx enclave init --template private-rag networks/rag"],
  run: async (call) => (require("./init") as typeof import("./init")).init(call),
};

const SYNTH: Command = {
  name: "synth",
  summary: "write checked Terraform for one cloud or for all",
  operands: "SPEC",
  arity: { least: 1, most: 1 },
  flags: {
    cloud: CLOUD,
    out: { value: "DIR", help: "where DIR/<cloud>/main.tf.json go (default enclave.out)" },
    lock: { value: "FILE", help: "the lock file (default X.enclave.lock.json beside X.enclave.yaml)" },
    "frozen-lock": { help: "fail when the lock file would change" },
    reclaim: { help: "let freed address blocks and rule numbers be used again" },
    azurerm: {
      value: "MAJOR",
      choices: ["4", "5"],
      help: "major version of the azurerm provider (default 4)",
    },
  },
  examples: [
    "npx enclave synth private-rag.enclave.yaml --cloud aws",
    "npx enclave synth - --format json < private-rag.enclave.yaml",
  ],
  run: async (call) => (require("./synth") as typeof import("./synth")).synth(call),
};

const SCHEMA: Command = {
  name: "schema",
  summary: "print the JSON Schema of the spec",
  operands: "",
  arity: { least: 0, most: 0 },
  flags: {},
  examples: ["npx enclave schema > enclave.schema.json"],
  run: async () => (require("./schema") as typeof import("./schema")).schema(),
};

/** Commands of later versions: name, operands, summary, arguments of the example. */
const LATER = [
  ["module", "SPEC", "write a publishable Terraform module", "rag.enclave.yaml --cloud aws"],
  ["verify", "TARGET", "prove that Terraform equals the spec", "enclave.out/aws --spec rag.enclave.yaml"],
  ["audit", "TARGET", "find exposure in any Terraform, without a spec", "plan.json"],
  [
    "explain",
    "SPEC",
    "say why a connection is allowed or not",
    "rag.enclave.yaml --from ingress --to vector-db",
  ],
  ["blast", "SPEC", "show what a compromised zone reaches", "rag.enclave.yaml --from inference"],
  ["diff", "OLD NEW", "show what opened and closed between two specs", "old.enclave.yaml new.enclave.yaml"],
  ["assess", "SPEC", "rate the maturity of an enclave", "rag.enclave.yaml"],
  ["report", "SPEC", "write evidence for an auditor", "rag.enclave.yaml --out report.html"],
  ["graph", "SPEC", "draw the enclave", "rag.enclave.yaml --out rag.svg"],
  ["mesh", "SPEC", "write NetworkPolicy and mesh manifests", "rag.enclave.yaml --out mesh"],
  ["probe", "SPEC", "write connectivity tests for the deployed enclave", "rag.enclave.yaml --out probe"],
] as const;

const ANNOUNCED = LATER.map(
  ([name, operands, summary, example]): Command => ({
    name,
    summary,
    operands,
    arity: { least: 0, most: Number.POSITIVE_INFINITY },
    flags: {},
    examples: [`npx enclave ${name} ${example}`],
  }),
);

export const COMMANDS: readonly Command[] = [INIT, SYNTH, ...ANNOUNCED, SCHEMA];
