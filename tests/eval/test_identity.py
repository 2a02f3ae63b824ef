"""What a run was made with: it changes when anything does that answers come from, and with nothing else."""

from dataclasses import replace
from pathlib import Path

from eval.identity import code_digest, differing, identity
from eval.progress import ProgressBar, bar
from eval.runner import default_folder
from index.settings import Settings
from rag.llm_settings import LanguageModelSettings


def made(folder: Path, text: str = "题", **changed: object) -> dict[str, str]:
    path = folder / "qa.jsonl"
    path.write_text(text, encoding="utf-8")
    given = {"settings": Settings(), "fingerprint": "f" * 40, "model": "m", "llm": None} | changed
    return identity("changai", given["settings"], given["fingerprint"], given["model"], [path], given["llm"])  # type: ignore[arg-type]


def test_it_is_the_same_for_the_same_and_another_for_each_change(tmp_path: Path) -> None:
    base = made(tmp_path)
    assert base == made(tmp_path)
    assert base == made(tmp_path, settings=Settings(folder=Path("elsewhere")))
    changes = {
        "题库": made(tmp_path, text="别的题"),
        "索引": made(tmp_path, fingerprint="e" * 40),
        "设置": made(tmp_path, settings=Settings(chunk_tokens=300)),
        "向量模型": made(tmp_path, model="n"),
        "大模型": made(tmp_path, llm=LanguageModelSettings("http://127.0.0.1:1/v1", "m")),
    }
    for name, changed in changes.items():
        assert differing(base, changed) == [name]
        assert default_folder(base, [Path("qa.jsonl")]) != default_folder(changed, [Path("qa.jsonl")])


def test_no_secret_of_an_llm_is_kept_and_every_other_part_of_it_counts(tmp_path: Path) -> None:
    llm = LanguageModelSettings("http://me:secret@127.0.0.1:1/v1", "m", api_key="sk-hidden")
    told = made(tmp_path, llm=llm)["llm"]
    assert "secret" not in told and "sk-hidden" not in told and "127.0.0.1:1/v1" in told
    for other in (
        replace(llm, base_url="http://127.0.0.1:2/v1"),
        replace(llm, base_url="http://127.0.0.1:1/other"),
        replace(llm, evidence_tokens=100),
    ):
        assert made(tmp_path, llm=other)["llm"] != told
    assert made(tmp_path, llm=replace(llm, api_key="sk-other"))["llm"] == told


def test_the_code_is_another_when_code_data_or_a_way_of_asking_changes(tmp_path: Path) -> None:
    for name in ("rag/a.py", "index/data/terms.txt", "index/sample/brief.md", "eval/bigram.py", "eval/score.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("1", encoding="utf-8")
    before = code_digest.__wrapped__(tmp_path)
    assert before == code_digest.__wrapped__(tmp_path)
    for name, counts in (
        ("rag/a.py", True),
        ("index/data/terms.txt", True),
        ("eval/bigram.py", True),
        ("index/sample/brief.md", False),
        ("eval/score.py", False),
    ):
        (tmp_path / name).write_text("2", encoding="utf-8")
        assert (code_digest.__wrapped__(tmp_path) != before) is counts, name
        (tmp_path / name).write_text("1", encoding="utf-8")


def test_a_bar_says_how_far_and_how_long() -> None:
    assert bar("评测", 0, 10, 0, 0.0).endswith("0/10")
    assert bar("评测", 5, 10, 0, 10.0).endswith("5/10 约剩 10 秒")
    # Four of the six were there before, so the pace is that of two in ten seconds.
    assert bar("评测", 6, 10, 4, 10.0).endswith("6/10（其中 4 题是上次留下的） 约剩 20 秒")
    assert bar("评测", 10, 10, 0, 12.0).endswith("10/10 用时 12 秒")
    assert bar("评测", 5, 10, 0, 1.0).count("█") == 12


def test_progress_is_told_now_and_then_and_at_the_end() -> None:
    now = [0.0]
    told: list[tuple[str, bool]] = []
    progress = ProgressBar(lambda line, last: told.append((line, last)), watched=True, clock=lambda: now[0])
    for done in range(1, 101):
        now[0] += 0.1
        progress(done, 100, 0)
    assert 18 <= len(told) <= 22
    assert [last for _, last in told] == [False] * (len(told) - 1) + [True]
    log: list[str] = []
    quiet = ProgressBar(lambda line, last: log.append(line), watched=False, clock=lambda: now[0])
    for done in range(1, 101):
        now[0] += 0.1
        quiet(done, 100, 0)
    assert len(log) <= 3
