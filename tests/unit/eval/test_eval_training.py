import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.cross_encoder import load_cross_encoder, tokens_of
from assistant.indexing.networks import padded
from eval.cli import main
from eval.datasets import DECISION, SPLITS, read_reading_questions
from eval.errors import DataMissing, InvalidData
from eval.training.carried import carried
from eval.training.export import export
from eval.training.fine_tuning import Plan, ReadingNetwork, batches, fine_tune, judged
from eval.training.foundation import END, UNKNOWN, E5File, foundation, kept_pieces, read_e5, tokenizer_of
from eval.training.own_pairs import FURTHER, READING, Compact
from eval.training.pairs import Pair
from eval.training.public_pairs import passages_of, public_pairs, shared
from eval.training.run import WEIGHTS, average, taught

CORPUS = Path(__file__).parents[3] / "corpus"


def lowest(layers: int) -> E5File:
    """The embedder's network with its lowest layers only: the rest would take its time to learn the same."""
    return replace(read_e5(), layers=layers)


@pytest.mark.parametrize(("name", "least"), [("reading", 19_000), ("further", 3_000), ("rules", 700), ("plans", 500)])
def test_every_stretch_of_the_training_questions_stands_in_its_document(name, least):
    folder = READING.parent / name
    texts = {path.stem: Compact(path.read_text(encoding="utf-8")) for path in (folder / "documents").glob("*.txt")}
    texts["panzhihua-2020-07-30"] = Compact((CORPUS / "panzhihua-2020-07-30.txt").read_text(encoding="utf-8"))
    questions = read_reading_questions(folder / "questions.jsonl")
    lost = [
        stretch
        for asked in questions
        for stretch in (*asked.evidence, *asked.also, *asked.near)
        if texts[asked.document].find(stretch) is None
    ]
    assert not lost
    assert len({(asked.document, asked.text) for asked in questions}) == len(questions) > least


def test_no_question_of_the_decision_is_trained_on_that_is_measured_on():
    def bare(text: str) -> str:
        return "".join(character for character in text.lower() if character.isalnum())

    measured = {
        bare(json.loads(line)["question"])
        for split in SPLITS
        for line in (DECISION / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    }
    trained = read_reading_questions(READING / "questions.jsonl")
    assert not [q.text for q in trained if q.document == "panzhihua-2020-07-30" and bare(q.text) in measured]


def test_what_is_trained_on_fitted_on_and_measured_on_is_apart():
    def texts(*folders: Path) -> set[str]:
        return {path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.txt")}

    train, data = READING.parent, READING.parents[1]
    trained, fitted = texts(READING, FURTHER), texts(train / "rules", train / "plans")
    measured = texts(data / "rules", data / "plans", data / "tables")
    assert (len(trained), len(fitted), len(measured)) == (220, 40, 56)
    assert len(trained | fitted | measured) == 220 + 40 + 56


def test_a_stretch_is_found_whatever_white_space_and_brackets():
    text = "（一）加快建 设钒钛\n\n新城。（二）机场(迁建)。"
    start, end = Compact(text).find("加快建设钒钛新城") or (0, 0)
    assert text[start:end] == "加快建 设钒钛\n\n新城"
    assert Compact(text).find("机场（迁建）") is not None
    assert Compact(text).find("高铁") is None
    assert Compact(text).find(" ") is None


@pytest.mark.parametrize(
    "line",
    [
        {"document": "a", "question": "几家？", "answerable": True},
        {"document": "a", "question": "几家？", "answerable": False, "evidence": ["20家"]},
        {"document": "a", "question": "几家？", "evidence": ["20家"]},
        {"document": "a", "question": " ", "answerable": True, "evidence": ["20家"]},
        {"document": "a", "question": "几家？", "answerable": True, "evidence": "20家"},
    ],
)
def test_a_training_question_without_sound_labels_is_an_error_that_names_its_line(tmp_path, line):
    path = tmp_path / "questions.jsonl"
    path.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    with pytest.raises(InvalidData, match="line 1"):
        read_reading_questions(path)


def test_missing_training_questions_are_said_to_be_missing(tmp_path):
    with pytest.raises(DataMissing):
        read_reading_questions(tmp_path / "questions.jsonl")


@given(st.lists(st.integers(1, 224), min_size=1, max_size=80), st.booleans())
def test_batches_hold_every_pair_once_and_keep_to_their_size(lengths, drawn):
    found = batches(lengths, random.Random(1) if drawn else None, most=400)
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or max(lengths[p] for p in batch) * len(batch) <= 400 for batch in found)


def test_pairs_are_filled_up_to_one_length():
    ids, mask = padded([[0, 7, 2], [0, 2]])
    assert ids.tolist() == [[0, 7, 2], [0, 2, 1]]
    assert mask.tolist() == [[1, 1, 1], [1, 1, 0]]


def test_a_text_is_cut_into_passages_at_sentences_and_commas():
    text = "甲方负责。" + "乙方应当，" * 30 + "完毕。"
    found = passages_of(text)
    assert "".join(found) == text
    assert found[0] == "甲方负责。"
    assert max(map(len, found)) <= 85


def test_what_a_passage_shares_with_a_question_are_pairs_of_characters():
    assert shared("机场搬迁", "机场迁建工作") == pytest.approx(1 / 3)  # 机场, 场搬, 搬迁
    assert shared("?", "机场") == 0


def test_public_sets_give_the_right_passage_and_near_ones_and_the_right_one_without_its_answer(tmp_path):
    folder = tmp_path / "cmrc2018"
    folder.mkdir()
    body = "大桥始建于1998年，全长三千二百米，双向六车道。" + "桥的两端各有一座公园，供市民休息，夜里有灯光。" * 3
    other = "河流发源于北方的高山，流经五个县，最后注入大湖，沿岸有许多古镇和渡口，游人不绝。"
    passages = [{"pid": 1, "title": "大桥", "text": body}, {"pid": 2, "title": "河流", "text": other}]
    question = {"id": "q1", "pid": 1, "question": "大桥有几条车道？", "answers": ["双向六车道"]}
    for name, lines in (("passages", passages), ("questions", [question])):
        (folder / f"dev.{name}.jsonl").write_text(
            "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8"
        )
    pairs = public_pairs(tmp_path)
    assert {pair.question for pair in pairs} == {"大桥有几条车道？"}
    assert [("双向六车道" in pair.passage, pair.answers) for pair in pairs if pair.answers] == [(True, True)]
    wrong = [pair.passage for pair in pairs if not pair.answers]
    assert not [passage for passage in wrong if "双向六车道" in passage]
    assert [passage for passage in wrong if "全长三千二百米" in passage]
    assert public_pairs(tmp_path) == pairs
    assert public_pairs(tmp_path / "nothing") == []


def test_the_kept_pieces_spell_policy_texts_as_the_whole_vocabulary_does():
    pieces = read_e5().pieces
    kept = kept_pieces(pieces)
    assert kept[: UNKNOWN + 1] == [0, 1, 2, UNKNOWN]
    assert len(kept) < len(pieces) / 5
    whole, part = tokenizer_of(pieces), tokenizer_of([pieces[i] for i in kept])
    text = (CORPUS / "panzhihua-2020-07-30.txt").read_text(encoding="utf-8")
    assert part.encode(text).tokens == whole.encode(text).tokens
    tokens = part.encode("几家？", "20家以上。").tokens
    assert tokens.count("</s>") == 3
    assert part.encode("几家？", "20家以上。").ids[-1] == END


def test_another_format_of_the_embedder_is_refused(tmp_path):
    (tmp_path / "other.bin").write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(InvalidData, match="format"):
        read_e5(tmp_path / "other.bin")


def test_what_is_to_be_learnt_lies_between_the_label_and_what_the_teachers_say():
    # 0.4 of the label 0.98 or 0.02, and 0.6 of a probability of 0.5.
    assert taught([Pair("甲", "乙", True), Pair("甲", "丙", False)], [0.0, 0.0]) == pytest.approx([0.692, 0.308])


@pytest.mark.slow
def test_given_probabilities_are_learnt_instead_of_labels_and_two_readings_of_a_pair_come_to_agree():
    """One layer of the real network with units left out; the labels say the contrary of what is to be learnt."""
    encoder, tokenizer = foundation(lowest(1), dropout=0.1)
    network = ReadingNetwork(encoder)
    pairs = [
        Pair(f"{thing}补多少钱？", f"每{thing}补助90元。" if place % 2 else "另行通知。", False)
        for place, thing in enumerate("蜂羊茶鱼果菜")
    ]
    wanted = [0.8 if place % 2 else 0.3 for place in range(6)]
    fine_tune(network, tokenizer, pairs, Plan(150, 5e-4, agreement=0.5), lambda done, total, loss: None, wanted)
    found = 1 / (1 + np.exp(-judged(network, tokenizer, pairs)))
    assert found == pytest.approx(wanted, abs=0.15)


@pytest.mark.slow
def test_held_layers_stay_and_the_others_learn():
    """Two layers of the real network, of which the lower one is held; read in two steps, pairs read as in one."""
    encoder, tokenizer = foundation(lowest(2))
    network = ReadingNetwork(encoder)
    before = {name: weights.clone() for name, weights in network.state_dict().items()}
    pairs = [
        Pair(f"{thing}补多少钱？", f"每{thing}补助90元。" if answers else f"大力发展{thing}产业。", answers)
        for thing in "蜂羊茶鱼果菜"
        for answers in (True, False)
    ]
    ids, mask = map(torch.from_numpy, padded(tokens_of(tokenizer, [(pair.question, pair.passage) for pair in pairs])))
    with torch.no_grad():
        whole = network.eval()(ids, mask)
        parted = network.ended(network.begun(ids, mask, 1), mask, 1)
    assert parted.tolist() == pytest.approx(whole.tolist(), abs=1e-4)
    losses: list[float] = []
    fine_tune(network, tokenizer, pairs, Plan(60, 5e-4, held=1), lambda done, total, loss: losses.append(loss))
    assert losses[-1] < 0.6 * losses[0]
    changed = {name for name, weights in network.state_dict().items() if not torch.equal(weights, before[name])}
    assert {name for name in before if "layer.1." in name or name.startswith("head")} == changed


def test_weights_are_averaged_by_their_share():
    encoder, _ = foundation(lowest(1))
    network = ReadingNetwork(encoder)
    trained = {name: weights.clone() for name, weights in network.state_dict().items()}
    average(network, {name: weights + 2 for name, weights in trained.items()}, 0.25)
    for name, weights in network.state_dict().items():
        assert torch.allclose(weights, trained[name] + 0.5, atol=1e-5)


@pytest.mark.slow
def test_the_carried_network_is_taken_up_as_it_is(tmp_path):
    """What is trained on says beforehand what the assistant's own file says, up to 8 bit."""
    network, tokenizer = carried(WEIGHTS / "cross_encoder.onnx")
    asked = read_reading_questions(FURTHER / "questions.jsonl")[:24]
    pairs = [Pair(one.text, text, True) for one in asked for text in (*one.evidence, *one.near)]
    wanted = [float(load_cross_encoder().score(pair.question, [pair.passage])[0]) for pair in pairs]
    found = judged(network, tokenizer, pairs)
    assert np.corrcoef(found, wanted)[0, 1] > 0.99
    assert np.mean(np.abs(found - wanted)) < 0.3
    # One that lacks layers is refused, not filled up with what the embedder has.
    network.encoder.encoder.layer = network.encoder.encoder.layer[:1]
    export(network, tokenizer, tmp_path)
    with pytest.raises(InvalidData, match="lacks"):
        carried(tmp_path / "cross_encoder.onnx")


@pytest.mark.slow
def test_training_teaches_what_it_is_shown_and_the_exported_network_says_the_same(tmp_path):
    """One layer of the real network, on real pairs, through the real export."""
    encoder, tokenizer = foundation(lowest(1))
    network = ReadingNetwork(encoder)
    pieces = encoder.embeddings.word_embeddings.weight.detach().clone()
    pairs = [
        Pair(f"{thing}补多少钱？", f"每{thing}补助{amount}元。" if answers else f"大力发展{thing}产业。", answers)
        for thing, amount in zip("蜂羊茶鱼果菜", range(10, 70, 10), strict=True)
        for answers in (True, False)
    ]
    losses: list[float] = []
    fine_tune(network, tokenizer, pairs, Plan(120, 5e-4), lambda done, total, loss: losses.append(loss))
    assert len(losses) == 120
    assert losses[-1] < 0.5 * losses[0]
    assert torch.equal(encoder.embeddings.word_embeddings.weight, pieces)

    exported = export(network, tokenizer, tmp_path)
    found = [float(exported.score(pair.question, [pair.passage])[0]) for pair in pairs]
    with torch.no_grad():
        ids, mask = padded(tokens_of(tokenizer, [(pair.question, pair.passage) for pair in pairs]))
        wanted = network(torch.from_numpy(ids), torch.from_numpy(mask)).tolist()
    assert found == pytest.approx(wanted, abs=0.6)
    assert judged(network, tokenizer, pairs).tolist() == pytest.approx(wanted, abs=0.2)
    assert min(f for f, p in zip(found, pairs, strict=True) if p.answers) > max(
        f for f, p in zip(found, pairs, strict=True) if not p.answers
    )
    kept = tmp_path / "kept.pt"
    network.save(kept)
    again = ReadingNetwork(encoder)
    again.load(kept)
    assert torch.equal(again.head.weight, network.head.weight)


def test_training_from_the_start_needs_the_public_sets(capsys):
    assert main(["train"]) == 2
    assert "--data" in capsys.readouterr().err
