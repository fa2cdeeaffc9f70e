// Untold: an end of which somebody whom it concerns has no bubble in their thread.
import type { Evidence } from '../evidence.ts';
import { finalNews } from '../final-news.ts';
import type { Wrong } from './wrong.ts';

export function findUntold({ books, bubbles }: Evidence): Wrong[] {
  const said = new Set(bubbles.map(({ outboxId }) => outboxId));
  return finalNews(books)
    .filter(({ outboxId }) => !said.has(outboxId))
    .map(({ subject, step, outboxId }) => ({
      kind: 'untold',
      subject,
      what: `${step}, as ${outboxId}`,
    }));
}
