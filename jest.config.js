/**
 * The fast suite: no Terraform, no Python, no network. Random enclaves rendered for a cloud, and documents spoiled to see each
 * sentence of the conformance suite fail, take longer: they run with THOROUGH=1, as in .ci/run.
 */
const THOROUGH = ["<rootDir>/test/providers/.*\\.property\\.test\\.ts$", "<rootDir>/test/conformance/falsifiable\\.test\\.ts$"];

module.exports = {
  testEnvironment: "node",
  // Every core: the tests compute and wait for nothing, and jest would leave one of two idle.
  maxWorkers: "100%",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/test/terraform/",
    "<rootDir>/test/package/",
    ...(process.env.THOROUGH ? [] : THOROUGH),
  ],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: {
    "^.+\\.ts$": ["@swc/jest", { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } }],
  },
};
