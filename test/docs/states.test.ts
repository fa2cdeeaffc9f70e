// docs/states.md draws the machines of payments and requests as they are: every edge, every end, every waiting state.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isFinal } from '../../lambdas/domain/payments/payment.ts';
import { paymentSteps } from '../../lambdas/domain/payments/payment-steps.ts';
import { requestSteps } from '../../lambdas/domain/requests/money-request.ts';

const page = readFileSync(`${import.meta.dirname}/../../docs/states.md`, 'utf8');

type Machine = Readonly<Record<string, { readonly from: readonly string[]; readonly to: string }>>;

/** The chapter under a heading of the second level. */
function chapter(title: string): string {
  return page.split(/^## /mu).find((each) => each.startsWith(`${title}\n`)) ?? '';
}

const arrows = (title: string) =>
  [...chapter(title).matchAll(/^ +(\S+) --> (\S+)(?: : (\S+))?$/gmu)].map(
    ([, from = '', to = '', step]) => ({ from, to, step }),
  );

function drawnEdges(title: string): string[] {
  return arrows(title)
    .filter(({ step }) => step !== undefined)
    .map(({ from, to, step }) => `${from} --> ${to} : ${step ?? ''}`);
}

function edgesOf(machine: Machine): string[] {
  return Object.entries(machine).flatMap(([step, { from, to }]) =>
    from.map((each) => `${each === 'nothing' ? '[*]' : each} --> ${to} : ${step}`),
  );
}

function drawnEnds(title: string): Set<string> {
  return new Set(arrows(title).flatMap(({ from, to }) => (to === '[*]' ? [from] : [])));
}

function waitingInTable(title: string): Set<string> {
  const rows = chapter(title).matchAll(/^\| (\w+) \|.*\|.*\|$/gmu);
  return new Set([...rows].map(([, state = '']) => state).filter((state) => state !== 'state'));
}

describe.each([
  {
    title: 'A payment',
    machine: paymentSteps,
    ends: Object.values(paymentSteps).flatMap(({ to }) => (isFinal(to) ? [to] : [])),
  },
  {
    title: 'A request',
    machine: requestSteps,
    ends: ['paid', 'declined', 'cancelled', 'expired'],
  },
])('$title in docs/states.md', ({ title, machine, ends }) => {
  const states = new Set<string>(Object.values(machine).map(({ to }) => to));

  it('has every edge of the code, and no other, each once', () => {
    const drawn = drawnEdges(title);

    expect(new Set(drawn)).toEqual(new Set(edgesOf(machine)));
    expect(drawn).toHaveLength(new Set(drawn).size);
  });

  it('ends where nothing more happens by itself', () => {
    expect(drawnEnds(title)).toEqual(new Set<string>(ends));
  });

  it('says of each waiting state what it waits for and until when', () => {
    const final = new Set<string>(ends);
    expect(waitingInTable(title)).toEqual(new Set([...states].filter((each) => !final.has(each))));
  });
});
