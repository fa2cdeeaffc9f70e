// The story of what is wrong: its journal, what moved at Stripe, and what people read of it.
import type { Evidence } from './evidence.ts';
import type { Wrong } from './checks/wrong.ts';

export function storyOf(evidence: Evidence, { kind, subject, what }: Wrong): string {
  return [
    `${kind}: ${subject}, ${what}`,
    ...part('its journal', journalOf(evidence, subject)),
    ...part('moved at Stripe', movedOf(evidence, subject)),
    ...part('what people read', readOf(evidence, subject)),
  ].join('\n');
}

function part(title: string, lines: readonly string[]): string[] {
  return [
    `  ${title}:`,
    ...(lines.length === 0 ? ['nothing'] : lines).map((each) => `    ${each}`),
  ];
}

const moment = (ms: number) => new Date(ms).toISOString().slice(5, 23).replace('T', ' ');

function journalOf({ books }: Evidence, subject: string): string[] {
  const book = books.find(({ id }) => id === subject);
  if (book === undefined || book.of === 'unreadable') return [];
  return book.journal.map(
    ({ sequence, atMs, from, step, to }) => `${sequence} ${moment(atMs)} ${from} — ${step} → ${to}`,
  );
}

function movedOf({ movements }: Evidence, subject: string): string[] {
  return movements
    .filter((each) => each.subject === subject)
    .map(({ id, atMs, direction, amount }) =>
      [moment(atMs), direction, amount.minor, amount.currency, id].join(' '),
    );
}

function readOf({ bubbles }: Evidence, subject: string): string[] {
  return bubbles
    .filter(({ outboxId }) => outboxId.startsWith(`${subject}:`))
    .map(
      ({ inThreadOf, outboxId, words }) =>
        `${inThreadOf}: ${words.replaceAll('\n', ' ')} (${outboxId})`,
    );
}
