// Reads the JSON that a browser makes of a PublicKeyCredential: its shape, and what its client data says.
import * as z from 'zod/mini';
import type { MemberId } from '../../domain/console/passkey.ts';

/** In base64url. An id has at most 1,023 bytes; the rest is far below this. */
const bytes = (most: number) => z.string().check(z.regex(/^[\w-]+$/u), z.maxLength(most));
const id = bytes(1364);

const credential = { id, rawId: id, type: z.literal('public-key') };

const madeSchema = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes(8_000), attestationObject: bytes(40_000) }),
});

const signedSchema = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes(8_000),
    authenticatorData: bytes(8_000),
    signature: bytes(8_000),
    userHandle: z.nullish(bytes(86)),
  }),
});

const clientDataSchema = z.object({
  challenge: z.string().check(z.regex(/^[\w-]{43}$/u)),
  crossOrigin: z.optional(z.literal(false)),
});

type Told = { readonly challenge: string };

type MadeAnswer = z.infer<typeof madeSchema> & Told & { readonly kind: 'made' };

type SignedAnswer = Omit<z.infer<typeof signedSchema>, 'response'> &
  Told & {
    readonly kind: 'signed';
    readonly response: {
      readonly clientDataJSON: string;
      readonly authenticatorData: string;
      readonly signature: string;
    };
    readonly memberId: MemberId | undefined;
  };

export type BrowserAnswer = MadeAnswer | SignedAnswer;

/** Undefined for what is none, was made for another page's frame, or is not of our making at all. */
export function readAnswer(text: string): BrowserAnswer | undefined {
  const json = parsed(text);
  const signed = signedSchema.safeParse(json);
  const made = madeSchema.safeParse(json);
  const { response } = signed.data ?? made.data ?? {};
  const told = clientDataSchema.safeParse(parsed(textIn(response?.clientDataJSON ?? '')));
  if (told.data === undefined) return undefined;
  const { challenge } = told.data;
  if (signed.data !== undefined) {
    const { userHandle, ...rest } = signed.data.response;
    const memberId = memberIn(textIn(userHandle ?? ''));
    return { kind: 'signed', ...signed.data, response: rest, challenge, memberId };
  }
  return made.data && { kind: 'made', ...made.data, challenge };
}

function memberIn(userHandle: string): MemberId | undefined {
  const [, rest] = /^mem_(\w{1,60})$/u.exec(userHandle) ?? [];
  return rest === undefined ? undefined : `mem_${rest}`;
}

function textIn(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
