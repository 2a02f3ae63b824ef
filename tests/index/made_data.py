"""A small folder of training data in the form of the real one, with words of our own."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MANY = 64
NUMERALS = "一二三四五六七八九"
TRADES = ("焊工", "钳工", "电工", "瓦工", "木工", "铆工", "车工", "漆工")
PLACES = ("甲县", "乙县", "丙县", "丁县", "戊县", "己县", "庚县", "辛县")


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens - 1]) + ("十" if tens else "") + (NUMERALS[ones - 1] if ones else "")


def trade(number: int) -> str:
    return PLACES[number // 8] + TRADES[number % 8]


def write(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)


def made_data(shared: Path) -> Path:
    """Every file that `index.training` reads, under `shared`; questions of our own go to `own_questions`."""
    data = shared / "data"
    articles = [
        {
            "id": f"stard_{number}",
            "title": f"中华人民共和国技工法(修正)第{numeral(number + 1)}条",
            "text": f"{trade(number)}学徒期满后应当考核。考核合格的发给证书。",
        }
        for number in range(MANY)
    ]
    write(data / "stard" / "corpus.jsonl.gz", articles)
    questions = [
        {
            "id": f"stard_q{number}",
            "split": "dev" if number % 8 == 7 else "train",
            "question": f"我在{trade(number)}厂,学徒满了要考吗?",
            "passage_ids": [f"stard_{number}"],
            "answers": [f"{trade(number)}要考,考过了发证。"] if number % 2 else [],
        }
        for number in range(MANY)
    ]
    write(data / "stard" / "qa.jsonl", questions)
    lawyers = [
        {
            "source": "lawyer_llama",
            "a": f"{trade(number)}不发证怎么办?",
            "b": f"按《技工法》第{numeral(number + 1)}条、第{numeral(number + 2)}条,可以要求发给。第{number}个回答。",
        }
        for number in range(20)
    ]
    pairs: list[dict[str, Any]] = [
        *lawyers,
        {"source": "LCQMC", "a": "焊工证哪里考", "b": "哪里能考焊工证", "label": "1"},
        {"source": "LCQMC", "a": "焊工证哪里考", "b": "哪里修焊机", "label": "0"},
        {"source": "STS-B", "a": "三分像的一句", "b": "三分像的另一句", "label": "3"},
        {"source": "STS-B", "a": "四分像的一句", "b": "四分像的另一句", "label": "4"},
        {"source": "simclue", "a": "意思相同的话", "b": "相同意思的话"},
        {"source": "ncp_policy", "a": "谁去督导了?", "b": "丁县的厂"},
        # This one repeats a question that is measured, with other signs.
        {"source": "simclue", "a": f"我在{trade(7)}厂,学徒满了要考吗", "b": "学徒要考吗"},
        {"source": "别处", "a": "没有人读的一句", "b": "没有人读的另一句", "label": "5"},
    ]
    write(data / "train" / "pairs.jsonl.gz", pairs)
    laws = [
        {
            "id": f"law_{number}",
            "law": f"{PLACES[number % 8]}条例",
            "chapter": f"第{numeral(number + 1)}章 总则",
            "text": f"本条规定{trade(number)}的津贴。津贴按月发给,不得拖欠。",
        }
        for number in range(MANY)
    ]
    write(data / "train" / "law_articles.jsonl.gz", laws)
    headlines = [
        {"title": f"{trade(number)}比武", "text": f"{trade(number)}比武昨天举行。十名选手得了奖。"}
        for number in range(MANY)
    ]
    write(data / "train" / "news_titles.jsonl.gz", headlines)
    news = [
        {
            "id": f"crud_{number}",
            "title": f"{trade(number)}夜校开课" if number % 2 else "",
            "text": f"{trade(number)}夜校开课了。第一期收了{number}名学员。他们白天上班。",
        }
        for number in range(MANY)
    ]
    write(data / "crud" / "passages.jsonl.gz", news)
    write(data / "crud" / "qa_dev.jsonl", [{"question": "甲县焊工夜校收了几名?", "passage_ids": ["crud_0"]}])
    known = [
        {"id": f"TRAIN_{number}", "title": trade(number), "text": f"{trade(number)}是一种手艺。传了三代人。"}
        for number in range(MANY)
    ]
    write(data / "cmrc2018" / "passages.jsonl", known)
    asked = [
        {
            "id": f"TRAIN_{number}_Q",
            "split": "train" if number % 4 else "dev",
            "passage_id": f"TRAIN_{number}",
            "question": f"{trade(number)}传了几代人?",
        }
        for number in range(MANY)
    ]
    write(data / "cmrc2018" / "qa.jsonl", asked)
    write(shared / "corpus" / "domain_news.jsonl", [{"id": "dn_0", "title": "产改简报", "text": "甲县的产改。"}])
    write(shared / "corpus" / "domain_laws.jsonl", [{"id": "dl_0", "law": "工会法", "text": "工会维护职工。"}])
    return shared


def own_questions(folder: Path) -> Path:
    """Questions of our own about some of those texts, in the form of `index/training/questions`."""
    rows = {
        "law": [(f"stard_{number}", f"{trade(number)}的证谁发") for number in range(20)],
        "news": [(f"crud_{number}", f"{trade(number)}晚上在哪学") for number in range(20)],
        "domain": [("dn_0", "甲县怎么改的"), ("dl_0", "工会管什么")],
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in rows.items():
        body = "".join(f"{text_id}\t{question}\n" for text_id, question in lines)
        (folder / f"{name}.tsv").write_text(f"# id\tquestion\n{body}", encoding="utf-8")
    return folder
