// Every phrasing of the two tables is read as it must be.
import { describe, expect, test } from 'vitest';
import { readCommand } from '../../../lambdas/domain/chat/read-command.ts';
import { notMoneyMoving } from './not-money-moving.ts';
import { phrasings } from './phrasings.ts';
import { phrasingsReadRight } from './phrasings-read-right.ts';
import { everybody } from './speakers.ts';

describe(`${phrasings.length} phrasings are read as the exact command`, () => {
  test.each(phrasings)('$speaker.locale: $text', ({ speaker, text, command }) => {
    expect(readCommand(text, speaker)).toEqual(command);
  });
});

describe(`${notMoneyMoving.length} phrasings are not read as money moving`, () => {
  test.each(notMoneyMoving)('$speaker.locale: $text', ({ speaker, text, expected }) => {
    expect(readCommand(text, speaker)).toMatchObject({ kind: 'not_understood', ...expected });
  });

  test('whoever says them', () => {
    const moving = notMoneyMoving.flatMap(({ text, isForThemAlone }) =>
      isForThemAlone
        ? []
        : everybody
            .map((speaker) => readCommand(text, speaker).kind)
            .filter((kind) => kind !== 'not_understood')
            .map((kind) => `${kind}: ${text}`),
    );

    expect(moving).toEqual([]);
  });
});

test('the tables are as long as promised, say nothing twice, and the figure counts all of them', () => {
  const said = [...phrasings, ...notMoneyMoving].map(
    ({ speaker, text }) => `${speaker.locale} ${text}`,
  );

  expect(phrasings.length).toBeGreaterThanOrEqual(150);
  expect(notMoneyMoving.length).toBeGreaterThanOrEqual(150);
  expect(new Set(said).size).toBe(said.length);
  expect(phrasingsReadRight()).toEqual({ right: said.length, of: said.length });
});
