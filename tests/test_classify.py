"""The sentence classifier: equal to scikit-learn's own, fast to load, sensible at the edges."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.classify import CLASSES, SentenceModel, packed, pieces, prepared, sentence_classes
from planparse.train_sentences import (
    Labelled,
    TrainError,
    accuracy,
    fit_sentences,
    read_labelled,
    score_sentences,
    sklearn_pieces,
    sklearn_sentences,
)
from planparse.weights import FOLDER, MissingWeights, load_weights, models_folder

LABELLED = Path(__file__).parent.parent / "corpora" / "labelled"


@pytest.fixture(scope="module")
def train() -> list[Labelled]:
    return read_labelled(LABELLED / "train.tsv")


@pytest.fixture(scope="module")
def test() -> list[Labelled]:
    return read_labelled(LABELLED / "test.tsv")


def test_prediction_equals_scikit_learn(train: list[Labelled], test: list[Labelled]) -> None:
    some = train[::12]
    vectorizer, reference = sklearn_sentences(some)
    model = SentenceModel.of(fit_sentences(some))
    sentences = [row.sentence for row in test[:200]] + ["", "。", "￿" * 3, "要" * 500]
    expected = reference.predict_proba(vectorizer.transform(sentences))
    order = [list(reference.classes_).index(name) for name in model.classes]
    for sentence, row in zip(sentences, expected, strict=True):
        found = model.probabilities(sentence)
        assert [found[name] for name in model.classes] == pytest.approx([row[k] for k in order], abs=1e-5)


def test_packaged_weights_are_those_of_the_corpora(train: list[Labelled]) -> None:
    vectorizer = sklearn_pieces().fit(row.sentence for row in train)
    kept = load_weights("sentences")
    assert kept["pieces"] == sorted(vectorizer.vocabulary_), (
        "corpora/labelled has changed: run `planparse train`"
    )
    squares = [packed([vectorizer.idf_[vectorizer.vocabulary_[piece]] ** 2]) for piece in kept["pieces"]]
    assert [int(row, 16) & (1 << 40) - 1 for row in kept["rows"]] == squares


def test_held_out_accuracy(test: list[Labelled]) -> None:
    _, confusion = score_sentences(SentenceModel.of(load_weights("sentences")), test)
    to_do = ("task", "target")
    assert accuracy(confusion) > 0.78
    assert sum(n for (a, b), n in confusion.items() if (a in to_do) == (b in to_do)) / confusion.total() > 0.9


def test_halves_share_no_sentence(train: list[Labelled], test: list[Labelled]) -> None:
    assert not {row.sentence for row in train} & {row.sentence for row in test}
    assert len(train) + len(test) > 2000
    assert {row.label for row in test} == set(CLASSES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_has_probabilities(sentences: list[str]) -> None:
    found = sentence_classes(sentences)
    assert len(found) == len(sentences)
    for one in found:
        assert set(one) == set(CLASSES)
        assert sum(one.values()) == pytest.approx(1.0)
        assert all(0 <= value <= 1 for value in one.values())


def test_same_sentence_same_answer_whatever_stands_beside_it() -> None:
    alone = sentence_classes(["医务科要在6月底前完成自查。"])[0]
    assert sentence_classes(["前一句。", "医务科要在6月底前完成自查。", "后一句。"])[1] == alone


def test_blanks_and_figures_do_not_matter() -> None:
    assert prepared("药占比 降至27.5%") == prepared("药占比降至 3%")
    assert pieces("") == {"#0"}


def test_a_long_text_takes_no_longer_than_its_beginning() -> None:
    start = time.process_time()
    sentence_classes(["要高度重视" * 200_000])
    assert time.process_time() - start < 5


def test_prediction_imports_neither_scikit_learn_nor_numpy() -> None:
    code = (
        "import sys, planparse.classify as c; c.sentence_classes(['要完成自查']); "
        "assert not {'sklearn', 'numpy', 'scipy', 'pandas'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_packed_refuses_what_it_cannot_hold() -> None:
    with pytest.raises(ValueError, match="between -64 and 64"):
        packed([1.0, 64.5])


def test_missing_weights_say_where_they_were_sought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "none"))
    with pytest.raises(MissingWeights, match="planparse train"):
        models_folder()
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(MissingWeights, match=r"sentences\.json"):
        load_weights("sentences")
    (tmp_path / "sentences.json").write_text("[1]", "utf-8")
    with pytest.raises(MissingWeights, match="given list"):
        load_weights("sentences")


def test_malformed_labels_are_told_all_at_once(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text(
        "label\thow\tkind\tdocument\tsentence\ntask\tgold\tplan\ta\t好。\nnonsense\tgold\tplan\ta\t坏。\nshort\n",
        "utf-8",
    )
    with pytest.raises(TrainError) as fault:
        read_labelled(path)
    assert "line 3" in str(fault.value)
    assert "line 4" in str(fault.value)
