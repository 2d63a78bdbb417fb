/**
 * Every command of the product, also those that are not in this version, so that asking for one gets an answer. A command's code
 * is loaded when it runs: help and usage errors need none of it, and CDKTF alone costs a noticeable part of a second.
 */
import { CLOUDS } from "../clouds/cloud";
import type { Command, Flag } from "./command";

const CLOUD: Flag = {
  value: "CLOUD",
  choices: [...CLOUDS, "all"],
  help: 'aws, azure, google or all; else ENCLAVE_CLOUD, the context "cloud" in cdktf.json, the spec',
};

const SPEC = { operands: "SPEC", arity: { least: 1, most: 1 } } as const;

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
  ...SPEC,
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

const announced = (name: string, operands: string, summary: string, example: string): Command => ({
  name,
  summary,
  operands,
  arity: { least: 0, most: Number.POSITIVE_INFINITY },
  flags: {},
  examples: [example],
});

export const COMMANDS: readonly Command[] = [
  INIT,
  SYNTH,
  announced(
    "module",
    "SPEC",
    "write a publishable Terraform module",
    "npx enclave module rag.enclave.yaml --cloud aws",
  ),
  announced(
    "verify",
    "TARGET",
    "prove that Terraform equals the spec",
    "npx enclave verify enclave.out/aws --spec rag.enclave.yaml",
  ),
  announced(
    "audit",
    "TARGET",
    "find exposure in any Terraform, without a spec",
    "npx enclave audit plan.json",
  ),
  announced(
    "explain",
    "SPEC",
    "say why a connection is allowed or not",
    "npx enclave explain rag.enclave.yaml --from ingress --to vector-db",
  ),
  announced(
    "blast",
    "SPEC",
    "show what a compromised zone reaches",
    "npx enclave blast rag.enclave.yaml --from inference",
  ),
  announced(
    "diff",
    "OLD NEW",
    "show what opened and closed between two specs",
    "npx enclave diff old.enclave.yaml new.enclave.yaml",
  ),
  announced("assess", "SPEC", "rate the maturity of an enclave", "npx enclave assess rag.enclave.yaml"),
  announced(
    "report",
    "SPEC",
    "write evidence for an auditor",
    "npx enclave report rag.enclave.yaml --out report.html",
  ),
  announced("graph", "SPEC", "draw the enclave", "npx enclave graph rag.enclave.yaml --out rag.svg"),
  announced(
    "mesh",
    "SPEC",
    "write NetworkPolicy and mesh manifests",
    "npx enclave mesh rag.enclave.yaml --out mesh",
  ),
  announced(
    "probe",
    "SPEC",
    "write connectivity tests for the deployed enclave",
    "npx enclave probe rag.enclave.yaml --out probe",
  ),
  SCHEMA,
];
