/** What `terraform show -json` says of a plan, as far as the tests read it. */
export interface PlanJson {
  readonly resource_changes: readonly Change[];
}

export interface Change {
  readonly address: string;
  /** Of what is moved. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
  };
}

export type Values = Readonly<Record<string, unknown>>;

/** Changes that do something; reading counts. */
export function effective(plan: PlanJson): readonly Change[] {
  return plan.resource_changes.filter(({ change }) => change.actions.join() !== "no-op");
}

export function ofType(plan: PlanJson, type: string): readonly Change[] {
  return plan.resource_changes.filter((change) => change.type === type);
}
