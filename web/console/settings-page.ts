// /console/settings: how the shop sells, each section a form of its own.
import { writeHours } from '../../lambdas/domain/console/hours-text.ts';
import { changeShop } from '../../lambdas/domain/console/change-shop.ts';
import { writePromotions } from '../../lambdas/domain/console/promotion-text.ts';
import {
  brands,
  dayNames,
  mostShippingOptions,
  sections,
} from '../../lambdas/domain/console/shop-settings.ts';
import { decimalText } from '../../lambdas/domain/money/format-money.ts';
import type { CardBrand, Shop } from '../../lambdas/domain/shops/shop.ts';
import { type Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import { consolePage, ofSession, type Said } from './console-layout.ts';
import type { ConsoleRequest, ConsoleWorld, Visitor } from './console-world.ts';
import { actOnLastWord, lastWordCard, type LastWordShown } from './last-word-settings.ts';
import { speakerOf } from './speaker-of.ts';

const path = '/console/settings';

export async function showShopSettings(
  world: ConsoleWorld,
  request: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const isSaved = request.query['done'] === 'saved';
  return settingsPage(world, visitor, isSaved ? { said: { kind: 'good', text: 'Saved.' } } : {});
}

export async function saveShopSettings(
  world: ConsoleWorld,
  { form }: ConsoleRequest,
  visitor: Visitor,
): Promise<PageAnswer> {
  const wanted = form.get('do') ?? '';
  const lastWord = await actOnLastWord(world, { form, visitor });
  if (lastWord !== undefined) return afterLastWord(world, { form, visitor }, lastWord);
  const section = Object.hasOwn(sections, wanted) ? sections[wanted] : undefined;
  if (section === undefined)
    return settingsPage(world, visitor, { said: { kind: 'bad', text: 'Nothing was done.' } });
  const typed = {
    one: (name: string) => form.get(name) ?? '',
    all: (name: string) => form.getAll(name),
  };
  const speaker = await speakerOf(world, visitor);
  const read = section({ shop: visitor.shop, typed, speaker, ids: world.ids });
  if (read.kind === 'wrong')
    return settingsPage(world, visitor, {
      said: { kind: 'bad', text: `${read.why} Nothing was saved.` },
      typed: form,
    });
  await changeShop(world, visitor.shop.id, (now) => ({ ...now, ...read.changes }));
  return { kind: 'redirect', to: `${world.publicUrl}${path}?done=saved` };
}

/** No redirect: a secret may be on the page. What is shown is the shop as it is now. */
async function afterLastWord(
  world: ConsoleWorld,
  { form, visitor }: { readonly form: URLSearchParams; readonly visitor: Visitor },
  shown: LastWordShown,
): Promise<PageAnswer> {
  const shop = (await world.shops.get(visitor.shop.id)) ?? visitor.shop;
  const typed = shown.said.kind === 'bad' ? { typed: form } : {};
  return settingsPage(world, { ...visitor, shop }, { ...shown, ...typed });
}

interface SettingsParts {
  readonly said?: Said;
  readonly secret?: Html;
  /** What was typed last stands in the fields again, where it could not be saved. */
  readonly typed?: URLSearchParams;
}

function settingsPage(world: ConsoleWorld, visitor: Visitor, parts: SettingsParts): PageAnswer {
  const { shop } = visitor;
  const { said, secret, typed } = parts;
  const section = (act: string, title: string, fields: Html) =>
    html`<form method="post" action="${path}" class="card">${ofSession(visitor)}<input type="hidden" name="do" value="${act}"><h2>${title}</h2>${fields}<button class="quiet">Save</button></form>`;
  const kept = (act: string) => (typed?.get('do') === act ? typed : undefined);
  return consolePage(visitor, path, {
    title: 'Settings',
    ...(said === undefined ? {} : { said }),
    body: html`<h1>Settings</h1>
${secret}
${pauseForm(visitor)}
<div class="columns"><div>
${section('hours', 'Opening hours', hourFields(shop, kept('hours')))}
${section('handover', 'Pick-up and shipping', handoverFields(shop, kept('handover')))}
${lastWordCard(world, visitor, typed)}
</div><div>
${section('about', 'Name and clock', aboutFields(shop, kept('about')))}
${section('brands', 'Cards you take', brandFields(shop))}
${section('tax', 'Tax', textField({ name: 'taxPercent', label: 'Percent added to goods and shipping', value: kept('tax')?.get('taxPercent') ?? String(shop.taxPercent) }))}
${section('tips', 'Tips', textField({ name: 'tips', label: 'Percentages to choose from', hint: 'Such as 10, 15, 20. Empty: it is not asked.', value: kept('tips')?.get('tips') ?? shop.tips.join(', ') }))}
${section('promotions', 'Promotion codes', promotionFields(shop, kept('promotions')))}
</div></div>`,
  });
}

function pauseForm(visitor: Visitor): Html {
  const { isPaused } = visitor.shop;
  return html`<form method="post" action="${path}" class="card">${ofSession(visitor)}<input type="hidden" name="do" value="${isPaused ? 'open' : 'pause'}">
<h2>${isPaused ? 'The shop is paused' : 'The shop is open for orders'}</h2>
<p class="soft">${isPaused ? 'People who write are told so; nothing can be bought.' : 'Within its opening hours, as long as you do not pause it.'}</p>
<button${isPaused ? undefined : html` class="quiet"`}>${isPaused ? 'Take orders again' : 'Pause the shop'}</button></form>`;
}

function textField(field: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}): Html {
  return html`<label class="field">${field.label}${field.hint === undefined ? undefined : html` <small>${field.hint}</small>`}<input type="text" name="${field.name}" value="${field.value}" maxlength="200" autocomplete="off"></label>`;
}

function aboutFields(shop: Shop, typed: URLSearchParams | undefined): Html {
  const zone = typed?.get('timeZone') ?? shop.timeZone;
  const zones = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), shop.timeZone]);
  return html`${textField({ name: 'shopName', label: 'Name of the shop', hint: 'On bills and in the thread.', value: typed?.get('shopName') ?? shop.name })}
<label class="field">Time zone <small>Of your opening hours</small><select name="timeZone">${[...zones].map((each) => html`<option${each === zone ? html` selected` : undefined}>${each}</option>`)}</select></label>`;
}

function hourFields(shop: Shop, typed: URLSearchParams | undefined): Html {
  // Monday first, as opening hours are read.
  const days = [1, 2, 3, 4, 5, 6, 0];
  return html`<p class="hint">Such as 8:00-12:00, 13:00-18:00; empty is closed. A week without any hours means that the shop never closes. By the clock of ${shop.timeZone.replaceAll('_', ' ')}.</p>
${days.map((day) => textField({ name: `day${day}`, label: dayNames[day] ?? '', value: typed?.get(`day${day}`) ?? writeHours(shop.hours[day] ?? []) }))}`;
}

function handoverFields(shop: Shop, typed: URLSearchParams | undefined): Html {
  const offersPickUp = typed === undefined ? shop.offersPickUp : typed.get('pickUp') === 'yes';
  const rows = Array.from({ length: mostShippingOptions }, (_, row) => {
    const option = shop.shipping[row];
    const name = typed?.get(`shippingName${row}`) ?? option?.name ?? '';
    const priced = option === undefined ? '' : decimalText(option.price);
    const value = typed?.get(`shippingPrice${row}`) ?? priced;
    return html`<div class="pair">${textField({ name: `shippingName${row}`, label: `Way of shipping ${row + 1}`, value: name })}${textField({ name: `shippingPrice${row}`, label: `Price in ${shop.currency}`, value })}</div>`;
  });
  return html`<label class="choice"><input type="checkbox" name="pickUp" value="yes"${offersPickUp ? html` checked` : undefined}> People can pick up</label>
${rows}
${textField({ name: 'shipsTo', label: 'Countries that you ship to', hint: 'Two letters each, such as US, CA', value: typed?.get('shipsTo') ?? shop.shipsTo.join(', ') })}`;
}

const brandNames: Readonly<Record<CardBrand, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  american_express: 'American Express',
  discover: 'Discover',
};

function brandFields(shop: Shop): Html {
  return html`${brands.map((brand) => html`<label class="choice"><input type="checkbox" name="brand" value="${brand}"${shop.acceptedBrands.includes(brand) ? html` checked` : undefined}> ${brandNames[brand]}</label>`)}`;
}

function promotionFields(shop: Shop, typed: URLSearchParams | undefined): Html {
  return html`<label class="field">One code a line <small>“BEANS10 10%”, or “WELCOME 5.00 until 2026-12-31”</small><textarea name="promotions" rows="4" maxlength="2000">
${typed?.get('promotions') ?? writePromotions(shop)}</textarea></label>`;
}
