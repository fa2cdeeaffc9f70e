// The console's style sheet: that of all pages, and what lists, tables and wide screens need besides.
import { style } from '../style.ts';

export const consoleStyle = `${style}
main{max-width:60rem}
header.top{gap:1rem;margin:0 0 .5rem}
header.top p{margin:0;overflow-wrap:anywhere}
header.top b{display:block;color:var(--ink);font-size:1.0625rem}
header.top>a{width:auto;min-height:2.75rem;margin:0 0 0 auto;padding:.71875rem .75rem;border:0;font-weight:600;letter-spacing:0}
header.top form{white-space:nowrap}
header.top{gap:.25rem .5rem}
nav{display:flex;gap:.25rem;overflow-x:auto;margin:0 -1rem 1rem;padding:.25rem 1rem;border-bottom:1px solid var(--line)}
nav a{min-height:2.75rem;padding:.6875rem .75rem;border-radius:.625rem .625rem 0 0;color:var(--soft);font-weight:600;text-decoration:none;white-space:nowrap}
nav a[aria-current]{color:var(--brand);box-shadow:inset 0 -3px 0 var(--brand)}
.filters{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1rem}
.filters a{padding:.5rem .875rem;min-height:2.75rem;border:1px solid var(--line);border-radius:1.5rem;color:var(--soft);text-decoration:none;font-size:.9375rem;background:var(--card)}
.filters a[aria-current]{color:var(--brand-ink);background:var(--brand);border-color:var(--brand)}
.head{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.5rem 1rem;margin:0 0 .75rem}
.head h1{font-size:1.5rem;margin:0}
.tools{display:flex;flex-wrap:wrap;gap:.5rem}
.tools .button,.tools button{width:auto;margin:0;min-height:2.75rem;padding:.5rem 1rem}
ol.list{list-style:none;margin:0 0 1rem;padding:0;background:var(--card);border:1px solid var(--line);border-radius:1rem;overflow:hidden}
ol.list li+li{border-top:1px solid var(--line)}
ol.list a,ol.list .row{display:grid;grid-template-columns:1fr auto;gap:.125rem 1rem;padding:.75rem 1rem;color:inherit;text-decoration:none}
ol.list a:hover{background:var(--page)}
ol.list.pictured a{grid-template-columns:3rem 1fr auto}
ol.list img,.thumb{width:3rem;height:3rem;object-fit:cover;border-radius:.625rem;background:var(--page);grid-row:span 2}
img.picture{display:block;max-width:100%;border-radius:.75rem}
.title{font-weight:650;overflow-wrap:anywhere}
.right{text-align:right;font-variant-numeric:tabular-nums}
.small-print{color:var(--soft);font-size:.875rem;overflow-wrap:anywhere}
.pill{display:inline-block;padding:.0625rem .625rem;border-radius:1rem;font-size:.8125rem;font-weight:650;background:var(--page);color:var(--soft);border:1px solid var(--line)}
.pill.todo{background:var(--brand);color:var(--brand-ink);border-color:var(--brand)}
.pill.good{background:var(--good-bg);color:var(--good);border-color:transparent;margin:0}
.pill.bad{background:var(--bad-bg);color:var(--bad);border-color:transparent;margin:0}
@keyframes arrive{from{background:var(--good-bg);box-shadow:inset 4px 0 0 var(--good)}to{background:none}}
li.new{animation:arrive 8s ease-out}
.live{color:var(--soft);font-size:.875rem;min-height:1.5em}
.live::before{content:"";display:inline-block;width:.5rem;height:.5rem;border-radius:50%;background:var(--line);margin-right:.5rem}
.live.on::before{background:var(--good)}
.live.off::before{background:var(--bad)}
.columns{display:grid;gap:0 1rem;align-items:start}
@media (min-width:46rem){.columns{grid-template-columns:3fr 2fr}.pair{display:grid;grid-template-columns:1fr 1fr;gap:0 1rem}}
table{width:100%;border-collapse:collapse;font-size:.9375rem}
th{font-weight:600;text-align:left;color:var(--soft)}
h3{font-size:1rem;margin:0 0 .25rem}
td,th{padding:.5rem 0;vertical-align:top;overflow-wrap:anywhere}
td+td,th+th{padding-left:.75rem}
tr+tr td,tr+tr th{border-top:1px solid var(--line)}
td.right,th.right{text-align:right;white-space:nowrap}
th.narrow{white-space:nowrap}
tr.sum td,tr.sum th{font-weight:700;color:inherit}
ol.story{list-style:none;margin:0;padding:0;font-size:.9375rem}
ol.story li{padding:.375rem 0 .375rem 1rem;border-left:2px solid var(--line);overflow-wrap:anywhere}
ol.story time{display:block;color:var(--soft);font-size:.8125rem}
textarea,input[type=search],input[type=url],input[type=file],input[type=number]{display:block;width:100%;min-height:3rem;margin:.375rem 0 0;padding:.625rem .875rem;font:inherit;font-weight:400;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:.75rem}
textarea{min-height:6rem;resize:vertical}
label.field small,.hint{display:block;color:var(--soft);font-weight:400;font-size:.875rem}
label.field input,label.field select{font-weight:400}
label.field+label.choice,.pair+label.choice{margin-top:.5rem}
.wrong{color:var(--bad);font-weight:600;font-size:.875rem;margin:.375rem 0 0}
section.part{margin:1.5rem 0}
section.part>form.inline{margin:0 0 1rem}
form.inline{display:flex;flex-wrap:wrap;gap:.5rem;align-items:end}
form.inline>label{flex:1 1 10rem;margin:0}
form.inline button{width:auto;margin:0}
button.danger{background:none;color:var(--bad);border:1px solid var(--bad)}
@media (max-width:26rem){nav{display:grid;grid-template-columns:repeat(4,1fr);gap:0;padding:.25rem .5rem}nav a{padding:.75rem .25rem;font-size:.9375rem;text-align:center}form.inline>label{flex-basis:14rem}}
@media (max-width:35rem){ol.orders a{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.125rem .75rem}ol.orders .title:first-child{flex:1 1 60%}ol.orders a>:nth-child(3){flex-basis:100%}ol.orders a>:nth-child(4){order:1;margin-left:auto}}
@media (max-width:45.99rem){.order>div{display:contents}.order .about{order:-1}}
details{border-top:1px solid var(--line);margin-top:1rem;padding-top:.25rem}
.card>details:only-child{border:0;margin:-.75rem 0;padding:0}
.card>details[open]:only-child{margin-bottom:0}
summary{padding:.75rem 0;min-height:2.75rem;font-weight:600;cursor:pointer}
.code{font:600 1.25rem/1.4 ui-monospace,monospace;letter-spacing:.06em;overflow-wrap:anywhere;user-select:all}
.code.long{font-size:1rem;letter-spacing:0}
code{font:.875em/1.5 ui-monospace,monospace;overflow-wrap:anywhere}
.ticks{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr));gap:.5rem}
.ticks label.choice{margin:0}
.ticks small{display:block;color:var(--soft)}
fieldset{margin:1rem 0 0}
.thing{border-top:1px solid var(--line);padding:1rem 0 .25rem}
.thing:first-of-type{border-top:0;padding-top:0}
.thing .head{align-items:start;margin:0}
.thing p{margin:.25rem 0}
.thing details{border:0;margin:0;padding:0}
.intro{margin:0 0 1rem}
.acts{display:flex;flex-wrap:wrap;gap:0 1.5rem}
.acts details{flex:0 1 auto;min-width:6rem}
.acts details[open]{flex-basis:100%}
.card>details:last-child:not(:only-child){margin-bottom:-.75rem}
.answer{padding:.375rem .75rem;border-left:2px solid var(--line);font:.8125rem/1.5 ui-monospace,monospace;white-space:pre-wrap;overflow-wrap:anywhere}
.empty{text-align:center;padding:2.5rem 1.25rem}
main .card>:first-child:not([type=hidden],details),main .card>[type=hidden]+label.field,main .card>[type=hidden]+p{margin-top:0}
a{color:var(--brand)}
dd a{display:inline-block;min-height:2.75rem;min-width:2.75rem;padding:.625rem 0;margin:-.625rem 0}
a.button{color:var(--brand-ink)}a.button.quiet{color:var(--brand)}
.more{text-align:center}
`;
