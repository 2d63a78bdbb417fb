/** Rules of AWS's firewall in a real Suricata, which starts anew for each capture. */
module.exports = {
  ...require("./jest.config.js"),
  roots: ["<rootDir>/test/suricata"],
  testMatch: ["**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/"],
};
