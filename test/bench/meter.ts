// Counts what is sent to DynamoDB while something happens, and what of it is written.
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { itemBytes } from '../../lambdas/adapters/dynamodb/item-size.ts';

export interface CallCost {
  readonly happening: string;
  /** In their order, as `TransactWrite ×2`. */
  readonly calls: readonly string[];
  readonly reads: number;
  readonly writes: number;
  readonly itemsWritten: number;
  /** Without index entries: those are of a step, and write-units.ts tells them. */
  readonly writeUnits: number;
}

/** What a call writes, one row an item. */
interface Written {
  readonly bytes: number;
  readonly units: number;
}

export interface Meter {
  measure(happening: string, act: () => Promise<unknown>): Promise<void>;
  readonly costs: readonly CallCost[];
}

/** Counts what is sent, not what is tried again. */
export function meterOf(documents: DynamoDBDocumentClient): Meter {
  let calls: string[] = [];
  let written: Written[] = [];
  documents.middlewareStack.add(
    (next, context) => (args) => {
      calls.push(String(context.commandName).replace('Command', ''));
      written.push(...writtenBy(args.input));
      return next(args);
    },
    { step: 'initialize' },
  );
  const costs: CallCost[] = [];
  return {
    costs,
    async measure(happening, act) {
      [calls, written] = [[], []];
      await act();
      const isRead = (call: string) => /Get|Query/.test(call);
      costs.push({
        happening,
        calls: [...calls],
        reads: calls.filter(isRead).length,
        writes: calls.filter((call) => !isRead(call)).length,
        itemsWritten: written.length,
        writeUnits: written.reduce((sum, { units }) => sum + units, 0),
      });
    },
  };
}

/** Two write units a kilobyte in a transaction, one alone; an update is of a small item. */
function writtenBy(input: object): Written[] {
  if ('TransactItems' in input && Array.isArray(input.TransactItems)) {
    return input.TransactItems.map((each: { readonly Put?: { readonly Item?: object } }) =>
      writtenItem(each.Put?.Item, 2),
    );
  }
  if ('Item' in input && typeof input.Item === 'object') {
    return [writtenItem(input.Item ?? undefined, 1)];
  }
  return 'UpdateExpression' in input ? [{ bytes: 0, units: 1 }] : [];
}

function writtenItem(item: object | undefined, unitsOfKilobyte: number): Written {
  const bytes = item === undefined ? 0 : itemBytes({ ...item });
  return { bytes, units: unitsOfKilobyte * Math.max(1, Math.ceil(bytes / 1024)) };
}
