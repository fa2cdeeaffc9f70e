// Everything that the assembly would deploy, with its expressions evaluated for this machine.
import * as z from 'zod/mini';
import { evaluate, NO_VALUE, type Scope } from './intrinsics.ts';
import type { Assembly, Stack } from './read-assembly.ts';
import { requireKnownType } from './resource-types.ts';
import {
  attributeOf,
  type Resource,
  refOf,
  type Surroundings,
  whereIs,
} from './resource-values.ts';

export interface Deployment {
  surroundings: Surroundings;
  /** All resources of these types. */
  ofType(...types: string[]): Resource[];
  /** A resource's evaluated properties, in the given shape. */
  properties<T extends z.ZodMiniType>(resource: Resource, shape: T): z.output<T>;
  /** Absolute path of an uploaded asset. */
  asset(objectKey: string): string | undefined;
}

export function deploy(assembly: Assembly, surroundings: Surroundings): Deployment {
  const scopes = new Map(
    assembly.stacks.map((stack) => [stack, scopeOf(stack, assembly, surroundings)] as const),
  );
  const scope = (stack: Stack) => scopes.get(stack) ?? scopeOf(stack, assembly, surroundings);
  const resources = assembly.stacks.flatMap((stack) => resourcesOf(stack, scope(stack)));
  for (const resource of resources) requireKnownType(resource.type, whereIs(resource));
  return {
    surroundings,
    ofType: (...types) => resources.filter(({ type }) => types.includes(type)),
    asset: (objectKey) => assembly.assets.get(objectKey),
    properties(resource, shape) {
      try {
        return shape.parse(evaluate(resource.properties, scope(resource.stack)));
      } catch (cause) {
        throw new Error(`${whereIs(resource)} cannot run here: ${reason(cause)}`, { cause });
      }
    },
  };
}

const reason = (cause: unknown) => {
  if (cause instanceof z.core.$ZodError) return z.prettifyError(cause);
  return cause instanceof Error ? cause.message : String(cause);
};

function resourcesOf(stack: Stack, scope: Scope): Resource[] {
  return Object.entries(stack.template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
    .map(([logicalId, { Type, Properties }]) => ({
      stack,
      logicalId,
      type: Type,
      properties: Properties,
    }));
}

function scopeOf(stack: Stack, assembly: Assembly, surroundings: Surroundings): Scope {
  const { template } = stack;
  const find = (logicalId: string): Resource => {
    const found = template.Resources[logicalId];
    if (found === undefined) throw new Error(`${stack.name} has no resource ${logicalId}.`);
    return { stack, logicalId, type: found.Type, properties: found.Properties };
  };
  const scopeIn = (other: Stack) =>
    other === stack ? scope : scopeOf(other, assembly, surroundings);
  const scope: Scope = {
    ref(name) {
      const pseudo = pseudoParameter(name, stack);
      if (pseudo !== undefined) return pseudo;
      const parameter = template.Parameters[name];
      if (parameter === undefined) return refOf(find(name), surroundings);
      if (parameter.Default === undefined) throw new Error(`Parameter ${name} has no default.`);
      return parameter.Default;
    },
    attribute: (logicalId, name) => attributeOf(find(logicalId), name, surroundings),
    condition: (name) => evaluate(template.Conditions[name], scope) === true,
    mapped(map, topKey, secondKey) {
      const value = template.Mappings[map]?.[topKey]?.[secondKey];
      if (value === undefined) throw new Error(`Nothing in ${map} for ${topKey}, ${secondKey}.`);
      return value;
    },
    output(stackName, name) {
      const other = assembly.stacks.find((candidate) => candidate.name === stackName);
      const output = other?.template.Outputs[name];
      if (other === undefined || output === undefined) {
        throw new Error(`There is no output ${name} of ${stackName}.`);
      }
      return evaluate(output.Value, scopeIn(other));
    },
    exported(name) {
      for (const other of assembly.stacks) {
        for (const { Export, Value } of Object.values(other.template.Outputs)) {
          if (Export !== undefined && evaluate(Export.Name, scopeIn(other)) === name) {
            return evaluate(Value, scopeIn(other));
          }
        }
      }
      throw new Error(`No stack exports ${name}.`);
    },
  };
  return scope;
}

function pseudoParameter(name: string, stack: Stack): unknown {
  switch (name) {
    case 'AWS::Region':
      return stack.region;
    case 'AWS::AccountId':
      return stack.account;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${stack.region}:${stack.account}:stack/${stack.name}/local`;
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return undefined;
  }
}
