/** The least that a cdktf app of four resources costs: what the bench measures the product against. */

import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, TerraformStack } from "cdktf";

const app = new App({ outdir: process.argv[2] ?? "cdktf.out" });
const stack = new TerraformStack(app, "bare");
new AwsProvider(stack, "aws", { region: "us-east-1" });
const vpc = new Vpc(stack, "vpc", { cidrBlock: "10.0.0.0/16" });
new Subnet(stack, "subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
new RouteTable(stack, "table", { vpcId: vpc.id });
new SecurityGroup(stack, "group", { vpcId: vpc.id, name: "group" });
app.synth();
