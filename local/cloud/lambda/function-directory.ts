// All functions of the deployment, found by any of their names.
import type { LambdaFunction } from './lambda-function.ts';

export interface FunctionDirectory {
  all: readonly LambdaFunction[];
  /** By name, logical id, or the service name that it logs under. */
  byName(name: string): LambdaFunction;
  /** By ARN, also with a version or alias behind it, or inside an API Gateway integration URI. */
  byArn(arn: string): LambdaFunction;
}

export function createFunctionDirectory(all: readonly LambdaFunction[]): FunctionDirectory {
  const found = (lambda: LambdaFunction | undefined, name: string) => {
    if (lambda !== undefined) return lambda;
    const names = all.map(({ spec }) => spec.name).join(', ');
    throw new Error(`There is no function ${name}; there are: ${names}.`);
  };
  return {
    all,
    byName: (name) =>
      found(
        all.find(({ spec }) =>
          [spec.name, spec.logicalId, spec.variables['POWERTOOLS_SERVICE_NAME']].includes(name),
        ),
        name,
      ),
    byArn: (arn) =>
      found(
        all.find(({ spec }) => arn.split(/[/]/).some((part) => namesFunction(part, spec.arn))),
        arn,
      ),
  };
}

const namesFunction = (given: string, arn: string) =>
  given === arn || given.startsWith(`${arn}:`) || given === arn.split(':').at(-1);
