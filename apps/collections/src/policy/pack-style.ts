/** Of the pages of the packs: a desk, a phone, paper, light and dark. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b2430;--soft:#55606e;--paper:#f4f5f2;--card:#fff;--line:#8a94a0;--hair:#d9dcd8;--go:#0b5f57;--no:#a3201d;--no-paper:#fdeceb;--wait:#7a4b00;--wait-paper:#fdf3e0}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#aab3be;--paper:#14181d;--card:#1d232a;--line:#6d7783;--hair:#343c46;--go:#5cc9bb;--no:#ffb0aa;--no-paper:#3a1c1b;--wait:#f0c070;--wait-paper:#33270f}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:16px;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.65 system-ui,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:1080px;margin:0 auto;padding:0 32px}
header{padding-top:28px}
.brand{color:var(--soft);font-size:.94rem;margin:0}
h1{margin:6px 0 2px;font-size:1.9rem;line-height:1.3}
h2{margin:36px 0 12px;font-size:1.3rem;line-height:1.35}
h3{margin:0;font-size:1.1rem;line-height:1.4}
p{margin:0 0 10px}
.soft{color:var(--soft)}.small{font-size:.9rem}
nav.ways{display:flex;flex-wrap:wrap;gap:6px 24px;margin:14px 0 0;padding:10px 0;border-top:1px solid var(--hair);border-bottom:1px solid var(--hair)}
nav.ways span{white-space:nowrap}
a{color:var(--go)}
nav.ways a,.contents a{display:inline-block;padding:3px 0}
[aria-current]{font-weight:700}
:focus-visible{outline:3px solid var(--go);outline-offset:2px;border-radius:3px}
.caution{margin:18px 0 0;padding:10px 14px;border-left:4px solid var(--line);background:var(--card)}
.contents ol{columns:2;column-gap:40px;margin:0;padding-left:1.7em}
.contents li{break-inside:avoid}
.rule{margin:0 0 14px;padding:18px 22px;background:var(--card);border:1px solid var(--hair);border-radius:12px;break-inside:avoid}
.head{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 12px;margin-bottom:8px}
.badge{padding:1px 10px;border-radius:999px;font-size:.84rem;font-weight:600;white-space:nowrap}
.block{background:var(--no-paper);color:var(--no)}.warn{background:var(--wait-paper);color:var(--wait)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:10px 0 0;font-size:.94rem}
dt{color:var(--soft)}dd{margin:0}
dd ul{margin:0;padding:0;list-style:none}
dd li+li{margin-top:2px}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--hair)}
th,td{padding:10px 14px;border-bottom:1px solid var(--hair);text-align:left;vertical-align:top}
footer{padding-top:24px;padding-bottom:40px}
@media(max-width:700px){header,main,footer{padding-left:16px;padding-right:16px}h1{font-size:1.5rem}.contents ol{columns:1}.rule{padding:14px 16px}dl{grid-template-columns:1fr;gap:0}dt{margin-top:8px;font-size:.88rem}th,td{padding:8px 10px}nav.ways a,.contents a{padding:6px 0}}
@media print{:root{--ink:#000;--soft:#333;--paper:#fff;--card:#fff;--hair:#999;--go:#000;--no:#000;--no-paper:#fff;--wait:#000;--wait-paper:#fff}body{font-size:10.5pt}header,main,footer{max-width:none;padding:0}nav.ways,.contents,footer{display:none}.rule{border-radius:0;padding:8px 0;border-width:1px 0 0}.badge{border:1px solid #000}}
@media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}`;
