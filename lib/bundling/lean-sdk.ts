// An esbuild plugin that leaves out of the AWS SDK what no function of ours can reach.
import { type Cut, leaveOut } from './leave-out.ts';

const never = (name: string) =>
  `export class ${name} { constructor() { throw new Error('${name} is left out of the bundles.'); } }`;

/** Errors that we take apart: by their class, or for the items and reasons that they bring. */
const errorsWithMore = ['ConditionalCheckFailedException', 'TransactionCanceledException'];

/**
 * Where an SDK that was updated no longer has one of these files, the test of this list fails: then look what took its
 * place.
 */
export const SDK_CUTS: readonly Cut[] = [
  {
    // Imported dynamically, for services that stream events. esbuild then wraps it and the 160 files below it so that
    // they can be loaded late, and keeps all of each.
    file: '@smithy/core/dist-es/submodules/event-streams/index.js',
    instead: `${never('EventStreamSerde')}\nexport const eventStreamSerdeProvider = () => undefined;`,
  },
  // Hashes in JavaScript for platforms without node:crypto.
  {
    file: '@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js',
    instead: never('Sha256Js'),
  },
  { file: '@smithy/core/dist-es/submodules/checksum/md5/Md5Js.js', instead: never('Md5Js') },
  {
    // The retry mode "adaptive"; ours is "standard", with the attempts that each client names.
    file: '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js',
    instead: never('AdaptiveRetryStrategy'),
  },
  {
    // Asks an EC2 machine where it stands; Lambda says so in AWS_REGION.
    file: '@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js',
    instead: 'export const getInstanceMetadataRegion = async () => undefined;',
  },
  {
    // Lambda has no ~/.aws: two reads of the disk fewer before the first call, and nothing there can redirect us.
    file: '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js',
    instead:
      "export const CONFIG_PREFIX_SEPARATOR = '.';\n" +
      'export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });',
  },
  {
    // Remembers endpoints that DynamoDB is asked for, which is off unless somebody switches it on.
    file: '@aws-sdk/endpoint-cache/dist-es/EndpointCache.js',
    instead:
      'export class EndpointCache { get() {} set() {} has() { return false; } delete() {} clear() {} getEndpoint() {} }',
  },
  {
    // Signs what streams of events say about themselves.
    file: '@smithy/signature-v4/dist-es/HeaderFormatter.js',
    instead:
      'export class HeaderFormatter { format() { throw new Error("Left out of the bundles."); } }',
  },
  {
    // Names of buckets in S3.
    file: '@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/index.js',
    instead: 'export const resolveParamsForS3 = async () => undefined;',
  },
  {
    // Forty regions by name and description: each partition also has a pattern that finds its regions.
    file: '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partitions.js',
    instead: (text) => text.replaceAll(/"regions": \{(?:[^{}]|\{[^{}]*\})*\}/g, '"regions": {}'),
  },
  {
    // Tells a client's own logger of each call; ours have none.
    file: '@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js',
    instead:
      'export const loggerMiddleware = () => (next) => next;\n' +
      'export const loggerMiddlewareOptions = {};\n' +
      'export const getLoggerPlugin = () => ({ applyToStack() {} });',
  },
  {
    // Warns of a Node that is too old for the SDK; the stacks name the one we run on.
    file: '@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js',
    instead:
      'export const state = {};\nexport const emitWarningIfUnsupportedVersion = () => undefined;',
  },
  // A class and a schema for each error. One that is not registered comes as the service's own, with its name and message.
  {
    file: '@aws-sdk/client-sqs/dist-es/schemas/schemas_0.js',
    instead: (text) => registeringOnly([], text),
  },
  {
    file: '@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0.js',
    instead: (text) => registeringOnly(errorsWithMore, text),
  },
  // Of its whole package.json a client says only its version, in the user agent.
  { file: '@aws-sdk/client-sqs/package.json', instead: versionOnly },
  { file: '@aws-sdk/client-dynamodb/package.json', instead: versionOnly },
];

function registeringOnly(kept: readonly string[], text: string): string {
  return (
    text
      .replaceAll(
        /^n0_registry\.registerError\(\w+\$, (?<name>\w+)\);$/gmu,
        (line, name: string) => (kept.includes(name) ? line : ''),
      )
      // Computed keys look to esbuild as if reading them could do something, so it keeps what nobody uses.
      .replaceAll(
        /^(?<start>(?:export )?var \w+\$? =) (?<schema>\[[^;]*\]);$/gmu,
        (_all, start, schema) => `${start} /* @__PURE__ */ (() => ${schema})();`,
      )
  );
}

function versionOnly(packageJson: string): string {
  const version = /"version": "(?<version>[\w.-]+)"/.exec(packageJson)?.groups?.['version'];
  if (version === undefined) throw new Error('A package of the AWS SDK does not say its version.');
  return `export default { version: '${version}' };`;
}

export const leanSdkPlugin = leaveOut('lean-sdk', SDK_CUTS);
