/** A sentence that is true of every enclave on every cloud, and how a document can break it. */
import type { Addresses } from "../../addresses/addresses";
import type { Cloud } from "../../clouds/cloud";
import type { Enclave } from "../../model/enclave";
import type { Fault } from "../replay/fault";
import type { Host } from "../replay/paths";
import type { Reader } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import type { Declared } from "./declared";

export interface Asked {
  readonly cloud: Cloud;
  readonly read: Reader;
  readonly document: TerraformDocument;
  readonly enclave: Enclave;
  readonly addresses: Addresses;
  readonly declared: Declared;
  /** Everybody outside the enclave, as far as anything tells one from another. */
  readonly outside: readonly Host[];
}

export interface EnclavePromise {
  /** Said of every cloud; exceptions name it by these words. */
  readonly title: string;
  /** Empty when it holds. */
  readonly faults: (asked: Asked) => readonly Fault[];
}

export const promise = (title: string, faults: EnclavePromise["faults"]): EnclavePromise => ({
  title,
  faults,
});
