// Of the adapters' decisions: the mutants that live on, and why.
import { forTypes, type Survivor } from './survivor.ts';

const messenger = 'adapters/messenger';
const noSuchText = 'Neither is a signature, a token or a challenge.';

export const adaptersSurvivors: readonly Survivor[] = [
  { file: 'adapters/dynamodb/transact.ts', was: "''", why: forTypes },
  {
    file: `${messenger}/error-classes.ts`,
    was: 'row.code === undefined',
    becomes: 'true',
    why: 'No row has one number as its code and as its subcode.',
  },
  {
    file: `${messenger}/error-classes.ts`,
    was: "'outside_window'",
    why: 'What is closed is no trouble: its row’s word is told to nobody.',
  },
  { file: `${messenger}/verify-signature.ts`, was: "''", why: noSuchText },
  {
    file: `${messenger}/verify-signature.ts`,
    was: 'rawBody.length > mostToEscape',
    becomes: 'rawBody.length >= mostToEscape',
    why: 'It is a bound on work, and a byte of it no promise.',
  },
  {
    file: `${messenger}/verify-signature.ts`,
    was: 'byte > 0x7f',
    why: 'It spares escaping what has nothing to escape, which stays as it is.',
  },
  {
    file: `${messenger}/webhook-json.ts`,
    was: "typeof value !== 'number'",
    becomes: 'false',
    why: 'Of all values only a number is written in digits alone.',
  },
  {
    file: `${messenger}/webhook-json.ts`,
    was: 'at < text.length',
    becomes: 'at <= text.length',
    why: 'Behind the end there is no character.',
  },
  {
    file: `${messenger}/webhook-json.ts`,
    was: String.raw`/[:,[\s]-?\d{16}/u`,
    why: 'It says where the slow way is needed; the slow way reads everything alike.',
  },
];
