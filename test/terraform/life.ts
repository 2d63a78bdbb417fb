import { type Emulator, NOBODY, startEmulator } from "./emulator";
import type { Plugin } from "./toolchain";
import { overrideProvider, type Ran, terraform, trouble, type Workspace } from "./workspace";

export type Step = "init" | "validate" | "plan" | "apply" | "second plan" | "destroy";

export interface Result {
  readonly step: Step;
  /** The step did what it has to; for the second plan: nothing is left to change. */
  readonly held: boolean;
  readonly seconds: number;
  /** Terraform's own closing sentence, or what went wrong. */
  readonly said: string;
}

export interface Life {
  /** Leads to the emulator. */
  readonly env: Readonly<Record<string, string>>;
  /** Runs one step with these variables. */
  step(step: Step, variables?: readonly string[]): Result;
  end(): Promise<void>;
}

const ARGUMENTS: Readonly<Record<Step, readonly string[]>> = {
  init: ["init", "-input=false"],
  validate: ["validate"],
  plan: ["plan", "-input=false", "-out=plan.bin"],
  apply: ["apply", "-input=false", "plan.bin"],
  "second plan": ["plan", "-input=false", "-detailed-exitcode"],
  destroy: ["destroy", "-input=false", "-auto-approve"],
};

const TAKES_VARIABLES: readonly Step[] = ["plan", "second plan", "destroy"];
const CLOSING =
  /^.*(Plan: .*|Apply complete!.*|Destroy complete!.*|No changes\..*|Success!.*|successfully initialized.*)$/gm;

const STEPS: readonly Step[] = ["init", "validate", "plan", "apply", "second plan", "destroy"];

/** The life of an enclave on the emulator of its cloud; a stand-in for the plugin needs none. Whoever starts it must `end` it. */
export async function startLife(workspace: Workspace, plugin: Plugin, standIn = false): Promise<Life> {
  const emulator: Emulator = standIn ? NOBODY[plugin] : await startEmulator(plugin, workspace.work);
  try {
    overrideProvider(workspace, plugin, emulator.provider);
  } catch (error) {
    await emulator.stop();
    throw error;
  }
  return {
    env: emulator.env,
    step(step, variables = []) {
      const values = TAKES_VARIABLES.includes(step)
        ? variables.flatMap((variable) => ["-var", variable])
        : [];
      return judge(step, terraform(workspace, step, [...ARGUMENTS[step], ...values], emulator.env));
    },
    end: () => emulator.stop(),
  };
}

function judge(step: Step, ran: Ran): Result {
  const held = ran.code === 0;
  const said = held ? ([...ran.text.matchAll(CLOSING)].at(-1)?.[1] ?? "") : trouble(ran.text);
  return { step, held, seconds: ran.seconds, said };
}

/** Every step in order up to the first that did not hold; `show` sees each as it ends. */
export function liveThrough(
  life: Life,
  variables: readonly string[],
  show: (result: Result) => void = () => {},
): readonly Result[] {
  const results: Result[] = [];
  for (const step of STEPS) {
    const result = life.step(step, variables);
    results.push(result);
    show(result);
    if (!result.held && step !== "second plan") break;
  }
  return results;
}
