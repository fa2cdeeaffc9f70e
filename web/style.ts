// The one style sheet of all pages: inline, small, light and dark, made for a phone first.

export const style = `
:root{color-scheme:light dark;--ink:#10151f;--soft:#5b6475;--line:#dfe3ea;--page:#f4f6fa;--card:#fff;--brand:#1b5cff;--brand-ink:#fff;--bad:#b3261e;--bad-bg:#fdeceb;--good:#0b7a4b;--good-bg:#e7f6ee}
@media (prefers-color-scheme:dark){:root{--ink:#eef1f7;--soft:#a2acbf;--line:#2c3444;--page:#0d1118;--card:#161c27;--brand:#5b8cff;--brand-ink:#08101f;--bad:#ffb4ab;--bad-bg:#3a1513;--good:#7ddcae;--good-bg:#0f2b1f}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:26rem;margin:0 auto;padding:1.25rem 1rem 3rem}
header{display:flex;align-items:center;gap:.5rem;margin:0 0 1rem;color:var(--soft);font-size:.875rem;font-weight:600;letter-spacing:.02em}
header b{color:var(--brand);font-size:1rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.25rem;margin:0 0 1rem}
h1{font-size:1.125rem;line-height:1.35;margin:0 0 .25rem}
main>h1{font-size:1.5rem;margin:0 0 .75rem}
h2{font-size:1rem;margin:0 0 .75rem}
p{margin:.5rem 0;text-wrap:pretty}
.amount{font-size:2.5rem;line-height:1.15;font-weight:700;letter-spacing:-.02em;margin:.25rem 0;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9375rem}
.note{padding:.625rem .875rem;border-left:3px solid var(--brand);background:var(--page);border-radius:.25rem .75rem .75rem .25rem;overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:auto 1fr;gap:.375rem 1rem;margin:1rem 0 0;font-size:.9375rem}
dt{color:var(--soft)}dd{margin:0;text-align:right;overflow-wrap:anywhere}
fieldset{border:0;margin:0;padding:0}
legend{font-weight:600;padding:0;margin:0 0 .5rem}
label.choice{display:flex;align-items:center;gap:.75rem;min-height:3rem;padding:.5rem .875rem;border:1px solid var(--line);border-radius:.75rem;margin:0 0 .5rem}
label.choice:has(:checked){border-color:var(--brand);box-shadow:inset 0 0 0 1px var(--brand)}
label.field{display:block;font-weight:600;margin:1rem 0 0}
input[type=password],input[type=text],select{display:block;width:100%;min-height:3rem;margin:.375rem 0 0;padding:.5rem .875rem;font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:.75rem}
input.pin{font-size:1.5rem;letter-spacing:.4em;text-align:center}
input[type=radio],input[type=checkbox]{accent-color:var(--brand);width:1.25rem;height:1.25rem}
button,a.button{display:block;width:100%;min-height:3.25rem;padding:.75rem 1rem;margin:1rem 0 0;border:0;border-radius:.875rem;background:var(--brand);color:var(--brand-ink);font:inherit;font-weight:650;text-align:center;text-decoration:none;cursor:pointer}
button.quiet,a.quiet{background:none;color:var(--brand);border:1px solid var(--line)}
button.small{width:auto;min-height:2.75rem;margin:0;padding:.375rem .875rem}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
.row{display:flex;align-items:center;justify-content:space-between;gap:1rem;padding:.5rem 0;border-top:1px solid var(--line)}
.row:first-of-type{border-top:0}
.bad,.good{padding:.75rem 1rem;border-radius:.75rem;margin:0 0 1rem}
.bad{background:var(--bad-bg);color:var(--bad)}
.good{background:var(--good-bg);color:var(--good)}
.mark{color:var(--brand);font-size:2.5rem;line-height:1;margin:0 0 .5rem}
form+.soft{margin:1rem 0}
footer{color:var(--soft);font-size:.8125rem;text-align:center;text-wrap:balance;margin-top:1.5rem}
footer a{display:block;padding:.875rem;color:inherit}
`;
