// A Lambda function as its template describes it: bundle, handler, limits and environment.
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Deployment } from '../assembly/deployment.ts';
import { arnOf, physicalName, type Resource, refOf, whereIs } from '../assembly/resource-values.ts';

export interface FunctionSpec {
  name: string;
  logicalId: string;
  arn: string;
  bundle: string;
  exportName: string;
  timeoutMs: number;
  memoryMb: number;
  variables: Record<string, string>;
}

/** What a function's environment gets here beyond its template. */
export interface LocalEnvironment {
  /** Replace variables that a function already has; others are not added. */
  overrides: Record<string, string>;
  /** Added to every function: AWS's own variables and where the local doors are. */
  runtime: Record<string, string>;
}

const functionShape = z.object({
  Handler: z.string(),
  Runtime: z.string().check(z.startsWith('nodejs', 'only Node.js functions run here')),
  Code: z.object({ S3Key: z.string() }),
  Environment: z.prefault(
    z.object({ Variables: z.prefault(z.record(z.string(), z.string()), {}) }),
    {},
  ),
  // CloudFormation's own defaults.
  Timeout: z.prefault(z.number(), 3),
  MemorySize: z.prefault(z.number(), 128),
});

export function readFunction(
  deployment: Deployment,
  resource: Resource,
  local: LocalEnvironment,
): FunctionSpec {
  const properties = deployment.properties(resource, functionShape);
  const directory = deployment.asset(properties.Code.S3Key);
  if (directory === undefined) {
    throw new Error(`${whereIs(resource)}: no asset ${properties.Code.S3Key} in the assembly.`);
  }
  const name = physicalName(resource, deployment.surroundings);
  const dot = properties.Handler.lastIndexOf('.');
  return {
    name,
    logicalId: resource.logicalId,
    arn: arnOf(resource, deployment.surroundings),
    bundle: join(directory, `${properties.Handler.slice(0, dot)}.mjs`),
    exportName: properties.Handler.slice(dot + 1),
    timeoutMs: properties.Timeout * 1000,
    memoryMb: properties.MemorySize,
    variables: {
      ...withOverrides(properties.Environment.Variables, deployment, local.overrides),
      ...local.runtime,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
      _HANDLER: properties.Handler,
      LAMBDA_TASK_ROOT: directory,
    },
  };
}

function withOverrides(
  variables: Record<string, string>,
  deployment: Deployment,
  overrides: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      overrides[name] ?? withPublicUrl(value, deployment),
    ]),
  );
}

/** The CDK writes an API's address as an expression of its id, region and suffix: here that is the public URL. */
function withPublicUrl(value: string, deployment: Deployment): string {
  return deployment.ofType('AWS::ApiGatewayV2::Api').reduce((text, api) => {
    const origin = `https://${refOf(api, deployment.surroundings)}.execute-api.${api.stack.region}.amazonaws.com`;
    return text.replaceAll(origin, deployment.surroundings.publicUrl);
  }, value);
}
