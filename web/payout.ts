// /payout: where a recipient sets up the account that money goes to, on Stripe's own pages.
import { refreshRecipient, startOnboarding } from '../lambdas/domain/payments/recipients.ts';
import { passPin } from '../lambdas/domain/people/pass-pin.ts';
import { isReadyToBePaid, type Person } from '../lambdas/domain/people/person.ts';
import { html } from './html.ts';
import { layout, messagePage } from './layout.ts';
import { throughLink, unknownLink } from './link-pages.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';
import { pinField, pinProblem } from './pin-fields.ts';
import { whoseWallet } from './whose-wallet.ts';

function ready({ settings }: PageWorld): PageAnswer {
  return messagePage({
    title: 'You are set up',
    text: 'Money that waits for you is paid out now, and from here on it comes straight to your account. The chat tells you.',
    mark: '✓',
    pageId: settings.pageId,
  });
}

export async function showPayout(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'payout',
    open: async (link) => {
      const person = await world.people.byId(link.personId);
      if (person === undefined) return unknownLink;
      if (isReadyToBePaid(person)) return ready(world);
      return explain(world, request, { person });
    },
  });
}

/** Whoever fills in Stripe's page gets the money, so who has a PIN is asked for it. */
async function explain(
  world: PageWorld,
  request: PageRequest,
  { person, problem }: { readonly person: Person; readonly problem?: string },
): Promise<PageAnswer> {
  const isStarted = person.recipientAccount !== undefined;
  const hasPin = (await world.pins.of(person.id)) !== undefined;
  return layout({
    title: 'Get paid',
    status: problem === undefined ? 200 : 422,
    formTargets: world.providerOrigins,
    body: html`${problem === undefined ? undefined : html`<p class="bad" role="alert">${problem}</p>`}<form method="post" action="/payout/${request.token}" class="card">
<h1>${isStarted ? 'Stripe still needs something' : 'Where shall we pay it?'}</h1>
<p>Stripe asks who you are and where your money goes. We see neither your bank details nor your documents; we are told only that you are ready.</p>
<p class="soft">It takes about two minutes, once. Then payments arrive by themselves.</p>
${whoseWallet(person)}
${hasPin ? pinField('Your PIN') : undefined}
<button>Continue to Stripe</button>
</form>`,
  });
}

export async function goToPayout(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'payout',
    open: async (link) => {
      const person = await world.people.byId(link.personId);
      if (person === undefined) return unknownLink;
      const problem = await whyNotTheirs(world, request, person);
      if (problem !== undefined) return explain(world, request, { person, problem });
      const here = `${world.publicUrl}/payout/${request.token}`;
      const outcome = await startOnboarding(world, person, {
        returnUrl: `${here}/return`,
        refreshUrl: here,
      });
      switch (outcome.kind) {
        case 'continue_at':
          return { kind: 'redirect', to: outcome.url };
        case 'already_ready':
          return ready(world);
        case 'refused':
          return messagePage({
            title: 'Stripe cannot pay you',
            text: 'It may not pay out in your country yet. The money goes back to the sender if nobody takes it.',
            mark: '✕',
            status: 422,
          });
        case 'unknown':
          return messagePage({
            title: 'Stripe does not answer',
            text: 'Please try again in a moment. The money waits for you.',
            mark: '…',
            status: 502,
          });
      }
    },
  });
}

/** Undefined where it is them, as far as a PIN can tell; in words where not. */
async function whyNotTheirs(
  world: PageWorld,
  request: PageRequest,
  person: Person,
): Promise<string | undefined> {
  if (isReadyToBePaid(person) || (await world.pins.of(person.id)) === undefined) return undefined;
  const pass = await passPin(world, person.id, { pin: request.form.get('pin') ?? '' });
  return pass.kind === 'passed' ? undefined : pinProblem(pass, world.clock.now());
}

/** Coming back does not mean done: Stripe is asked. */
export async function backFromPayout(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'payout',
    open: async (link) => {
      const person = await world.people.byId(link.personId);
      const accountId = person?.recipientAccount?.accountId;
      if (person === undefined || accountId === undefined)
        return { kind: 'redirect', to: `${world.publicUrl}/payout/${request.token}` };
      const now = await refreshRecipient(world, accountId);
      return now !== undefined && isReadyToBePaid(now)
        ? ready(world)
        : explain(world, request, { person: now ?? person });
    },
  });
}
