/** Which availability zone a route of a rendered document belongs to, found by following the references between resources. */
import { type Rendered, type Resource, resourcesOf } from "./rendered";

export interface ZonedRoute {
  /** Of its table. */
  readonly name: string;
  /** Index into the variable availability_zones: that of the subnet whose table holds the route. */
  readonly slot: number;
  readonly route: Resource;
}

/** Every route with a slot. A table without a subnet, or a subnet without a zone, is an error: nothing is guessed. */
export function zonedRoutes(document: Rendered): readonly ZonedRoute[] {
  const slotOfTable = new Map(
    [...resourcesOf(document, "aws_route_table_association").values()].map((association) => [
      referred(association["route_table_id"]),
      slotOfSubnet(document, referred(association["subnet_id"])),
    ]),
  );
  return [...resourcesOf(document, "aws_route_table")].flatMap(([name, { route }]) => {
    const slot = slotOfTable.get(`aws_route_table.${name}`);
    if (slot === undefined) throw new Error(`aws_route_table.${name} is used by no subnet`);
    return (route as Resource[]).map((each) => ({ name, slot, route: withoutNulls(each) }));
  });
}

const withoutNulls = (route: Resource): Resource =>
  Object.fromEntries(Object.entries(route).filter(([, value]) => value !== null));

/** The slot of a subnet by its address, `aws_subnet.inference_1`. */
export function slotOfSubnet(document: Rendered, address: string): number {
  const subnet = resourcesOf(document, "aws_subnet").get(address.replace("aws_subnet.", ""));
  const slot = /^\$\{var\.availability_zones\[(\d)\]\}$/.exec(String(subnet?.["availability_zone"]))?.[1];
  if (slot === undefined) throw new Error(`${address} has no availability zone of the variable`);
  return Number(slot);
}

/** The subnet that a destination is: by reference or by its very range. */
export function subnetOfRange(document: Rendered, range: unknown): string | undefined {
  const text = String(range);
  if (text.includes("aws_subnet.")) return referred(range);
  const name = [...resourcesOf(document, "aws_subnet")].find(
    ([, subnet]) => subnet["cidr_block"] === text,
  )?.[0];
  return name === undefined ? undefined : `aws_subnet.${name}`;
}

/** The address of the resource that an expression names first. */
export function referred(expression: unknown): string {
  const address = /\baws_\w+\.\w+/.exec(String(expression))?.[0];
  if (address === undefined) throw new Error(`no resource in ${JSON.stringify(expression)}`);
  return address;
}
