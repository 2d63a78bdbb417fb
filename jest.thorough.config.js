const fast = require("./jest.config.js");

/** What the fast suite leaves out, and nothing else. */
module.exports = {
  ...fast,
  testMatch: fast.testMatch.filter((files) => files.startsWith("!")).map((files) => files.slice(1)),
};
