/** The check of every document before it is written: what the spec asks for, asked of the document. */
import type { Addresses } from "../addresses/addresses";
import type { Cloud } from "../clouds/cloud";
import type { Enclave } from "../model/enclave";
import { PROMISES } from "./promises/all";
import { declaredBy } from "./promises/declared";
import { EXCEPTIONS } from "./promises/exceptions";
import type { Asked } from "./promises/promise";
import { READERS } from "./readers";
import { withLast } from "./replay/blocks";
import type { TerraformDocument } from "./terraform/document";

export interface Violation {
  readonly promise: string;
  /**
   * Terraform address of what is at fault, or of what lacks something; a type where there is nothing of it.
   */
  readonly resource: string;
  readonly detail: string;
}

/** Everything that the document does not hold. One that cannot be read holds nothing. */
export function brokenPromises(
  cloud: Cloud,
  document: TerraformDocument,
  enclave: Enclave,
  addresses: Addresses,
): Violation[] {
  try {
    const asked = askedOf(cloud, document, enclave, addresses);
    const excepted = new Set(EXCEPTIONS[cloud].map(({ promise }) => promise));
    return PROMISES.flatMap(({ title, faults }) =>
      excepted.has(title) ? [] : faults(asked).map((fault) => ({ promise: title, ...fault })),
    );
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    const resource = typeof cause === "string" ? cause : "document";
    return [{ promise: "every part of the document can be read", resource, detail: message }];
  }
}

export function askedOf(
  cloud: Cloud,
  document: TerraformDocument,
  enclave: Enclave,
  addresses: Addresses,
): Asked {
  const read = READERS[cloud](document);
  const declared = declaredBy(enclave, cloud, read);
  const outside = read.outside(withLast(enclave.range), declared.told);
  return { cloud, read, document, enclave, addresses, declared, outside };
}
