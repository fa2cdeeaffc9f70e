// Who is calling: the page access token, and the proof that the caller holds the app secret.
import { createHmac } from 'node:crypto';
import type { Page } from '../record/world.ts';
import type { GraphCall } from './graph-call.ts';
import { type Refusal, badProof, badToken } from './refusal.ts';

export interface Credentials {
  readonly pages: readonly Page[];
  readonly appSecrets: readonly string[];
  readonly proofRequired: boolean;
  readonly nowMs: number;
}

/** A timed proof is good for about five minutes. */
const PROOF_LIFE_MS = 5 * 60_000;

export function authorize(
  call: GraphCall,
  credentials: Credentials,
): { readonly page: Page } | { readonly refusal: Refusal } {
  if (call.token === undefined) return { refusal: badToken('An access token is required') };
  const page = credentials.pages.find(({ token }) => token === call.token);
  if (page === undefined) return { refusal: badToken('Cannot parse access token') };
  if (call.proof === undefined) {
    if (!credentials.proofRequired) return { page };
    const words = 'API calls from the server require an appsecret_proof argument';
    return { refusal: badProof(words) };
  }
  if (isGoodProof(call.token, call, credentials)) return { page };
  return { refusal: badProof('Invalid appsecret_proof provided in the API argument') };
}

function isGoodProof(token: string, call: GraphCall, credentials: Credentials): boolean {
  const { proofTime } = call;
  if (proofTime !== undefined) {
    const ageMs = credentials.nowMs - Number(proofTime) * 1000;
    if (!(Math.abs(ageMs) <= PROOF_LIFE_MS)) return false;
  }
  const proven = proofTime === undefined ? token : `${token}|${proofTime}`;
  return credentials.appSecrets.some(
    (secret) => createHmac('sha256', secret).update(proven).digest('hex') === call.proof,
  );
}
