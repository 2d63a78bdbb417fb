/**
 * Every code that a diagnostic can have, with its meaning, which ends with an example. Codes are interface:
 * they never change, and never get another meaning. docs/errors.md is written from these tables.
 */
import { AWS_CODES, AZURE_CODES, GOOGLE_CODES } from "./cloud-codes";
import { ADDRESS_CODES, RUN_CODES } from "./run-codes";
import { SPEC_CODES } from "./spec-codes";

export const CATALOGUE = {
  ...SPEC_CODES,
  ...ADDRESS_CODES,
  ...AWS_CODES,
  ...AZURE_CODES,
  ...GOOGLE_CODES,
  ...RUN_CODES,
};

export type Code = keyof typeof CATALOGUE;
