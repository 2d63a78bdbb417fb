/** The fast suite: no Terraform, no Python, no network. */

/**
 * Random specs, processes of their own, large files, every value of a document changed once: they take longer. So do
 * wrong documents by the hundred, of which the fast suite keeps the rules of groups, and all of Google.
 */
const THOROUGH = [
  "**/*.property.test.ts",
  "**/test/cli/process.test.ts",
  "**/test/conformance/falsifiable.test.ts",
  "**/test/readme.test.ts",
  "**/test/spec/large-files.test.ts",
  "**/test/verifier/values.test.ts",
  "**/test/verifier/aws/!(groups).test.ts",
  "**/test/verifier/azure/!(rules).test.ts",
  "**/test/stacks/assemble.test.ts",
  "**/test/stacks/cdktf-synth.test.ts",
];

module.exports = {
  testEnvironment: "node",
  // Every core: the tests compute and wait for nothing, and jest would leave one of two idle.
  maxWorkers: "100%",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts", ...THOROUGH.map((files) => `!${files}`)],
  testPathIgnorePatterns: [
    "/node_modules/",
    ...["terraform", "package", "suricata"].map((folder) => `<rootDir>/test/${folder}/`),
  ],
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
    ],
  },
};
