/** A document that is not as promised: what is at fault, or what lacks something, as a Terraform address or a type. */
export interface Fault {
  readonly resource: string;
  readonly detail: string;
}

/** The same fault of each. */
export const faults = (resources: Iterable<string>, detail: string): Fault[] =>
  [...resources].map((resource) => ({ resource, detail }));

export const unless = (holds: boolean, resource: string, detail: string): Fault[] =>
  holds ? [] : [{ resource, detail }];
