/**
 * Every value of a document is changed once, and the check asked whether it notices. What it notices and what not stands in
 * values/<cloud>.txt by type and argument; UPDATE_GOLDEN=1 writes the files anew. A line that moves to the second list is a loss.
 */
import { join } from "node:path";
import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { brokenPromises } from "../../src/verifier/verify";
import { EVERYTHING, TLS_ALONE } from "../providers/aws/everything";
import { EVERY_PART } from "../providers/azure/everything";
import { render as onAzure } from "../providers/azure/rendered";
import { IN_THE_REGION, EVERYTHING as ON_GOOGLE } from "../providers/google/everything";
import { expectGolden } from "../support/golden";
import { leavesOf, type Path, withOther } from "../support/leaves";
import { type Rendered, render } from "../support/rendered";

/** Small enclaves with everything that is ever rendered. */
const RENDERED: Readonly<Record<Cloud, () => readonly Rendered[]>> = {
  aws: () => [EVERYTHING, TLS_ALONE].map((spec) => render("aws", spec)),
  azure: () => [EVERY_PART, { ...EVERY_PART, terraform: { azurerm: 5 } }].map((spec) => onAzure(spec)),
  google: () => [ON_GOOGLE, IN_THE_REGION].map((spec) => render("google", spec)),
};

const PARTS = ["locals", "output", "provider", "resource", "variable"];

/** `aws_subnet.cidr_block`: without names and positions. */
function argumentOf([part = "", ...path]: Path): string {
  const words = part === "resource" ? path.filter((_, depth) => depth !== 1) : [part, ...path];
  return words.filter((word) => !/^\d+$/.test(word)).join(".");
}

interface Count {
  readonly noticed: number;
  readonly all: number;
}

function countsOf(cloud: Cloud, { document, enclave, addresses }: Rendered): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const part of PARTS)
    for (const path of leavesOf(document[part], [part])) {
      const { noticed, all } = counts.get(argumentOf(path)) ?? { noticed: 0, all: 0 };
      const broken = brokenPromises(cloud, withOther(document, path), enclave, addresses).length > 0;
      counts.set(argumentOf(path), { noticed: noticed + (broken ? 1 : 0), all: all + 1 });
    }
  return counts;
}

function report(cloud: Cloud): string {
  const sum = new Map<string, Count>();
  for (const rendered of RENDERED[cloud]())
    for (const [argument, { noticed, all }] of countsOf(cloud, rendered)) {
      const known = sum.get(argument) ?? { noticed: 0, all: 0 };
      sum.set(argument, { noticed: known.noticed + noticed, all: known.all + all });
    }
  const lines = (wanted: boolean): string[] =>
    [...sum]
      .filter(([, { noticed, all }]) => (noticed === all) === wanted)
      .map(([argument, { noticed, all }]) =>
        noticed === 0 || wanted ? argument : `${argument} (${noticed} of ${all} are)`,
      )
      .sort();
  return ["Noticed:", ...lines(true), "", "Not noticed:", ...lines(false), ""].join("\n");
}

test.each(CLOUDS)(
  "on %s the values whose change is noticed, and is not, are those that are listed",
  (cloud) => {
    expectGolden(join(__dirname, "values", `${cloud}.txt`), report(cloud));
  },
  600_000,
);
