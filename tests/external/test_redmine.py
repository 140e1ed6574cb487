"""Redmine's own importer (its IssueImport model, by rails runner, rolled back afterwards) reads the CSV."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from officeplans import hostile_plan, office_plan

from planparse.export import write

pytestmark = pytest.mark.external

_ROOT = Path(os.environ.get("PLANPARSE_REDMINE", "/usr/share/redmine"))
_RUNNER = """
require 'json'
report = []
ActiveRecord::Base.transaction do
  user = User.where(admin: true).first
  user.language = 'zh'
  User.current = user
  tracker = Tracker.first
  names = %w(牵头科室 责任科室 配合科室 责任领导 量化指标 完成时限 任务编码)
  fields = names.map { |n| IssueCustomField.create!(name: n, field_format: 'text', is_for_all: true, trackers: [tracker], editable: true) }
  ARGV.each_with_index do |path, k|
    project = Project.create!(name: "p#{k}", identifier: "p#{k}planparse", trackers: [tracker], enabled_module_names: ['issue_tracking'])
    import = IssueImport.new
    import.user = user
    import.file = File.open(path, 'rb')
    import.set_default_settings
    # as a person does in the wizard: its own guess looks at 256 bytes, which may end inside a character
    import.settings = import.settings.merge('date_format' => '%Y-%m-%d', 'encoding' => path.end_with?('gb.csv') ? 'GB18030' : 'UTF-8')
    import.save!
    labels = IssueImport::AUTO_MAPPABLE_FIELDS.map { |key, label| [I18n.t(label, locale: :zh), key] }.to_h
    mapping = {'project_id' => project.id, 'tracker' => "value:#{tracker.id}"}
    headers = import.headers
    headers.each_with_index do |h, i|
      mapping[labels[h]] = i.to_s if labels[h]
      field = fields.find { |f| f.name == h }
      mapping["cf_#{field.id}"] = i.to_s if field
    end
    auto = mapping.keys
    import.settings = import.settings.merge('mapping' => mapping)
    import.parse_file
    import.save!
    import.run
    issues = import.saved_objects.to_a
    report << {
      auto: auto, total: import.total_items,
      unsaved: import.unsaved_items.map { |i| i.message },
      issues: issues.map { |i| i.reload; {subject: i.subject, parent: i.parent && i.parent.subject, start: i.start_date, due: i.due_date, description: i.description,
        fields: i.custom_field_values.map { |v| [v.custom_field.name, v.value.to_s] }.to_h} }
    }
    import.destroy
  end
  raise ActiveRecord::Rollback
end
puts "REPORT" + report.to_json
"""


def test_redmine_imports_hierarchy_dates_and_departments(tools, tmp_path):
    rails = _ROOT / "bin" / "rails"
    if not rails.exists():
        pytest.skip(
            "Redmine is not installed: apt-get install --no-install-recommends redmine redmine-sqlite, or PLANPARSE_REDMINE names its folder"
        )
    write([office_plan()], tmp_path / "a.csv", "redmine")
    write([office_plan()], tmp_path / "gb.csv", "redmine", encoding="gb18030")
    write([hostile_plan()], tmp_path / "c.csv", "redmine")
    (tmp_path / "run.rb").write_text(_RUNNER, "utf-8")
    env = {**os.environ, "RAILS_ENV": "production", "X_DEBIAN_SITEID": "default", "LANG": "C.UTF-8"}
    files = [str(tmp_path / name) for name in ("a.csv", "gb.csv", "c.csv")]
    out = tools.run([str(rails), "runner", str(tmp_path / "run.rb"), *files], env=env, cwd=str(_ROOT)).stdout
    utf8, gb, evil = json.loads(out.split("REPORT", 1)[1])
    assert {
        "unique_id",
        "subject",
        "description",
        "assigned_to",
        "parent_issue_id",
        "start_date",
        "due_date",
    } <= set(utf8["auto"])
    for one in (utf8, gb):
        assert (one["total"], one["unsaved"]) == (7, [])
        rows = {row["subject"]: row for row in one["issues"]}
        assert rows["推行分时段预约"]["parent"] == "门诊服务"
        assert rows["门诊服务"]["parent"] == "主要任务"
        assert rows["推行分时段预约"]["due"] == "2024-06-30"
        assert (rows["规范床位调配"]["start"], rows["规范床位调配"]["due"]) == ("2024-09-01", "2024-12-31")
        assert rows["加强院感防控"]["due"] is None
        assert rows["规范床位调配"]["fields"]["牵头科室"] == "医务科、护理部"
        assert "牵头科室：未明确" in rows["加强院感防控"]["description"]
    assert evil["unsaved"] == []
    assert evil["issues"][-1]["subject"].startswith("'=HYPERLINK(")
