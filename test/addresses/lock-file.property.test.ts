import fc from "fast-check";
import { printLock } from "../../src/addresses/lock";
import { parseLock } from "../../src/addresses/parse-lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import { anyLines, enclave } from "./enclaves";

test("every lock survives being printed and read", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const { lock } = resolveAddresses(enclave(lines), undefined, { frozen: false, reclaim: false });
      if (lock === undefined) throw new Error("the spec does not resolve");
      const text = printLock(lock);
      const parsed = parseLock(text);
      expect("lock" in parsed && printLock(parsed.lock)).toBe(text);
    }),
    { numRuns: 200 },
  );
});
