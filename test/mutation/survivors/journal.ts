// Of the journal and of what is told from it: the mutants that live on, and why.
import { bugWords, type Survivor } from './survivor.ts';

const journal = 'domain/journal';
const entryWithout = (what: string) =>
  `\`Entry \${entry.subject}#\${entry.sequence} has no ${what}.\``;

export const journalSurvivors: readonly Survivor[] = [
  { file: `${journal}/announce-order.ts`, was: entryWithout('order'), why: bugWords },
  {
    file: `${journal}/announce-order.ts`,
    was: '`Order ${order.id} has no shop.`',
    why: bugWords,
  },
  {
    file: `${journal}/announce-order.ts`,
    was: '`Order ${order.id} has no buyer.`',
    why: bugWords,
  },
  { file: `${journal}/announce-payment.ts`, was: entryWithout('payment'), why: bugWords },
  {
    file: `${journal}/announce-payment.ts`,
    was: '`Payment ${payment.id} has no payer.`',
    why: bugWords,
  },
  { file: `${journal}/announce-payment.ts`, was: "'A link is for somebody.'", why: bugWords },
  { file: `${journal}/announce-request.ts`, was: entryWithout('request'), why: bugWords },
  {
    file: `${journal}/say-to-person.ts`,
    was: '`Outbox item ${id} conflicts with nothing.`',
    why: bugWords,
  },
];
