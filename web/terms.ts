// /terms: what people agree to, in words that they can read.
import type { Settings } from '../lambdas/domain/settings.ts';
import { durationWords } from '../lambdas/domain/payments/words.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { PageAnswer } from './page-answer.ts';

export function termsPage(settings: Settings): PageAnswer {
  const undo = durationWords(settings.undoSeconds);
  return layout({
    title: 'Terms',
    body: html`<h1>Terms</h1>
<section class="card">
<h2>What you can rely on</h2>
<p>Tender is an automated assistant. It moves money between people who use it; Stripe charges cards and pays out.</p>
<p><b>You see it before it happens.</b> Nothing is charged until you confirm on our page. What you confirmed cannot be changed by anyone.</p>
<p><b>You can take it back.</b> For ${undo} after paying, and for as long as the other person has not set up where they are paid. After ${settings.claimDays} days unclaimed money goes back to your card by itself.</p>
<p><b>You are never charged twice.</b> If we cannot tell whether a payment went through, we ask until we know, and tell you.</p>
<p><b>Paid is paid.</b> Once it has arrived only the other person can give it back. Pay only people you know; report who tricks you.</p>
</section>
<section class="card">
<h2>What we know about you</h2>
<p>Your name as Messenger tells it, your handle, whom you paid and how much, and the last four digits of your cards. Never card or account numbers. Meta sees what is written in the chat; that is why we put no more there than needed.</p>
<p>Write “delete my data” in the chat to be forgotten. The books of past payments must be kept by law, without your name.</p>
</section>`,
  });
}
