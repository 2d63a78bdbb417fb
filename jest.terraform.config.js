/** The slow suite: real Terraform, the cloud's real plugin, the emulator, and the packed package. One worker: an emulator fills a core. */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/test/terraform", "<rootDir>/test/package"],
  testPathIgnorePatterns: ["/node_modules/"],
  globalSetup: "<rootDir>/test/terraform/global-setup.js",
  // A life with the real azurerm takes a quarter of an hour: it waits ten seconds and more for each thing that is deleted.
  testTimeout: 1_800_000,
  maxWorkers: 1,
};
