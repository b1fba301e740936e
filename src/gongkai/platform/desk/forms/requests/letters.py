"""The form of a letter: its places in their order, as gongkai.platform.cases.letters.fields declares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from gongkai.law import periods
from gongkai.platform.cases.letters.contents import demanded
from gongkai.platform.cases.letters.fields import Field, Kind
from gongkai.platform.desk.forms.editing import day_field

SPARE = 2  # 每张表至少多出的空行
MOST = 60
_LAW = {"answer_by": _("补正期限"), "workdays": _("延长几个工作日"), "until": _("延迟答复至")}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table in the form."""

    cells: tuple[tuple[str, str, str], ...]  # 名称、栏、值


@dataclass(frozen=True, slots=True)
class Table:
    """A place that holds rows."""

    name: str
    id: str
    hint: str
    required: bool
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    errors: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()  # “依据”一栏的选项


class LetterForm(forms.Form):
    """Every place that a person fills in; nothing is required of a draft."""

    def __init__(
        self, places: Sequence[Field], values: Mapping[str, Any], law_field: str, law: Mapping[str, Any], typed: MultiValueDict[str, Any] | None = None,
        grounds: Sequence[tuple[str, str]] = (),
    ) -> None:  # fmt: skip
        super().__init__(typed, auto_id="letter_%s")
        self.places, self.values, self.law_field, self.grounds = tuple(places), values, law_field if law_field in _LAW else "", tuple(grounds)
        for number, place in enumerate(self.places):
            if place.kind is not Kind.ROWS:
                self.fields[f"p{number}"] = _field(place, values.get(place.name, ""))
        if self.law_field:
            self.fields["law"] = _law_field(self.law_field, law.get(self.law_field))

    def given(self) -> dict[str, Any]:
        """What was typed, by the names of the places."""
        told: dict[str, Any] = {}
        for number, place in enumerate(self.places):
            told[place.name] = self._rows(number, place) if place.kind is Kind.ROWS else self.cleaned_data.get(f"p{number}") or ""
        return told

    def law(self) -> dict[str, Any] | None:
        value = self.cleaned_data.get("law") if self.law_field else None
        return {self.law_field: value} if value not in (None, "") else None

    def add_refused(self, wrong: Mapping[str, str]) -> None:
        """Each sentence of a refusal beside its place."""
        names = {place.name: f"p{number}" for number, place in enumerate(self.places)}
        for name, sentence in wrong.items():
            field = names.get(name, "law" if name == self.law_field else "")
            self.add_error(field if field in self.fields else None, sentence)

    def shown(self) -> Iterator[dict[str, object]]:
        """The places in their order: fields and tables."""
        if self.law_field:
            yield {"field": self["law"], "name": "law"}
        for number, place in enumerate(self.places):
            if place.kind is Kind.ROWS:
                yield {"table": self._table(number, place), "name": place.name}
            else:
                yield {"field": self[f"p{number}"], "name": place.name, "needed": place.required}

    def contents(self, key: str) -> list[dict[str, object]]:
        """必备内容: what the law demands of this letter, and by which places it is said."""
        asked = {place.name: f"p{number}" for number, place in enumerate(self.places)}
        found: list[dict[str, object]] = []
        for content, said in demanded(key).items():
            names = {name for text in said for name in _named(text)}
            found.append({"words": content, "places": sorted({asked[name] for name in names if name in asked})})
        return found

    def _rows(self, number: int, place: Field) -> list[dict[str, str]]:
        rows = []
        for line in range(MOST):
            row = {column: str(self.data.get(f"p{number}_{line}_{at}", "")).strip() for at, column in enumerate(place.columns)}
            if any(row.values()):
                rows.append(row)
        return rows

    def _table(self, number: int, place: Field) -> Table:
        held = self._rows(number, place) if self.is_bound else list(self.values.get(place.name) or [])
        lines = [
            Line(tuple((f"p{number}_{line}_{at}", column, str(row.get(column, ""))) for at, column in enumerate(place.columns)))
            for line, row in enumerate([*held, *({} for _each in range(SPARE if len(held) + SPARE <= MOST else 0))])
        ]
        return Table(place.name, f"p{number}", place.hint, place.required, place.columns, tuple(lines), (), self.grounds if "依据" in place.columns else ())


def _named(text: str) -> list[str]:
    """The names in {{…}} of a demanded text, without their columns."""
    return [part.split("}}")[0].split(".")[0] for part in text.split("{{")[1:]]


def _field(place: Field, value: Any) -> forms.Field:
    if place.kind is Kind.DATE:
        field = day_field(place.name, place.hint)
        field.initial = value or None
        return field
    rows = min(12, max(3, str(value).count("\n") + 2))
    widget = forms.Textarea({"rows": rows}) if place.kind is Kind.LONG else forms.TextInput()
    return forms.CharField(label=place.name, help_text=place.hint, required=False, max_length=place.most, widget=widget, initial=value)


def _law_field(name: str, value: Any) -> forms.Field:
    if name == "workdays":
        most = periods.EXTENSION.length
        hint = _("1 至 %(most)s 个工作日（条例第三十三条第二款）。") % {"most": most}
        return forms.IntegerField(label=_LAW[name], min_value=1, max_value=most, initial=value or most, help_text=hint)
    field = day_field(_LAW[name], required=True)
    field.initial = value
    return field
