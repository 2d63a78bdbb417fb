/** Policies in the document's texts. */

export interface Statement {
  readonly Effect: string;
  readonly Principal?: unknown;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** None where there is no policy. Throws on one that cannot be read. */
export function statementsIn(policy: string): Statement[] {
  if (policy === "") return [];
  const { Statement: all } = JSON.parse(policy) as { readonly Statement: readonly Statement[] };
  return all.map((one) => ({
    ...one,
    Action: [one.Action ?? []].flat(),
    Resource: [one.Resource ?? []].flat(),
  }));
}
