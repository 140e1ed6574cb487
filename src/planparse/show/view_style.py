"""The style of the document view: text left, records right; below each other on a phone and on paper."""

from __future__ import annotations

from planparse.show.html import SANS, TITLE

STYLE = f"""
*{{box-sizing:border-box}}
html{{-webkit-text-size-adjust:100%;scroll-padding-top:12vh}}
body{{margin:0;font:15px/1.75 {SANS};color:#1a1a1a;background:#f4f5f7}}
a{{color:inherit}}
a:focus-visible,[tabindex]:focus-visible{{outline:3px solid #d9762b;outline-offset:1px}}
.skip{{position:fixed;right:10px;bottom:10px;z-index:5;display:flex;gap:1px;border-radius:6px;overflow:hidden;box-shadow:0 1px 5px #0004}}
.skip a{{background:#22406a;color:#fff;padding:8px 13px;text-decoration:none;font-size:14px;line-height:1.3}}
header{{background:#fff;border-bottom:1px solid #d5dae1;padding:14px 20px 10px}}
h1{{font:700 22px/1.4 {TITLE};margin:0}}
header p{{margin:2px 0 6px;color:#555;font-size:13px;overflow-wrap:anywhere}}
.legend{{display:flex;flex-wrap:wrap;gap:4px 14px;margin:0;padding:0;list-style:none;font-size:13px}}
.panes{{display:grid;grid-template-columns:minmax(0,3fr) minmax(330px,2fr);align-items:start}}
main{{padding:18px 26px 60vh;background:#fff;border-right:1px solid #d5dae1;min-height:100vh}}
main p{{margin:0 0 .35em;white-space:pre-wrap;overflow-wrap:anywhere;content-visibility:auto;contain-intrinsic-size:auto 28px}}
aside{{position:sticky;top:0;max-height:100vh;overflow:auto;padding:12px 16px 50vh}}
.in{{background:#f3f6fa}}
.n{{display:inline-block;min-width:1.5em;padding:0 .3em;margin-right:.25em;border-radius:3px;background:#22406a;color:#fff;font-size:11px;line-height:1.5;text-align:center;text-decoration:none;vertical-align:.12em}}
.m{{border-bottom:2px solid;text-decoration:none;padding:0 1px;border-radius:2px 2px 0 0;-webkit-box-decoration-break:clone;box-decoration-break:clone}}
.task{{background:#f3f6fa;border-color:#22406a}}
.lead{{background:#fbe3e1;border-color:#b3261e}}
.responsible{{background:#dfeaf7;border-color:#2b6cb0}}
.support{{background:#e7e7ea;border-color:#6b7280}}
.leader{{background:#eee2f5;border-color:#7b3fa0}}
.deadline{{background:#fdebd3;border-color:#c77700}}
.target{{background:#e0f1dc;border-color:#3f8f2f}}
.repair{{background:#fffbd6;border-color:#b5a200;border-bottom-style:dotted}}
:target{{outline:3px solid #d9762b;outline-offset:2px;border-radius:3px}}
h2{{font-size:15px;margin:14px 0 8px;color:#22406a}}
article{{background:#fff;border:1px solid #d5dae1;border-radius:6px;padding:9px 12px;margin:0 0 8px;font-size:13.5px;line-height:1.6;content-visibility:auto;contain-intrinsic-size:auto 170px}}
h3{{font-size:14.5px;margin:0;line-height:1.5;overflow-wrap:anywhere}}
h3 a{{display:inline-block;min-width:1.6em;text-align:center;background:#22406a;color:#fff;border-radius:3px;text-decoration:none;font-size:12px;padding:0 .3em}}
.path,.place{{margin:1px 0;color:#666;font-size:12px;overflow-wrap:anywhere}}
.why{{margin:4px 0 2px;color:#8a3b00;font-size:12.5px}}
dl{{display:grid;grid-template-columns:4.6em 1fr;margin:5px 0 2px;gap:2px 6px}}
dt{{color:#555}}dd{{margin:0;overflow-wrap:anywhere}}dd .m{{margin-right:8px}}
table{{border-collapse:collapse;width:100%;background:#fff;font-size:13px}}th,td{{border:1px solid #d5dae1;padding:3px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}}th{{background:#e6ebf2}}
@media (max-width:820px){{.panes{{grid-template-columns:minmax(0,1fr)}}main{{padding:12px 14px 24px;border:0;min-height:0}}aside{{position:static;max-height:none;padding-bottom:90px}}header{{padding:10px 14px}}h1{{font-size:18px}}body{{font-size:16px}}}}
@media print{{.skip{{display:none}}.panes{{display:block}}aside{{position:static;max-height:none;overflow:visible;padding:0}}main{{padding:0;min-height:0}}article{{break-inside:avoid}}body{{background:#fff;font-size:10.5pt}}}}
"""
