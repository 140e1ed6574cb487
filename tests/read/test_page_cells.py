"""Lines of a ruled cell: broken for want of room, or on purpose."""

from __future__ import annotations

from planparse.read.page_cells import cell_of, padding_of
from planparse.read.page_lines import Run

SIZE = 10.0
WIDTH = 110.0


def lines(text: str, *, indent: float = 0.0) -> list[Run]:
    """Return the lines of a cell, parted by bars, of letters of 10 points."""
    out = []
    for n, line in enumerate(text.split("|")):
        left = 5 + (indent if not n else 0)
        wide = sum(0.55 if char.isascii() else 1.0 for char in line) * SIZE
        out.append(Run(line, left, left + wide, 10 + 14 * n, SIZE, 1))
    return out


def read(text: str, *others: str, indent: float = 0.0) -> str:
    found = lines(text, indent=indent)
    padding = padding_of((one, WIDTH) for one in (found, *map(lines, others)))
    return cell_of(found, (WIDTH, 200), 1, padding).text


FULL = "推进日间手术管理制度|建设"


def test_a_line_without_room_goes_on() -> None:
    assert read(FULL) == "推进日间手术管理制度建设"
    assert read("医务科、护理部、门诊|部", FULL) == "医务科、护理部、门诊部"
    assert read("日间手术占比要达到|95%以上", FULL) == "日间手术占比要达到95%以上"


def test_lines_with_room_were_broken_on_purpose() -> None:
    assert read("针灸科|康复科", FULL) == "针灸科\n康复科"
    assert read("修订护理常规|组织演练", FULL) == "修订护理常规\n组织演练"


def test_a_table_without_a_full_line_tells_no_padding() -> None:
    assert padding_of([(lines("针灸科|康复科"), WIDTH), (lines("护理部"), WIDTH)]) is None


def test_an_item_below_a_full_line_without_stop() -> None:
    assert (
        read("建设针灸康复区域中心|1.引进机器人|2.通过验收", FULL)
        == "建设针灸康复区域中心\n1.引进机器人\n2.通过验收"
    )
    assert read("建设针灸康复区域中心|①引进机器人", FULL) == "建设针灸康复区域中心\n①引进机器人"
    assert read("按期完成整改方案中第|3、4项任务", FULL) == "按期完成整改方案中第3、4项任务"
    assert read("全年组织下乡义诊巡讲|12）次以上", FULL) == "全年组织下乡义诊巡讲12）次以上"


def test_the_first_line_of_a_paragraph_moved_in_is_full() -> None:
    assert read("推进日间手术管理|制度建设并完善", FULL, indent=20) == "推进日间手术管理制度建设并完善"
