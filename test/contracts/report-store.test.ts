// What every ReportStore does: it takes a report once, and never fails on its words.
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from 'vitest';
import { dynamoStores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { memoryStores } from '../../lambdas/adapters/memory/stores.ts';
import type { PersonId } from '../../lambdas/domain/people/person.ts';
import type { Report, ReportStore } from '../../lambdas/domain/people/ports.ts';
import { openDocuments, storeKinds } from './open-stores.ts';

interface Readable {
  readonly reports: ReportStore;
  /** As the operator reads them. */
  readonly reasonsAbout: (reported: PersonId) => Promise<unknown[]>;
}

async function openReports(kind: (typeof storeKinds)[number]): Promise<Readable> {
  if (kind === 'in memory') {
    const { reports } = memoryStores();
    const reasonsAbout = async (reported: PersonId) =>
      reports
        .all()
        .filter(({ reportedId }) => reportedId === reported)
        .map(({ reason }) => reason);
    return { reports, reasonsAbout };
  }
  const { documents, names } = await openDocuments(kind);
  const reasonsAbout = async (reported: PersonId) => {
    const answer = await documents.send(
      new QueryCommand({
        TableName: names.users,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :report)',
        ExpressionAttributeValues: { ':pk': `PERSON#${reported}`, ':report': 'REPORT#' },
      }),
    );
    return (answer.Items ?? []).map((item) => item['reason']);
  };
  return { reports: dynamoStores(documents, names).reports, reasonsAbout };
}

const aReport = (changes: Partial<Report>): Report => ({
  id: 'rep_1',
  reporterId: 'per_ann',
  reportedId: 'per_bob',
  reason: 'rude',
  atMs: 1,
  ...changes,
});

describe.each(storeKinds)('reports %s', (kind) => {
  let opened: Readable;
  beforeAll(async () => {
    opened = await openReports(kind);
  });

  it('keeps the first of two reports by one person about the same', async () => {
    await opened.reports.add(aReport({ reason: 'rude' }));
    await opened.reports.add(aReport({ id: 'rep_2', reason: 'very rude' }));

    expect(await opened.reasonsAbout('per_bob')).toEqual(['rude']);
  });

  it('keeps reports of different people, and about different payments', async () => {
    await opened.reports.add(aReport({ reportedId: 'per_cat', reason: 'one' }));
    await opened.reports.add(
      aReport({ reportedId: 'per_cat', reason: 'two', reporterId: 'per_eve' }),
    );
    await opened.reports.add(
      aReport({ reportedId: 'per_cat', reason: 'three', paymentId: 'pay_1' }),
    );

    expect(new Set(await opened.reasonsAbout('per_cat'))).toEqual(new Set(['one', 'two', 'three']));
  });
});
