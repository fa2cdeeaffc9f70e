// The parts of a CloudFormation template, and of the cloud assembly around it, that the local cloud reads.
import * as z from 'zod/mini';

const resourceShape = z.object({
  Type: z.string(),
  Condition: z.optional(z.string()),
  Properties: z.prefault(z.record(z.string(), z.unknown()), {}),
});

const outputShape = z.object({
  Value: z.unknown(),
  Export: z.optional(z.object({ Name: z.unknown() })),
});

export const templateShape = z.object({
  Resources: z.prefault(z.record(z.string(), resourceShape), {}),
  Outputs: z.prefault(z.record(z.string(), outputShape), {}),
  Parameters: z.prefault(z.record(z.string(), z.object({ Default: z.unknown() })), {}),
  Mappings: z.prefault(
    z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))),
    {},
  ),
  Conditions: z.prefault(z.record(z.string(), z.unknown()), {}),
});

export type Template = z.infer<typeof templateShape>;

export const manifestShape = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.optional(z.string()),
      properties: z.optional(
        z.object({
          templateFile: z.optional(z.string()),
          stackName: z.optional(z.string()),
          file: z.optional(z.string()),
          directoryName: z.optional(z.string()),
        }),
      ),
    }),
  ),
});

export type Artifact = z.infer<typeof manifestShape>['artifacts'][string];

export const assetManifestShape = z.object({
  files: z.prefault(
    z.record(
      z.string(),
      z.object({
        source: z.object({ path: z.optional(z.string()) }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    ),
    {},
  ),
});
