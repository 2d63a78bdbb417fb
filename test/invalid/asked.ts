/** What the whole line of passes says of a case, up to rendering. */
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { cloudTools } from "../../src/app/synthesize";
import { checkTarget } from "../../src/checks/target";
import { besidesNotes } from "../support/rendered";
import type { Pipeline } from "./cases";

/** The spec alone, and what the clouds that a case names ask of it. */
export const ofSpec: Pipeline = ({ text, file, clouds }) => {
  const { enclave, diagnostics, locate } = loadSpec(text, file);
  return enclave === undefined ? diagnostics : [...diagnostics, ...locate(checkTarget(enclave, clouds))];
};

/** Answers by text: each case is asked about more than once. */
const answers = new Map<string, ReturnType<Pipeline>>();

/** All passes for the case's one cloud: a cloud can refuse a spec that has no mistake of its own. */
export const ofCloud: Pipeline = ({ text, file, clouds }) => {
  const key = `${clouds} ${text}`;
  const [cloud] = clouds;
  const known =
    answers.get(key) ??
    besidesNotes(
      prepare(
        loadSpec(text, file),
        { file: "case.enclave.lock.json" },
        { ...(cloud === undefined ? {} : { cloud }), frozenLock: false, reclaim: false },
        cloudTools.providerFor,
      ).diagnostics,
    );
  answers.set(key, known);
  return known;
};
