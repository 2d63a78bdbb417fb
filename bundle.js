/**
 * The last step of `npm run build` makes the command one file, which starts sooner than two hundred. cdktf and the provider packages
 * stay outside: they are peers, and a provider package that is not installed has to be reported.
 */
const { chmodSync, readdirSync, rmSync } = require("node:fs");
const { buildSync } = require("esbuild");

const CLI = "dist/src/cli";

for (const file of readdirSync(CLI)) if (!file.startsWith("main.")) rmSync(`${CLI}/${file}`);
buildSync({
  entryPoints: ["src/cli/start.ts"],
  outfile: `${CLI}/start.js`,
  bundle: true,
  platform: "node",
  target: "node20.9",
  external: ["cdktf", "constructs", "@cdktf/*"],
  logLevel: "warning",
});
chmodSync(`${CLI}/main.js`, 0o755);
