// Of the journal and of what is told from it: the mutants that live on, and why.
import { bugWords, forTypes, type Survivor } from './survivor.ts';

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
  {
    file: `${journal}/announce-payment.ts`,
    was: '`Payment ${payment.id} has no payer.`',
    why: bugWords,
  },
  { file: `${journal}/announce-payment.ts`, was: "'A link is for somebody.'", why: bugWords },
  {
    file: `${journal}/say-to-person.ts`,
    was: '`Outbox item ${id} conflicts with nothing.`',
    why: bugWords,
  },
  {
    file: `${journal}/say-to-person.ts`,
    was: 'replies.length === 0',
    becomes: 'false',
    why: 'It spares reading the conversation.',
  },
  {
    file: `${journal}/announce-order.ts`,
    was: 'toTeam.length === 0',
    becomes: 'false',
    why: 'It spares looking for the team.',
  },
  {
    file: `${journal}/announce-order.ts`,
    was: 'person.id === buyer.id',
    becomes: 'false',
    why: 'The bubble for the team would have the id of the one for the buyer, which was said by then.',
  },
  { file: `${journal}/announce-payment.ts`, was: "'them'", why: forTypes },
  {
    file: `${journal}/announce-payment.ts`,
    was: "''",
    why: 'What is told again to the payer was said before: only that there is no payee counts.',
  },
  {
    file: `${journal}/announce-payment.ts`,
    was: 'payment.version === entry.sequence',
    becomes: 'false',
    why: 'It spares reading the journal: what has not moved on was not claimed.',
  },
  {
    file: `${journal}/announce-payment.ts`,
    was: 'payee !== undefined',
    becomes: 'true',
    why: forTypes,
  },
];
