// /settings: saved cards, the PIN, being found by name, the currency.
import { readCurrency } from '../lambdas/domain/money/currency.ts';
import { forgetInstrument } from '../lambdas/domain/payments/instruments.ts';
import { isWalletCurrency, walletCurrencies } from '../lambdas/domain/payments/limits.ts';
import { cardWords } from '../lambdas/domain/payments/words.ts';
import { changePerson } from '../lambdas/domain/people/change-person.ts';
import { passPin } from '../lambdas/domain/people/pass-pin.ts';
import type { Person, PersonId } from '../lambdas/domain/people/person.ts';
import { changePin } from '../lambdas/domain/people/pin.ts';
import { backFromCard, goAndAddCard } from './cards.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { throughLink, unknownLink } from './link-pages.ts';
import type { PageAnswer } from './page-answer.ts';
import type { PageRequest, PageWorld } from './page-world.ts';
import { newPinFields, pinField, pinProblem } from './pin-fields.ts';
import { whoseWallet } from './whose-wallet.ts';

interface Said {
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

export async function showSettings(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'settings',
    open: (link) => show(world, request, { personId: link.personId }),
  });
}

async function show(
  world: PageWorld,
  request: PageRequest,
  of: { readonly personId: PersonId; readonly said?: Said },
): Promise<PageAnswer> {
  const person = await world.people.byId(of.personId);
  if (person === undefined) return unknownLink;
  const hasPin = (await world.pins.of(person.id)) !== undefined;
  const action = `/settings/${request.token}`;
  return layout({
    title: 'Settings',
    status: of.said?.kind === 'bad' ? 422 : 200,
    formTargets: world.providerOrigins,
    body: html`${of.said === undefined ? undefined : html`<p class="${of.said.kind}" role="status">${of.said.text}</p>`}
<h1>Settings</h1>
${whoseWallet(person)}${cards(person, action)}${pin(hasPin, action)}${preferences(person, action)}`,
  });
}

function cards(person: Person, action: string): Html {
  return html`<section class="card">
<h2>Cards</h2>
${person.instruments.length === 0 ? html`<p class="soft">No card is saved.</p>` : undefined}
${person.instruments.map(
  (card) =>
    html`<form method="post" action="${action}" class="row"><span>${cardWords(card)}</span><input type="hidden" name="card" value="${card.id}"><button class="quiet small" name="do" value="remove_card" aria-label="Remove ${cardWords(card)}">Remove</button></form>`,
)}
<form method="post" action="${action}/card"><button class="quiet">Add a card</button></form>
</section>`;
}

function pin(hasPin: boolean, action: string): Html {
  return html`<form method="post" action="${action}" class="card">
<h2>${hasPin ? 'Change your PIN' : 'Choose a PIN'}</h2>
${hasPin ? pinField('Your PIN now') : undefined}${newPinFields}
<button class="quiet" name="do" value="pin">Save the PIN</button>
</form>`;
}

function preferences(person: Person, action: string): Html {
  const currencies = Object.keys(walletCurrencies);
  return html`<form method="post" action="${action}" class="card">
<h2>Preferences</h2>
<label class="choice"><input type="checkbox" name="findable" value="yes"${person.findableByName ? html` checked` : undefined}> People can find me by my name</label>
<label class="field">Amounts without a sign are in
<select name="currency">${currencies.map((each) => html`<option${each === person.currency ? html` selected` : undefined}>${each}</option>`)}</select></label>
<button class="quiet" name="do" value="preferences">Save</button>
</form>`;
}

export async function changeSettings(world: PageWorld, request: PageRequest): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'settings',
    open: async (link) => {
      const said = await change(world, request.form, link.personId);
      return show(world, request, { personId: link.personId, said });
    },
  });
}

async function change(world: PageWorld, form: URLSearchParams, personId: PersonId): Promise<Said> {
  switch (form.get('do') ?? '') {
    case 'remove_card':
      await forgetInstrument(world, personId, form.get('card') ?? '');
      return { kind: 'good', text: 'The card is no longer saved.' };
    case 'pin':
      return savePin(world, form, personId);
    case 'preferences':
      return savePreferences(world, form, personId);
    default:
      return { kind: 'bad', text: 'Nothing was changed.' };
  }
}

async function savePin(world: PageWorld, form: URLSearchParams, personId: PersonId): Promise<Said> {
  const entry = {
    pin: form.get('pin') ?? '',
    newPin: form.get('newPin') ?? '',
    newPinAgain: form.get('newPinAgain') ?? '',
  };
  const hasPin = (await world.pins.of(personId)) !== undefined;
  if (!hasPin) {
    const pass = await passPin(world, personId, entry);
    return pass.kind === 'passed'
      ? pinSaved
      : { kind: 'bad', text: pinProblem(pass, world.clock.now()) };
  }
  if (entry.newPin !== entry.newPinAgain)
    return { kind: 'bad', text: 'The two new PINs were not the same.' };
  const outcome = await changePin(world, personId, { old: entry.pin, new: entry.newPin });
  if (outcome === 'set') return pinSaved;
  if (typeof outcome === 'string')
    return {
      kind: 'bad',
      text: pinProblem({ kind: 'not_chosen', why: outcome }, world.clock.now()),
    };
  if (outcome.kind === 'not_set') return { kind: 'bad', text: 'Choose a PIN first.' };
  return { kind: 'bad', text: pinProblem(outcome, world.clock.now()) };
}

const pinSaved: Said = { kind: 'good', text: 'Your PIN is saved.' };

async function savePreferences(
  world: PageWorld,
  form: URLSearchParams,
  personId: PersonId,
): Promise<Said> {
  const currency = readCurrency(form.get('currency') ?? '');
  if (currency === undefined || !isWalletCurrency(currency))
    return { kind: 'bad', text: 'We do not take this currency.' };
  const findableByName = form.get('findable') === 'yes';
  await changePerson(world, personId, (now) => ({ ...now, currency, findableByName }));
  return { kind: 'good', text: 'Saved.' };
}

export async function addCardInSettings(
  world: PageWorld,
  request: PageRequest,
): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'settings',
    open: (link) => goAndAddCard(world, request, { link, path: 'settings' }),
  });
}

export async function backWithCardToSettings(
  world: PageWorld,
  request: PageRequest,
): Promise<PageAnswer> {
  return throughLink(world, request, {
    kind: 'settings',
    open: (link) => backFromCard(world, request, { link, path: 'settings' }),
  });
}
