/** The style of the report's page, beside that of its charts. */
export const pageStyle: string = `
:root{color-scheme:light dark;--paper:#fff;--ground:#f3f5f8;--ink:#1c2430;--soft:#566273;--line:#d9dfe7;--link:#00568c}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:break-word}
main,footer{max-width:1160px;margin:0 auto;padding:24px 20px}
h1{font-size:1.75rem;line-height:1.2;margin:8px 0 20px}
h2{font-size:1.2rem;margin:0 0 12px}
h3{font-size:1rem;margin:0 0 10px}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin:0 0 20px}
section>:last-child{margin-bottom:0}
a{color:var(--link)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(145px,1fr));gap:12px;margin:0 0 20px}
dl div{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:10px 14px}
dt{color:var(--soft);font-size:.85rem}
dd{margin:0;font-size:1.2rem;font-weight:600;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;margin:0 0 12px;background:
linear-gradient(to left,var(--paper) 40%,transparent) right/60px 100% no-repeat local,
linear-gradient(to left,var(--line),transparent) right/20px 100% no-repeat scroll}
table{border-collapse:collapse;min-width:50%;font-size:.92rem}
th,td{padding:6px 14px 6px 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}
th,td{white-space:nowrap}
details td:last-child{white-space:normal;min-width:16em}
th{color:var(--soft);font-weight:600;border-bottom-width:2px}
.number{text-align:right;font-variant-numeric:tabular-nums}
.note,figcaption,footer{color:var(--soft);font-size:.88rem}
.contents{columns:14em;padding:0;margin:0;list-style:none}
.contents li{break-inside:avoid}
figure{margin:0 0 12px;overflow-x:auto}
.wide,.narrow{margin:0 -12px}
figure svg{display:block;max-width:100%;height:auto}
.diagram svg{max-width:none}
.narrow{display:none;max-width:480px}
summary{cursor:pointer;color:var(--link)}
figcaption{margin-top:8px}
details .scroll{margin-top:10px}
@media (max-width:760px){
main,footer{padding:12px}
section{padding:14px 12px}
.wide{display:none}
.narrow{display:block}
.narrow svg{width:100%}
details td:last-child{white-space:nowrap}
}
@media (prefers-color-scheme:dark){
:root{--paper:#171c24;--ground:#0e1218;--ink:#e6e9ef;--soft:#a3adbb;--line:#2f3742;--link:#7cc4f5}
}
@media print{
section,figure{break-inside:avoid}
body{background:none}
}
`.trim();
