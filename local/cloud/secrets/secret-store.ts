// The values of the secrets: given by the caller, or generated once as Secrets Manager would and then kept.
import * as z from 'zod/mini';
import type { Durable } from '../../durable.ts';
import type { Deployment } from '../assembly/deployment.ts';
import { arnOf, physicalName, whereIs } from '../assembly/resource-values.ts';
import { generatePassword, type PasswordRules, passwordRules } from './generate-password.ts';

export interface Secret {
  name: string;
  logicalId: string;
  arn: string;
  value: string;
}

export interface SecretStore {
  /** By name, ARN, or ARN without its last six characters; undefined when there is none. */
  find(secretId: string): Secret | undefined;
  /** Replaces a value, as an operator who rotates it. */
  set(nameOrLogicalId: string, value: unknown): void;
}

const secretShape = z.object({
  SecretString: z.optional(z.string()),
  GenerateSecretString: z.optional(
    z.extend(passwordRules, {
      SecretStringTemplate: z.optional(z.string()),
      GenerateStringKey: z.optional(z.string()),
    }),
  ),
});
type SecretProperties = z.output<typeof secretShape>;

/** @param given by name or logical id; what is not a text is stored as JSON. Wins over what the template says */
export function createSecretStore(
  deployment: Deployment,
  durable: Durable,
  given: Record<string, unknown>,
): SecretStore {
  const generated = durable.map<string>('secrets');
  const secrets = deployment.ofType('AWS::SecretsManager::Secret').map((resource): Secret => {
    const name = physicalName(resource, deployment.surroundings);
    const properties = deployment.properties(resource, secretShape);
    const value = given[name] ?? given[resource.logicalId];
    const { logicalId } = resource;
    const arn = arnOf(resource, deployment.surroundings);
    if (value !== undefined) return { name, logicalId, arn, value: asText(value) };
    const kept = generated.get(name) ?? makeValue(properties);
    if (kept === undefined)
      throw new Error(`${whereIs(resource)}: no value was given for ${name}.`);
    generated.set(name, kept);
    return { name, logicalId, arn, value: kept };
  });
  return {
    find: (id) =>
      secrets.find(({ name, arn }) => id === name || id === arn || id === arn.slice(0, -7)),
    set(id, value) {
      const secret = secrets.find(({ name, logicalId }) => id === name || id === logicalId);
      if (secret === undefined) throw new Error(`There is no secret ${id}.`);
      secret.value = asText(value);
    },
  };
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

function makeValue({ SecretString, GenerateSecretString }: SecretProperties): string | undefined {
  if (GenerateSecretString === undefined) return SecretString;
  const { SecretStringTemplate: template, GenerateStringKey: key, ...rules } = GenerateSecretString;
  const password = generatePassword(rules satisfies PasswordRules);
  if (template === undefined || key === undefined) return password;
  const fields = z.record(z.string(), z.unknown()).parse(JSON.parse(template));
  return JSON.stringify({ ...fields, [key]: password });
}
