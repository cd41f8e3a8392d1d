/**
 * The style of every chart. Blue, orange and purple, with grey, stay apart in all common forms of colour
 * blindness (after Okabe and Ito 2008), and no meaning rests on colour alone: the threshold is dashed, what was
 * found is shaded, what is known has a row of its own, curves of one kind have markers of their own.
 */
export const chartStyle: string = `
.rt-chart{color:#1c2430}
.rt-paper{fill:#fff}
.rt-chart text{fill:#1c2430}
.rt-chart .rt-heading{font-weight:600;font-size:13px}
.rt-chart .rt-label,.rt-chart .rt-tick text{fill:#566273;font-size:12px}
.rt-grid{stroke:#e4e8ee}
.rt-frame{stroke:#b9c1cc}
.rt-value{stroke:#7d8898;stroke-width:2}
.rt-reconstruction,.rt-loss,.rt-norm,.rt-rate{stroke:#0067a5;stroke-width:1.3}
.rt-score{stroke:#1c2430;stroke-width:1.2}
.rt-threshold{stroke:#c2410c;stroke-width:1.6;stroke-dasharray:6 4}
.rt-validation{stroke:#c2410c;stroke-width:1.6;stroke-dasharray:6 3}
.rt-best{fill:#c2410c;stroke:none}
.rt-found{fill:#e69f00;fill-opacity:.28}
.rt-found-row{fill:#d98f00}
.rt-known{fill:#7b3fa0}
.rt-curve-0{color:#0067a5;stroke:#0067a5;stroke-width:1.6}
.rt-curve-1{color:#c2410c;stroke:#c2410c;stroke-width:1.6}
.rt-curve-2{color:#7b3fa0;stroke:#7b3fa0;stroke-width:1.6}
.rt-curve-3{color:#00785a;stroke:#00785a;stroke-width:1.6}
.rt-curve-4{color:#8a6100;stroke:#8a6100;stroke-width:1.6}
.rt-curve-5{color:#566273;stroke:#566273;stroke-width:1.6}
@media (prefers-color-scheme:dark){
.rt-chart{color:#e6e9ef}
.rt-paper{fill:#171c24}
.rt-chart text{fill:#e6e9ef}
.rt-chart .rt-label,.rt-chart .rt-tick text{fill:#a3adbb}
.rt-grid{stroke:#2a313c}
.rt-frame{stroke:#4a5463}
.rt-value{stroke:#737d8d}
.rt-reconstruction,.rt-loss,.rt-norm,.rt-rate{stroke:#5cb8f0}
.rt-score{stroke:#e6e9ef}
.rt-threshold,.rt-validation{stroke:#ff9a5c}
.rt-best{fill:#ff9a5c}
.rt-found{fill:#f0b43c;fill-opacity:.3}
.rt-found-row{fill:#f0b43c}
.rt-known{fill:#c89bef}
.rt-curve-0{color:#5cb8f0;stroke:#5cb8f0}
.rt-curve-1{color:#ff9a5c;stroke:#ff9a5c}
.rt-curve-2{color:#c89bef;stroke:#c89bef}
.rt-curve-3{color:#4fcfa5;stroke:#4fcfa5}
.rt-curve-4{color:#e3bb4f;stroke:#e3bb4f}
.rt-curve-5{color:#a3adbb;stroke:#a3adbb}
}
`.trim();
