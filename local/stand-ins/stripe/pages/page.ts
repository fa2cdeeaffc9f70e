// What the hosted pages share: their frame, their look, and safe text.

export interface PageAnswer {
  status: number;
  /** A page, or where to send the browser. */
  html?: string;
  location?: string;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A whole page around `body`, which is HTML. */
export function renderPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<p class="ribbon">Stripe stand-in — test cards only</p>
<main>
${body}
</main>
</body>
</html>`;
}

export function goTo(location: string): PageAnswer {
  return { status: 303, location };
}

export function problemPage(title: string, words: string): PageAnswer {
  const html = renderPage(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(words)}</p>`);
  return { status: 410, html };
}

/** Money for reading, from minor units. */
export function formatMoney(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en-US', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

const STYLE = `
:root { color-scheme: light; --ink: #1a1f36; --soft: #5b6274; --line: #d9dee8; --brand: #4f46e5; --wrong: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f8fb; color: var(--ink); font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; }
.ribbon { margin: 0; padding: 6px 16px; background: #fff3cd; color: #5c4500; font-size: 13px; text-align: center; border-bottom: 1px solid #f0dfa0; }
main { max-width: 440px; margin: 0 auto; padding: 24px 16px 48px; }
h1 { margin: 0 0 4px; font-size: 22px; line-height: 1.25; }
p { margin: 0 0 16px; color: var(--soft); }
.amount { margin: 0 0 20px; color: var(--ink); font-size: 34px; font-weight: 650; letter-spacing: -0.02em; }
.card { padding: 20px; background: #fff; border: 1px solid var(--line); border-radius: 14px; box-shadow: 0 1px 3px rgb(26 31 54 / 6%); }
label { display: block; margin: 0 0 14px; font-size: 14px; font-weight: 550; }
input { display: block; width: 100%; margin-top: 4px; padding: 11px 12px; border: 1px solid var(--line); border-radius: 8px; background: #fff; color: inherit; font: inherit; font-weight: 400; }
input:focus-visible, button:focus-visible, a:focus-visible, summary:focus-visible { outline: 3px solid #c7c4f9; outline-offset: 1px; border-color: var(--brand); }
label.tick { display: flex; gap: 10px; align-items: center; min-height: 44px; font-weight: 400; }
label.tick input { width: 20px; height: 20px; margin: 0; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: 12px; }
button, .button { display: block; width: 100%; min-height: 48px; padding: 12px; border: 0; border-radius: 10px; background: var(--brand); color: #fff; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button.quiet { margin-top: 10px; background: #fff; color: var(--ink); border: 1px solid var(--line); }
.error { margin: 0 0 16px; padding: 10px 12px; border-radius: 8px; background: #fdecea; color: var(--wrong); font-size: 15px; }
.away { display: block; margin-top: 16px; padding: 8px; color: var(--soft); text-align: center; }
details { margin-top: 20px; }
summary { padding: 8px 0; color: var(--soft); font-size: 14px; cursor: pointer; }
.cards { display: grid; gap: 6px; margin: 4px 0 0; padding: 0; list-style: none; }
.cards a { display: flex; justify-content: space-between; gap: 12px; min-height: 44px; padding: 9px 12px; border: 1px solid var(--line); border-radius: 8px; background: #fff; color: var(--ink); font-size: 14px; text-decoration: none; }
.cards span + span { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.items { margin: 0 0 16px; padding: 0; list-style: none; color: var(--soft); font-size: 15px; }
.items li { display: flex; justify-content: space-between; gap: 12px; }
`;
