// Every call that leaves a handler, in each story: the process dies before it and after it, once each, and all ends well.
import { describe, expect, test } from 'vitest';
import { openTown, type Neighbour, type Town } from '../builders/town.ts';
import { type CrashPoint, createDeath, ProcessDied } from '../builders/town/death.ts';

const minuteMs = 60_000;

interface Story {
  readonly title: string;
  /** Before anything can die. */
  readonly setUp: (town: Town) => Promise<{ ann: Neighbour; bob: Neighbour }>;
  readonly tell: (town: Town, people: { ann: Neighbour; bob: Neighbour }) => Promise<void>;
  readonly ends: { readonly state: string; readonly moved: readonly string[] };
  /** What each must have heard, once. */
  readonly heard: { readonly ann: readonly RegExp[]; readonly bob: readonly RegExp[] };
}

const stories: readonly Story[] = [
  {
    title: 'Ann pays Bob, who is set up',
    setUp: async (town) => ({
      ann: await town.member('Ann Archer', 'ann'),
      bob: await town.payee('Bob Stone', 'bob'),
    }),
    async tell(town, { ann }) {
      await ann.says('send $20 to @bob for lunch');
      await paysSomehow(town, ann);
      await town.later(minuteMs);
    },
    ends: { state: 'paid', moved: ['charge', 'payout'] },
    heard: {
      ann: [/charged to your/u, /^Bob got your/u, /^Receipt .*-sent/u],
      bob: [/sent you \$20/u, /on its way to your account/u, /^Receipt .*-received/u],
    },
  },
  {
    title: 'Bob sets up where he is paid after the money came',
    setUp: async (town) => ({
      ann: await town.member('Ann Archer', 'ann'),
      bob: await town.member('Bob Stone', 'bob'),
    }),
    async tell(town, { ann, bob }) {
      await ann.says('send $20 to @bob');
      await paysSomehow(town, ann);
      await again(town, () => bob.setsUpPayouts());
      await town.later(minuteMs);
    },
    ends: { state: 'paid', moved: ['charge', 'payout'] },
    heard: {
      ann: [/charged to your/u, /^Bob got your/u, /^Receipt .*-sent/u],
      bob: [/sent you \$20/u, /on its way to your account/u, /^Receipt .*-received/u],
    },
  },
  {
    title: 'Ann takes it back',
    setUp: async (town) => ({
      ann: await town.member('Ann Archer', 'ann'),
      bob: await town.member('Bob Stone', 'bob'),
    }),
    async tell(town, { ann }) {
      await ann.says('send $20 to @bob');
      await paysSomehow(town, ann);
      await again(town, () => ann.says('undo'));
      await town.later(minuteMs);
    },
    ends: { state: 'refunded', moved: ['charge', 'refund'] },
    heard: {
      ann: [/charged to your/u, /^(Taken back|This one was stopped already)/u, /on its way back/u],
      bob: [/sent you \$20/u, /took back/u],
    },
  },
];

describe.each(stories)('$title', (story) => {
  test('ends well wherever the process dies', async () => {
    const undisturbed = await tellWith(story, undefined);
    const { death } = undisturbed;
    await expectGoodEnd(story, undisturbed, 'without a death');
    const points = death.calls.flatMap((_, index): CrashPoint[] => [
      { call: index + 1, when: 'before' },
      { call: index + 1, when: 'after' },
    ]);
    expect(points.length).toBeGreaterThan(100);

    for (const point of points) {
      const where = `${point.when} call ${point.call}, ${death.calls[point.call - 1]}`;
      const told = await tellWith(story, point);
      expect(told.death.hasCome(), `dies ${where}`).toBe(true);
      await expectGoodEnd(story, told, where);
    }
    console.log(`  ${story.title}: ${points.length} crash points, all recovered`);
  });
});

async function tellWith(story: Story, point: CrashPoint | undefined) {
  const death = createDeath();
  const town = openTown({ around: death.around });
  const people = await story.setUp(town);
  death.await(point);
  await again(town, () => story.tell(town, people), 0);
  await recover(town);
  return { death, town, people };
}

/** What comes by itself: queues hand over again, the sweeper goes round, echoes arrive, people look at their phones. */
async function recover(town: Town): Promise<void> {
  for (let minute = 0; minute < 4; minute += 1) await town.later(minuteMs);
  await town.untilNothingIsDue(10);
  await town.later(minuteMs);
}

/** A person whose page broke waits a minute and tries again. */
async function again(town: Town, act: () => Promise<unknown>, tries = 3): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (tries === 0 || !isBadLuck(error)) throw error;
    await town.later(minuteMs);
    await again(town, act, tries - 1);
  }
}

/** The page broke, or what it needs has not been said yet. */
function isBadLuck(error: unknown): boolean {
  return (
    error instanceof ProcessDied || (error instanceof Error && error.message.startsWith('No link'))
  );
}

async function paysSomehow(town: Town, ann: Neighbour): Promise<void> {
  await again(town, () => ann.pays());
}

async function expectGoodEnd(
  story: Story,
  { town, people: { ann, bob } }: Awaited<ReturnType<typeof tellWith>>,
  where: string,
): Promise<void> {
  const states = (await town.payments()).map(({ state }) => state);
  expect(states, where).toEqual([story.ends.state]);
  expect(
    town.provider.movements().map(({ kind }) => kind),
    where,
  ).toEqual(story.ends.moved);
  await town.checkBooks();
  for (const [who, wanted] of [
    [ann, story.heard.ann],
    [bob, story.heard.bob],
  ] as const) {
    const heard = who.heard();
    for (const words of wanted)
      expect(
        heard.filter((each) => words.test(each)).length,
        `${words} ${where}: ${heard.join(' | ')}`,
      ).toBe(1);
  }
}
