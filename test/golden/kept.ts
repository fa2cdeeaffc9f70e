// A thing that is kept, beside the format that writes and reads it.
import type { ItemFormat } from '../../lambdas/adapters/dynamodb/item-format.ts';

export interface Kept {
  /** The golden file's name. */
  readonly name: string;
  readonly entity: string;
  readonly schemaVersion: number;
  readonly thing: object;
  write(): object;
  read(item: unknown): object;
}

export function kept<Thing extends object>(
  name: string,
  format: ItemFormat<Thing>,
  thing: Thing,
): Kept {
  return {
    name,
    entity: format.entity,
    schemaVersion: format.schemaVersion,
    thing,
    write: () => format.write(thing),
    read: (item) => format.read(item),
  };
}
