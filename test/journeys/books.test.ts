// The bookkeeper at a machine where money has moved in every way: all is found at Stripe, and what is made wrong is named.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCoffeeShop } from './driver/coffee-shop.ts';
import { pays } from './driver/steps.ts';
import { days, hours, type Member, openWallet, seconds, type Wallet } from './driver/wallet.ts';

let wallet: Wallet;
let ann: Member;
beforeAll(async () => {
  wallet = await openWallet();
  const [payer, bob, carla] = await Promise.all([wallet.member(), wallet.payee(), wallet.member()]);
  ann = payer;
  const sends = async (amount: string, to: Member) => {
    await ann.writes(`send ${amount} to @${to.handle}`);
    await ann.sees(new RegExp(`^Send \\${amount}`, 'u'));
    await pays(ann);
    await ann.sees(new RegExp(`^\\${amount}.* charged to your`, 'u'));
  };
  await sends('$20.00', bob);
  await wallet.later(seconds(11));
  await sends('$21.00', bob);
  await ann.taps('Undo');
  await wallet.settled();
  await sends('$22.00', carla);
  await disputeOf(2000, 'lost');
  await buysAtJoes();
  await wallet.later(days(1));
}, 180_000);
afterAll(() => wallet.close());

async function disputeOf(cents: number, result: 'won' | 'lost'): Promise<void> {
  const { charges } = await wallet.books();
  const charge = charges.find(({ amount }) => amount === cents)?.id;
  await wallet.stripe('disputes', { charge });
  await wallet.settled();
  const [dispute] = (await wallet.books()).disputes;
  await wallet.stripe(`disputes/${dispute?.id}/close`, { result });
  await wallet.settled();
}

async function buysAtJoes(): Promise<void> {
  const shop = await openCoffeeShop(wallet);
  const cora = await shop.customer();
  await cora.writes('order two flat whites');
  await cora.writes('checkout');
  await cora.sees(/Total · /u);
  const bill = await cora.opens('Review and pay');
  await (await bill.press('Pay $')).press('Pay $', { card: '4242424242424242' });
  await cora.sees(/received your order/u);
}

const root = join(import.meta.dirname, '../..');

/** The command as the operator types it, at this machine. */
async function types(file: string): Promise<{ readonly code: number; readonly words: string }> {
  const port = new URL(wallet.machine.url).port;
  const environment = { ...process.env, PORT: port, NO_COLOR: '1' };
  const run = promisify(execFile)(process.execPath, [join(root, 'bin', file)], {
    env: environment,
  });
  return run.then(
    ({ stdout }) => ({ code: 0, words: stdout }),
    (failure: { code: number; stdout: string; stderr: string }) => ({
      code: failure.code,
      words: `${failure.stdout}${failure.stderr}`,
    }),
  );
}

test('all that moved is written, all that is written moved, and every book holds', async () => {
  const audit = await types('audit.ts');
  expect(audit.words).toMatch(
    /Books of npm start on port \d+: \d+, with (\d+) entries, \1 of them sealed\./u,
  );
  expect(audit).toMatchObject({ code: 0 });

  const { code, words } = await types('reconcile.ts');

  expect(words).toMatch(/^100 % matched: 8 movements of 8; 0 differences/mu);
  // $20 paid out, disputed and taken back from its recipient; $21 undone; $22 waiting; $9.25 at Joe's.
  for (const row of [
    /from cards, USD +\$72\.25 +\$72\.25$/mu,
    /back to cards, USD +\$41\.00 +\$41\.00$/mu,
    /to recipients, USD +\$20\.00 +\$20\.00$/mu,
    /back from recipients, USD +\$20\.00 +\$20\.00$/mu,
  ])
    expect(words).toMatch(row);
  expect(code).toBe(0);
});

test('an entry changed by hand, and money that nobody wrote down, are named; nothing is changed', async () => {
  await changesByHand();
  await chargesBesideUs();
  await wallet.later(hours(2));

  const audit = await types('audit.ts');
  expect(audit.words).toMatch(/pay_\S+ +\d+ +seal broken +charged/u);
  expect(audit.code).toBe(1);

  const { code, words } = await types('reconcile.ts');
  expect(words).toContain('88.88 % matched: 8 movements of 9; 1 differences, 1 broken entries');
  expect(words).toMatch(
    /pay_nobody +marked as ours, of nothing that we have +from cards +\$5\.00/u,
  );
  expect(code).toBe(1);
});

/** As a program of somebody else's would, with our key and our mark. */
async function chargesBesideUs(): Promise<void> {
  const answer = await fetch(`${wallet.machine.stripeUrl}/v1/payment_intents`, {
    method: 'POST',
    headers: { authorization: `Bearer ${wallet.settings.stripeSecretKey}` },
    body: new URLSearchParams({
      amount: '500',
      currency: 'usd',
      confirm: 'true',
      payment_method: 'pm_card_visa',
      'allowed_payment_method_types[]': 'card',
      'metadata[tender_payment]': 'pay_nobody',
    }),
  });
  expect(answer.status).toBe(200);
}

/** The moment of one entry, in the table itself. */
async function changesByHand(): Promise<void> {
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: wallet.machine.dynamoDbUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );
  const { dynamoBookShelf } = await import('../../lambdas/adapters/dynamodb/book-shelf.ts');
  const { tableOf } = await import('../../lambdas/adapters/dynamodb/table.ts');
  const name = wallet.machine.cloud.tableName('TransactionsTable');
  for await (const book of dynamoBookShelf(tableOf(documents, name)).books()) {
    if (book.of !== 'payment') continue;
    const charged = book.journal.find(({ step }) => step === 'charged');
    if (charged === undefined) continue;
    const sk = `JOURNAL#${String(charged.sequence).padStart(8, '0')}`;
    await documents.send(
      new UpdateCommand({
        TableName: name,
        Key: { pk: `PAY#${book.id}`, sk },
        UpdateExpression: 'SET atMs = :later',
        ExpressionAttributeValues: { ':later': charged.atMs + 1 },
      }),
    );
    return;
  }
}
