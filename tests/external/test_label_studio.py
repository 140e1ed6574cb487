"""A real Label Studio: import, correction through its API, export; not one offset shifted.

    PLANPARSE_LABEL_STUDIO=…/bin/label-studio pytest tests/external/test_label_studio.py

``pip install label-studio`` (in an environment of its own) first; without the variable the program is looked for on the
path, and the test skips with its reason where there is none.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

import planparse
from planparse.annotations_io import annotated, gold_record, read_annotations
from planparse.annotations_io.label_studio import CONFIG, to_task

pytestmark = pytest.mark.external
TEXT = (
    "😀云岭县人民医院2024年重点工作任务分解\n一、重点任务\n1.推进𠮷林院区日间手术🏥。日间手术占比达到15%以上。"
    "（牵头科室：医务科；责任领导：林岚；完成时限：2024年6月底前）\n2.推行预约诊疗𪚥👩‍⚕️。预约率达到80%。（责任科室：门诊部、信息科）\n3.由晨曦小组巡查😀。\n"
)
TOKEN = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    program = os.environ.get("PLANPARSE_LABEL_STUDIO") or shutil.which("label-studio")
    if not program:
        pytest.skip(
            "label-studio is not installed: pip install label-studio in an environment of its own, and set PLANPARSE_LABEL_STUDIO"
        )
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = tmp_path_factory.mktemp("label-studio")
    environment = {
        **os.environ,
        "LABEL_STUDIO_BASE_DATA_DIR": str(home),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "COLLECT_ANALYTICS": "False",
    }
    log = (home / "log").open("w")
    process = subprocess.Popen(
        [program, "start", "--no-browser", "--port", str(port), "--username", "a@example.org", "--password", "a-long-password", "--user-token", TOKEN, "--log-level", "ERROR"],
        env=environment, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(240):
            if process.poll() is not None:
                pytest.fail("label-studio ended: " + (home / "log").read_text()[-2000:])
            try:
                urllib.request.urlopen(address + "/health", timeout=2)
                break
            except (OSError, urllib.error.URLError):
                time.sleep(1)
        yield address
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def call(address: str, path: str, data=None, method=None):
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(
        address + path,
        body,
        {"Authorization": f"Token {TOKEN}", "Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or b"null")


@pytest.mark.parametrize("units", ["codepoints", "utf16"])
def test_round_trip(server, tmp_path, units):
    document = annotated(planparse.extract(TEXT))
    project = call(server, "/api/projects", {"title": units, "label_config": CONFIG})["id"]
    call(server, f"/api/projects/{project}/import", [to_task(document, units=units)])
    [task] = call(server, f"/api/tasks?project={project}&fields=all")["tasks"]
    result = call(server, f"/api/tasks/{task['id']}")["predictions"][0]["result"]
    start = TEXT.index("晨曦小组")
    added = {
        "id": "new",
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": start, "end": start + 4, "text": "晨曦小组", "labels": ["responsible"]},
    }
    last = max(
        (one for one in result if one["type"] == "labels" and one["value"]["labels"] == ["task"]),
        key=lambda one: one["value"]["start"],
    )
    link = {"type": "relation", "from_id": "new", "to_id": last["id"], "direction": "right", "labels": ["of"]}
    call(server, f"/api/tasks/{task['id']}/annotations", {"result": [*result, added, link]})
    export = call(server, f"/api/projects/{project}/export?exportType=JSON")
    (tmp_path / "export.json").write_text(json.dumps(export), "utf-8")
    [back] = read_annotations(tmp_path / "export.json")
    spans = {(m.label, m.start, m.end) for m in document.marks}
    assert {(m.label, m.start, m.end) for m in back.marks} == spans | {("responsible", start, start + 4)}
    assert len(back.links) == len(document.links) + 1
    gold, _ = gold_record(back)
    assert any("晨曦小组" in one["responsible"] for one in gold["tasks"])
