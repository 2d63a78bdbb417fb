/** Exits 0 where the Terraform tests have to run: terraform and a mirror with the plugin are here. Says what is missing otherwise. */
import { findPlugin, findTerraform } from "./toolchain";

const missing = [findTerraform(), findPlugin("aws")].flatMap((answer) =>
  "missing" in answer ? [answer.missing] : [],
);
for (const reason of missing) process.stdout.write(`the Terraform tests may be skipped: ${reason}\n`);
process.exitCode = missing.length === 0 ? 0 : 1;
