"""The style of the wall chart: A3 landscape on paper, a scrolling table on a screen."""

from __future__ import annotations

from planparse.show.html import SANS, TITLE

_TASK = 230  # pixels of the task's column, at least

STYLE = f"""
@page{{size:A3 landscape;margin:10mm 10mm 12mm;@bottom-center{{content:"第 " counter(page) " 页，共 " counter(pages) " 页";font:9pt {SANS};color:#555}}}}
*{{box-sizing:border-box}}
html{{-webkit-print-color-adjust:exact;print-color-adjust:exact;-webkit-text-size-adjust:100%}}
body{{margin:0;padding:14px 16px;font:13px/1.4 {SANS};color:#1a1a1a;background:#fff}}
header{{margin-bottom:8px}}
h1{{font:700 26px/1.3 {TITLE};text-align:center;margin:0 0 6px;letter-spacing:.06em}}
h1 span{{white-space:nowrap}}
.legend{{display:flex;flex-wrap:wrap;justify-content:center;gap:4px 18px;margin:0;padding:0;list-style:none;font-size:13px;color:#333}}
.legend i{{display:inline-block;width:26px;height:8px;background:#5b7fa6;vertical-align:middle}}
.legend i.until{{height:12px;width:20px;background:linear-gradient(#5b7fa6,#5b7fa6) 0 50%/100% 2px no-repeat;border-right:4px solid #5b7fa6}}
.defs{{position:absolute;width:0;height:0}}
.sheet{{overflow-x:auto}}
table{{border-collapse:collapse;width:100%;table-layout:fixed}}
col.n{{width:38px}}col.g{{width:15%}}col.d{{width:22px}}col.o{{width:8%}}col.x{{width:17%}}col.w{{width:112px}}col.z{{width:104px}}
th,td{{border:1px solid #b9c0c9;padding:3px 4px;vertical-align:middle;overflow-wrap:anywhere;text-align:left;font-weight:400}}
thead th{{background:#22406a;color:#fff;font-weight:700;text-align:center;position:sticky;top:0;z-index:1}}
td:first-child{{text-align:center;color:#555;font-variant-numeric:tabular-nums}}
td:nth-child(2){{font-weight:600}}
th.dep{{padding:5px 0;vertical-align:bottom}}
th.dep span{{writing-mode:vertical-rl;text-orientation:upright;letter-spacing:.02em;line-height:1.1;display:inline-block;max-height:11em;white-space:nowrap;overflow:hidden;font-size:12px}}
td.l,td.m,td.n{{text-align:center;padding:0;font-size:14px;line-height:1}}
td.l{{color:#b3261e;background:#fdf0ef}}td.m{{color:#22406a}}td.n{{color:#5a5a5a}}
.band th{{background:#e6ebf2;color:#22406a;font-weight:700;padding:3px 8px}}
.axis{{padding:0}}
thead .axis{{padding:4px 0 2px}}
td.axis svg{{display:block;width:100%;height:20px}}
.ticks{{display:flex;font-weight:400;font-size:10.5px}}.ticks i{{flex:1;font-style:normal;text-align:center;min-width:0}}
.grid{{stroke:#dde2e9;stroke-width:1;vector-effect:non-scaling-stroke;fill:none}}
.now{{stroke:#b3261e;stroke-width:1.5;stroke-dasharray:3 2;vector-effect:non-scaling-stroke;fill:none}}
.k0{{fill:#8c96a3;stroke:#8c96a3}}.k1{{fill:#3b76b5;stroke:#3b76b5}}.k2{{fill:#c99a2e;stroke:#c99a2e}}.k3{{fill:#5d9440;stroke:#5d9440}}
.late{{fill:#b3261e;stroke:#b3261e}}.soon{{fill:#d9762b;stroke:#d9762b}}
rect{{stroke:none}}
.r{{fill:none;stroke-width:3;stroke-dasharray:3 5;vector-effect:non-scaling-stroke}}
small{{display:block;color:#444;font-size:11.5px;font-variant-numeric:tabular-nums;white-space:nowrap}}
small.who{{white-space:normal;font-weight:400}}
.none{{color:#767676;font-style:normal}}
.s{{display:inline-block;padding:1px 6px;border:1px solid;border-radius:3px;font-weight:600;font-size:12px;line-height:1.35;white-space:nowrap;margin:1px 2px 1px 0}}
.s0{{background:#f1f2f4;color:#4a5058}}.s1{{background:#dce9f7;color:#174a80}}.s2{{background:#fff2cc;color:#6b5200}}.s3{{background:#e2f0d9;color:#2f5a1b}}
.a-late{{background:#b3261e;color:#fff;border-color:#b3261e}}.a-soon{{background:#fce4d6;color:#8a3b00}}
tr.gone td{{color:#767676}}em.gone{{font-style:normal;font-weight:400;font-size:11.5px;color:#767676;margin-left:6px}}
.whole{{margin-top:12px}}.whole h2{{font:700 15px {SANS};margin:0 0 4px;color:#22406a}}.whole ul{{margin:0;padding:0;list-style:none;columns:3 260px}}.whole li{{padding:1px 0;break-inside:avoid}}
@media print{{
body{{padding:0;font-size:9pt}}h1{{font-size:22pt}}.legend{{font-size:9.5pt}}.sheet{{overflow:visible}}table{{min-width:0}}
thead{{display:table-header-group}}thead th{{position:static}}tr{{break-inside:avoid}}.band{{break-after:avoid}}
small{{font-size:8pt}}.s{{font-size:8.5pt;padding:0 4px}}td.l,td.m,td.n{{font-size:10.5pt}}th.dep span{{font-size:8.5pt}}.ticks{{font-size:7.5pt}}
col.n{{width:8mm}}col.d{{width:5mm}}col.w{{width:27mm}}col.z{{width:26mm}}
}}
@media (max-width:640px){{body{{padding:8px}}h1{{font-size:19px}}}}
"""


def least_width(departments: int, rest: bool, axis: bool) -> str:
    r"""Return the rule that keeps the columns legible on a narrow screen: there the table scrolls.

    >>> least_width(4, False, True)
    '@media screen{table{min-width:1180px}}\n'
    """
    given = 38 + _TASK + 22 * departments + 112 + 104
    shares = 0.15 + (0.08 if rest else 0) + (0.17 if axis else 0)
    return f"@media screen{{table{{min-width:{max(1180, round(given / (1 - shares)))}px}}}}\n"
