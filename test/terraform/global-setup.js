/** The slow suite tests what users run: the compiled command line, compiled from the sources as they are now. */
const { spawnSync } = require("node:child_process");
const path = require("node:path");

module.exports = () => {
  const root = path.resolve(__dirname, "../..");
  const build = spawnSync("npm", ["run", "build", "--silent"], { cwd: root, encoding: "utf8" });
  if (build.status !== 0) throw new Error(`npm run build failed:\n${build.stdout}${build.stderr}`);
};
