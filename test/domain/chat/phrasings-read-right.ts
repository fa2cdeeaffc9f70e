// The figure "phrasings read right: N of N", for the bench.
import { isDeepStrictEqual } from 'node:util';
import type { Command } from '../../../lambdas/domain/chat/command.ts';
import { readCommand } from '../../../lambdas/domain/chat/read-command.ts';
import { notMoneyMoving } from './not-money-moving.ts';
import { phrasings } from './phrasings.ts';

/** Over both tables: the exact command, and the exact reason why money must not move. */
export function phrasingsReadRight(): { readonly right: number; readonly of: number } {
  const outcomes = [
    ...phrasings.map(({ speaker, text, command }) =>
      isDeepStrictEqual(readCommand(text, speaker), command),
    ),
    ...notMoneyMoving.map(
      ({ speaker, text, expected }) => whyOf(readCommand(text, speaker)) === expected.why,
    ),
  ];
  return { right: outcomes.filter(Boolean).length, of: outcomes.length };
}

function whyOf(command: Command): string | undefined {
  return command.kind === 'not_understood' ? command.why : undefined;
}
