// The frame of the console's pages: the shop's name, where one can go, what was just done.
import { mayActAs } from '../../lambdas/domain/console/roles.ts';
import type { Role } from '../../lambdas/domain/shops/shop.ts';
import { Html, html } from '../html.ts';
import type { PageAnswer } from '../page-answer.ts';
import type { Visitor } from './console-world.ts';
import { scriptUrl } from './live-script.ts';
import { consoleStyle } from './style.ts';

export interface Said {
  readonly kind: 'good' | 'bad';
  readonly text: string;
}

/** After an act the page is loaded anew, with a word of ours in its address for what was done. */
export function doneWords(
  done: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string | undefined>>,
): { readonly said?: Said } {
  const known = Object.entries(done).find(([word]) => word === query['done']);
  return known === undefined ? {} : { said: { kind: 'good', text: known[1] } };
}

export interface ConsolePage {
  readonly title: string;
  readonly body: Html;
  readonly said?: Said;
  readonly status?: number;
  readonly formTargets?: readonly string[];
}

const places: readonly { readonly path: string; readonly name: string; readonly role: Role }[] = [
  { path: '/console/orders', name: 'Orders', role: 'reader' },
  { path: '/console/bills', name: 'Bills', role: 'reader' },
  { path: '/console/catalog', name: 'Catalog', role: 'reader' },
  { path: '/console/settings', name: 'Settings', role: 'owner' },
  { path: '/console/payouts', name: 'Payouts', role: 'owner' },
  { path: '/console/team', name: 'Team', role: 'owner' },
  { path: '/console/api', name: 'API', role: 'owner' },
];

/** A page for somebody who is signed in. `at` is the place in the navigation that it belongs to. */
export function consolePage(visitor: Visitor, at: string, page: ConsolePage): PageAnswer {
  return wholePage({
    ...page,
    title: `${page.title} · ${visitor.shop.name}`,
    status: page.status ?? (page.said?.kind === 'bad' ? 422 : 200),
    body: html`${masthead(visitor, at)}${says(page.said)}${notSelling(visitor)}${page.body}`,
  });
}

/** A page for anybody, with one thing to say. */
export function outsidePage(said: {
  readonly title: string;
  readonly text: string;
  readonly status: number;
  readonly more?: Html;
}): PageAnswer {
  return wholePage({
    title: said.title,
    status: said.status,
    body: html`<header><b>Tender</b> for shops</header>
<section class="card"><h1>${said.title}</h1><p>${said.text}</p>${said.more}</section>`,
  });
}

function masthead(visitor: Visitor, at: string): Html {
  const { shop, member } = visitor;
  const mine = places.filter(({ role }) => mayActAs(member.role, role));
  return html`<header class="top"><p><b>${shop.name}</b>${member.name} · ${roleNames[member.role]}</p>
<a class="button quiet small" href="/console/passkeys"${at === '/console/passkeys' ? html` aria-current="page"` : undefined}>Passkeys</a><form method="post" action="/console/sign-out">${ofSession(visitor)}<button class="quiet small">Sign out</button></form></header>
<nav aria-label="Console">${mine.map(({ path, name }) => html`<a href="${path}"${path === at ? html` aria-current="page"` : undefined}>${name}</a>`)}</nav>`;
}

export const roleNames: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  staff: 'Staff',
  reader: 'Read only',
};

/** The hidden field of every form: only the session's own pages know it. */
export function ofSession(visitor: Pick<Visitor, 'formToken'>): Html {
  return html`<input type="hidden" name="session" value="${visitor.formToken}">`;
}

function says(said: Said | undefined): Html | undefined {
  if (said === undefined) return undefined;
  return html`<p class="${said.kind}" role="${said.kind === 'bad' ? 'alert' : 'status'}">${said.text}</p>`;
}

/** Nobody should wonder why no orders come. */
function notSelling({ shop, member }: Visitor): Html | undefined {
  const where = member.role === 'owner' ? html`<a href="/console/payouts">Payouts</a>` : 'Payouts';
  if (shop.isPaused)
    return html`<p class="bad">The shop is paused: it answers people and sells nothing.</p>`;
  switch (shop.account?.status) {
    case undefined:
    case 'started':
      return html`<p class="bad">The shop cannot be paid yet, so it sells nothing. An owner finishes that under ${where}.</p>`;
    case 'restricted':
    case 'left':
      return html`<p class="bad">Stripe lets this shop take no payments now, so it sells nothing. An owner sees why, and what to do, under ${where}.</p>`;
    case 'active':
      return undefined;
  }
}

function wholePage({ title, body, status = 200, formTargets = [] }: ConsolePage): PageAnswer {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tender</title>
<link rel="icon" href="data:,">
<style>${new Html(consoleStyle)}</style>
<script src="${scriptUrl}" defer></script>
</head>
<body>
<main>
${body}
</main>
</body>
</html>`;
  return { kind: 'page', status, html: page.text, styles: [consoleStyle], formTargets };
}
