/**
 * A document that is not as promised: what is at fault, or what lacks something, as a Terraform address or a
 * type.
 */
export interface Fault {
  readonly resource: string;
  readonly detail: string;
}

/** The same fault of each. */
export const faults = (resources: Iterable<string>, detail: string): Fault[] =>
  [...resources].map((resource) => ({ resource, detail }));

export const unless = (holds: boolean, resource: string, detail: string): Fault[] =>
  holds ? [] : [{ resource, detail }];

/** An error on the way, about a part that nobody can judge, has the resource as its cause. */
export function reading<T>(resource: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Error && error.cause === undefined
      ? new Error(error.message, { cause: resource })
      : error;
  }
}
