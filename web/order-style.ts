// What an order's page adds to the style sheet of all pages: a till's bill, choices as pills, a bar to pay that stays in reach.

export const orderStyle = `
main:has(.order){padding-bottom:1.5rem}
.order>.bad,.order>.good{margin:0 0 1rem}
.shop{margin:0 0 1rem}
.shop h1{font-size:1.5rem;letter-spacing:-.015em;line-height:1.2;margin:0;overflow-wrap:anywhere}
.shop p{margin:.125rem 0 0}
.lines{list-style:none;margin:0;padding:0}
.lines li{display:grid;grid-template-columns:2.25rem minmax(0,1fr) auto;gap:.5rem;padding:.625rem 0;border-bottom:1px solid var(--line)}
.lines li:first-child{padding-top:0}
.count{color:var(--soft);font-variant-numeric:tabular-nums;white-space:nowrap}
.what{overflow-wrap:anywhere;font-weight:600}
.what img{float:left;width:3rem;height:3rem;margin:0 .625rem .25rem 0;object-fit:cover;border-radius:.5rem}
.what small{display:block;color:var(--soft);font-size:.875rem;font-weight:400}
.choices bdi+bdi::before{content:"· "}
.cost,.sums dd{font-variant-numeric:tabular-nums;white-space:nowrap;text-align:right}
.sums{grid-template-columns:minmax(0,1fr) auto;margin:.75rem 0 0;overflow-wrap:anywhere}
.sums .total{color:var(--ink);font-size:1.1875rem;font-weight:700;padding-top:.5rem;letter-spacing:-.01em}
.order fieldset+fieldset,.order fieldset+details,.order fieldset+.field{margin-top:1.25rem}
.order label.choice{justify-content:flex-start;background:var(--card);cursor:pointer}
.order label.choice span{flex:1;min-width:0;overflow-wrap:anywhere}
.order label.choice b{font-weight:600;white-space:nowrap;font-variant-numeric:tabular-nums}
.pills{display:grid;grid-template-columns:repeat(auto-fit,minmax(4rem,1fr));gap:.5rem}
.pills label.choice{position:relative;justify-content:center;margin:0;padding:.5rem .25rem;text-align:center;font-weight:600;font-variant-numeric:tabular-nums}
.pills label.choice:has(:checked){background:var(--brand);color:var(--brand-ink)}
.pills label.choice:has(:focus-visible){outline:3px solid var(--brand);outline-offset:2px}
.pills input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.address{display:none;margin:0 0 .5rem;padding:0 0 .25rem}
form:has([value^="ship:"]:checked) .address,.address.only{display:block}
.address .field{margin-top:.75rem}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 .75rem}
.order .field input:not(.pin),.order .field select,.order .field textarea{font-weight:400}
.field small{font-weight:400;color:var(--soft)}
.wrong{display:block;margin:.375rem 0 0;color:var(--bad);font-size:.9375rem;font-weight:500}
[aria-invalid=true]{border-color:var(--bad)!important}
textarea{display:block;width:100%;min-height:5rem;margin:.375rem 0 0;padding:.625rem .875rem;font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:.75rem;resize:vertical}
summary{display:flex;align-items:center;min-height:2.75rem;color:var(--brand);font-weight:600;cursor:pointer}
summary::before{content:"+";width:1.25rem;font-size:1.25rem;line-height:1}
[open]>summary::before{content:"–"}
summary::-webkit-details-marker{display:none}
details .field:first-of-type{margin-top:.25rem}
.pay{position:sticky;bottom:0;z-index:1;margin:0 -1rem;padding:.75rem 1rem calc(.75rem + env(safe-area-inset-bottom));background:var(--page);box-shadow:0 -1px 0 var(--line)}
.pay:has(.pin),form:has([aria-invalid]) .pay{position:static}
.pay button{margin:0}
.pay button+button{margin:.5rem 0 0}
.pay .soft{margin:.5rem 0 0;font-size:.875rem;text-align:center;text-wrap:balance}
.pay .field{margin:0 0 .75rem}
html:has(.pay){scroll-padding-bottom:9rem}
form:has(input:checked:not(:default)) .pay{display:none}
form:has(input:checked:not(:default)) .update{background:var(--brand);color:var(--brand-ink);border-color:var(--brand)}
.brands{text-align:center;font-size:.875rem;text-wrap:balance}
.told{margin:0;padding:0 0 0 1.125rem}
.told li+li{margin-top:.5rem}
.after>:only-child{grid-column:1/-1}
.after{display:grid;grid-template-columns:1fr 1fr;gap:.5rem;margin:1rem 0 0}
.after button{margin:0}
.after form:only-child{grid-column:1/-1}
.number{margin:.25rem 0 .75rem;font-size:2.5rem;line-height:1.15;font-weight:750;letter-spacing:.02em;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.label{margin:1rem 0 0;color:var(--soft);font-size:.875rem;font-weight:600;letter-spacing:.02em}
.way{list-style:none;display:grid;grid-auto-flow:column;grid-auto-columns:1fr;gap:.375rem;margin:1.25rem 0 0;padding:0;font-size:.8125rem;color:var(--soft)}
.way li{padding-top:.5rem;border-top:4px solid var(--line);border-radius:2px}
.way .done{border-color:var(--good);color:var(--good);font-weight:600}
address{font-style:normal;overflow-wrap:anywhere}
@media (min-width:56rem){
main:has(.sides){max-width:54rem;padding-top:2.5rem}
.sides{display:grid;grid:"bill choose" auto "pay choose" 1fr/1fr 1fr;gap:0 1.5rem;align-items:start}
.bill{grid-area:bill}
.choose{grid-area:choose}
.pay{grid-area:pay;position:static;margin:0;padding:0;background:none;box-shadow:none}
.after{width:50%;padding-right:.75rem}
}
`;
