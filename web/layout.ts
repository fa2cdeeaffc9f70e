// The frame that every page shares: head, title, style, footer.
import { Html, html } from './html.ts';
import type { PageAnswer } from './page-answer.ts';
import { style } from './style.ts';

export interface PageParts {
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  readonly formTargets?: readonly string[];
  /** What this page adds to the style of all. */
  readonly style?: string;
  /** For a page that waits for something: the browser opens `at` by itself, a path of ours. */
  readonly lookAgain?: { readonly seconds: number; readonly at: string };
}

export function layout({
  title,
  body,
  status = 200,
  formTargets = [],
  style: own,
  lookAgain,
}: PageParts): PageAnswer {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tender</title>
<link rel="icon" href="data:,">
${lookAgain === undefined ? undefined : html`<meta http-equiv="refresh" content="${lookAgain.seconds};url=${lookAgain.at}">`}
<style>${new Html(style)}</style>
${own === undefined ? undefined : html`<style>${new Html(own)}</style>`}
</head>
<body>
<main>
<header><b>Tender</b> payments in your chat</header>
${body}
<footer>Your card number never reaches us: Stripe asks for it. <a href="/terms">Terms</a></footer>
</main>
</body>
</html>`;
  const styles = own === undefined ? [style] : [style, own];
  return { kind: 'page', status, html: page.text, styles, formTargets };
}

/** A page with one thing to say, and how to go on. */
export function messagePage(said: {
  readonly title: string;
  readonly text: string;
  readonly mark?: string;
  readonly status?: number;
  /** The Page whose thread to go back to, where it is known. */
  readonly pageId?: string;
}): PageAnswer {
  return layout({
    title: said.title,
    status: said.status ?? 200,
    body: html`<section class="card">
${said.mark === undefined ? undefined : html`<p class="mark" aria-hidden="true">${said.mark}</p>`}
<h1>${said.title}</h1>
<p>${said.text}</p>
${said.pageId === undefined ? html`<p class="soft">You can close this window; the chat carries on.</p>` : backToChat(said.pageId)}
</section>`,
  });
}

/** In the Messenger app this closes the webview; elsewhere it opens the thread. */
export function backToChat(pageId: string): Html {
  return html`<a class="button quiet" href="https://m.me/${pageId}">Back to the chat</a>`;
}
