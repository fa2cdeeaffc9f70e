// Tells a failing run as a journey test would: who is there, what happens, and what then is not so.
import { inWords } from './acts/act.ts';
import type { Resident } from './people/residents.ts';
import type { Shrunk } from './shrink.ts';

export function storyOf({ plan, violation }: Shrunk): string {
  return [
    `Given ${plan.residents.map(personInWords).join(', ')}; Joe’s Coffee has ${plan.mugs} mugs.`,
    ...plan.acts.map((act, index) => `${index === 0 ? 'When' : ' and'} ${inWords(act)}`),
    `Then: ${violation}`,
    '',
    'For test/simulation/regressions.test.ts:',
    JSON.stringify(plan),
  ].join('\n');
}

function personInWords({ name, card, isReadyToBePaid, isAround, isStranger }: Resident): string {
  const facts = [
    card === undefined ? 'no card' : `card ${card}`,
    ...(isReadyToBePaid ? ['set up to be paid'] : []),
    ...(isAround ? [] : ['has not written for long']),
    ...(isStranger === true ? ['has never been here'] : []),
  ];
  return `${name} (${facts.join(', ')})`;
}
