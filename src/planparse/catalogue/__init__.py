"""The catalogues: which departments, indicators and persons there are, and how their names are found.

>>> from planparse.rulebook import default_rules
>>> catalogue = default_rules().compiled(build_catalogue)
>>> catalogue.department("医务处").code
'medical_affairs'
"""

from __future__ import annotations

from planparse.catalogue.entries import Catalogue, DepartmentEntry, IndicatorEntry, build_catalogue
from planparse.catalogue.forms import Forms, build_forms
from planparse.catalogue.lists import all_names, split_names
from planparse.catalogue.names import department_spans
from planparse.catalogue.offices import person_spans
from planparse.catalogue.people import people_behind, split_people
from planparse.catalogue.persons import People, PersonSpan, build_people

__all__ = [
    "Catalogue",
    "DepartmentEntry",
    "Forms",
    "IndicatorEntry",
    "People",
    "PersonSpan",
    "all_names",
    "build_catalogue",
    "build_forms",
    "build_people",
    "department_spans",
    "people_behind",
    "person_spans",
    "split_names",
    "split_people",
]
