// docs/states.md draws the machines of payments, requests and orders as they are: every edge, every end, every waiting state.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { orderSteps } from '../../lambdas/domain/orders/order-steps.ts';
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

/** Steps that may be taken in many states and lead nowhere else are in a table instead. */
function edgesOf(machine: Machine): string[] {
  const moving = Object.entries(machine).filter(([, { to }]) => to !== 'same');
  return moving.flatMap(([step, { from, to }]) =>
    from.map((each) => `${each === 'nothing' ? '[*]' : each} --> ${to} : ${step}`),
  );
}

function drawnEnds(title: string): Set<string> {
  return new Set(arrows(title).flatMap(({ from, to }) => (to === '[*]' ? [from] : [])));
}

function stepsInTable(title: string): string[] {
  const rows = chapter(title).matchAll(/^\| (\w+) \| ([\w, ]+) \|$/gmu);
  return [...rows].map(([, step = '', states = '']) => `${step}: ${states}`);
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
  {
    title: 'An order',
    machine: orderSteps,
    ends: ['fulfilled', 'cancelled', 'expired', 'conflicted'],
  },
])('$title in docs/states.md', ({ title, machine, ends }) => {
  const states = new Set<string>(Object.values(machine).map(({ to }) => to));
  states.delete('same');

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

  it('says in which states each step may be taken that leads nowhere else', () => {
    const staying = Object.entries<Machine[string]>(machine).filter(([, { to }]) => to === 'same');
    const told = stepsInTable(title).filter((row) => !row.startsWith('step:'));

    expect(told).toEqual(staying.map(([step, { from }]) => `${step}: ${from.join(', ')}`));
  });
});
