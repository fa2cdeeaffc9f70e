// Reads a synthesized CDK assembly (cdk.out): its stacks, their templates, and where their assets lie.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod/mini';
import {
  type Artifact,
  assetManifestShape,
  manifestShape,
  type Template,
  templateShape,
} from './template.ts';

export interface Stack {
  name: string;
  account: string;
  region: string;
  template: Template;
}

export interface Assembly {
  stacks: Stack[];
  /** Absolute path of each asset, by the object key under which `cdk deploy` would upload it. */
  assets: Map<string, string>;
}

/** What a stack that is bound to no account and no region gets here. */
export const LOCAL_ACCOUNT = '000000000000';
export const LOCAL_REGION = 'us-east-1';

export function readAssembly(directory: string): Assembly {
  const manifestFile = join(directory, 'manifest.json');
  if (!existsSync(manifestFile)) {
    throw new Error(`There is no CDK assembly in ${directory}: synthesize the app first.`);
  }
  const assembly: Assembly = { stacks: [], assets: new Map() };
  const { artifacts } = parseFile(manifestFile, manifestShape);
  for (const [id, artifact] of Object.entries(artifacts)) {
    readArtifact({ directory, id, artifact }, assembly);
  }
  return assembly;
}

interface Place {
  directory: string;
  id: string;
  artifact: Artifact;
}

function readArtifact({ directory, id, artifact }: Place, assembly: Assembly): void {
  const { templateFile, stackName, file, directoryName } = artifact.properties ?? {};
  if (artifact.type === 'cdk:cloud-assembly' && directoryName !== undefined) {
    const nested = readAssembly(join(directory, directoryName));
    assembly.stacks.push(...nested.stacks);
    for (const [key, path] of nested.assets) assembly.assets.set(key, path);
  }
  if (artifact.type === 'aws:cloudformation:stack' && templateFile !== undefined) {
    assembly.stacks.push({
      name: stackName ?? id,
      ...placeOf(artifact.environment),
      template: parseFile(join(directory, templateFile), templateShape),
    });
  }
  if (artifact.type === 'cdk:asset-manifest' && file !== undefined) {
    for (const { source, destinations } of assetsOf(join(directory, file))) {
      if (source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations)) {
        assembly.assets.set(objectKey, join(directory, source.path));
      }
    }
  }
}

const assetsOf = (file: string) => Object.values(parseFile(file, assetManifestShape).files);

/** `aws://unknown-account/unknown-region` is how the CDK writes a stack that is bound to neither. */
function placeOf(environment: string | undefined): { account: string; region: string } {
  const [, account, region] = /^aws:\/\/([^/]+)\/(.+)$/.exec(environment ?? '') ?? [];
  return {
    account: account === undefined || account.startsWith('unknown') ? LOCAL_ACCOUNT : account,
    region: region === undefined || region.startsWith('unknown') ? LOCAL_REGION : region,
  };
}

function parseFile<T extends z.ZodMiniType>(file: string, shape: T): z.output<T> {
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new Error(`${file} is not what the CDK writes.`, { cause });
  }
}
