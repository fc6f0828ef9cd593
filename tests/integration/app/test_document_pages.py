"""Document pages: anchors, marked quotes, misprints, translation, languages, hostile text, speed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient

from assistant.app import documents, links
from assistant.app.passages import parse_quote
from assistant.ingestion import Reading, parse_document
from assistant.schema import Citation, Clause, Document, Misprint, Record

PAGE = "/documents/panzhihua-2020-07-30"
VOID = {"meta", "link", "input", "br", "img"}


class Reader(HTMLParser):
    """What a reader meets: ids, links, the text of the original, of its marks, of the translation."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.tags: list[str] = []
        self.marked: dict[str, list[str]] = {"quote": [], "misprint": []}
        self.marks: list[dict[str, str | None]] = []
        self.original = ""
        self.translation = ""
        self.language = ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)
        assert not self._open, f"never closed: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        if tag == "html":
            self.language = found.get("lang") or ""
        if "id" in found:
            self.ids.append(found["id"] or "")
        if "href" in found:
            self.hrefs.append(found["href"] or "")
        if tag == "mark":
            self.marks.append(found)
            self.marked[found["class"] or ""].append("")
        if tag not in VOID:
            self._open.append((tag, found.get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        classes = {name for _, name in self._open}
        for mark in ("quote", "misprint"):
            if ("mark", mark) in self._open:
                self.marked[mark][-1] += data
        if "original" in classes:
            self.original += data
        if "translation" in classes:
            self.translation += data


def read(client: TestClient, url: str, **headers: str) -> Reader:
    response = client.get(url, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return Reader(response.text)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_page_shows_the_whole_text_and_nothing_else(client: TestClient, decision: Document) -> None:
    assert squeezed(read(client, PAGE).original) == squeezed(decision.text)


def test_anchors_of_front_parts_clauses_and_introductions(client: TestClient) -> None:
    ids = read(client, PAGE).ids
    expected = ["clause-0", *(f"clause-{n}" for n in range(1, 18)), *(f"part-{n}" for n in range(1, 5)), "part-2-intro"]
    assert [ids.count(anchor) for anchor in expected] == [1] * len(expected)
    assert len(ids) == len(set(ids))


def test_contents_lead_to_anchors(client: TestClient) -> None:
    page = read(client, PAGE)
    fragments = [href[1:] for href in page.hrefs if href.startswith("#")]
    assert len(fragments) > 20
    assert set(fragments) <= set(page.ids)


def entries(html: str) -> list[tuple[str, str]]:
    """The lines of the table of contents, each with its language."""
    found = re.findall(r'<li class="level-\d"><a href="#[^"]+" lang="([^"]+)">(.*?)</a></li>', html)
    return [(re.sub("<[^>]+>", "", shown), language) for language, shown in found]


def test_contents_of_a_document_without_numbers_and_without_translation() -> None:
    text = (
        "关于做好防汛工作的通知\n\n各县（区）人民政府，市级各部门：\n\n"
        "近期全市强降雨过程频繁，各地要高度重视防汛工作，落实责任。\n\n各单位要加强值守。\n"
    )
    questions = (
        "养老服务政策问答\n\n问：高龄津贴怎么领？\n\n答：到社区申请。\n\n问：多少岁可以领？\n\n答：八十周岁以上。\n"
    )
    for language in ("zh", "en"):
        page = documents.document_page(parse_document(Reading(text), "a.txt"), [], language)
        shown = entries(page)
        assert ("近期全市强降雨过程频繁，各地要高度重视防…", "zh-CN") in shown
        assert ("各单位要加强值守。", "zh-CN") in shown
        shown += entries(documents.document_page(parse_document(Reading(questions), "b.txt"), [], language))
        assert any("多少岁可以领" in words for words, _ in shown)
        assert all(words.strip() and language == "zh-CN" for words, language in shown)


def test_contents_say_which_language_they_are_in(client: TestClient) -> None:
    assert {language for _, language in entries(client.get(PAGE).text)} == {"zh-CN"}
    assert {language for _, language in entries(client.get(PAGE + "?lang=en").text)} == {"en"}


def awkward_spans(document: Document) -> list[tuple[int, int]]:
    length = len(document.text)
    clause = next(clause for clause in document.clauses if clause.number == 8)
    misprint = document.text.index("国家级钇钛高新区")
    borders = [piece.start for piece in document.clauses[1:]]
    return [
        (0, 1),
        (0, length),
        (length - 1, length),
        (clause.start, clause.end),
        (clause.start + 2, clause.start + 3),
        (clause.start, clause.start + len(clause.label)),
        (clause.start + 10, clause.start + 60),
        (misprint - 3, misprint + 2),
        (misprint + 2, misprint + 4),
        (misprint + 5, misprint + 20),
        (misprint - 5, misprint + 20),
        *((border - 4, border + 5) for border in borders),
        *((start, start + 37) for start in range(3, length - 40, 611)),
    ]


def test_exactly_the_quoted_words_are_marked(client: TestClient, decision: Document) -> None:
    for start, end in awkward_spans(decision):
        page = read(client, f"{PAGE}?quote={start}-{end}")
        assert squeezed("".join(page.marked["quote"])) == squeezed(decision.text[start:end]), (start, end)
        assert squeezed(page.original) == squeezed(decision.text), (start, end)


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "5",
        "5-",
        "-5",
        "9-3",
        "4-4",
        "0-999999",
        "a-b",
        "1.5-3",
        "٣-٩",
        "1-2-3",
        "1-2-0123456",
        "9-3-01234567",
        "99999999999999-999999999999999",
        "0x1-0x2",
    ],
)
def test_a_quote_that_is_none_is_ignored(client: TestClient, quote: str) -> None:
    assert read(client, f"{PAGE}?quote={quote}").marked["quote"] == []


def test_parse_quote_stays_within_the_text() -> None:
    for start, end in itertools.product(range(4), repeat=2):
        span = parse_quote(f"{start}-{end}", 2)
        assert (span is not None) == (start < end <= 2)


def test_a_citation_marks_its_words_while_they_stand_there(client: TestClient, decision: Document) -> None:
    start, end = decision.text.index("推动设立无人机测试基地"), decision.text.index("推动设立无人机测试基地") + 11
    quote = decision.text[start:end]
    cited = Citation(1, decision.id, decision.record.title, 5, "", quote, start, end, f"{PAGE}#clause-5")
    elsewhere = replace(cited, start=len(decision.text) - 2, end=len(decision.text) + 9)
    for language, note in (("zh", "回答之后已有改动"), ("en", "has changed since the answer")):
        for address in (links.citation(cited, language), links.panel(cited, language)):
            assert "".join(read(client, address).marked["quote"]) == quote
            assert note not in client.get(address).text
        for other in (replace(cited, quote=quote[:-1] + "站"), elsewhere):
            for address in (links.citation(other, language), links.panel(other, language)):
                assert read(client, address).marked["quote"] == []
                assert note in client.get(address).text


def test_misprints_stand_as_printed_and_say_what_was_meant(client: TestClient) -> None:
    page = read(client, PAGE)
    assert page.marked["misprint"] == ["城乡融合发发展示范区", "国家级钇钛高新区"]
    titles = [mark["title"] for mark in page.marks if mark["class"] == "misprint"]
    assert titles == ["疑为“城乡融合发展示范区”之误", "疑为“国家级钒钛高新区”之误"]


def test_translation_stands_beside_and_is_called_unofficial(client: TestClient) -> None:
    page = read(client, PAGE + "?lang=en")
    assert "Decision of the CPC Panzhihua Municipal Committee" in page.translation
    assert "unofficial translation" in client.get(PAGE + "?lang=en").text
    assert "非官方译文" in client.get(PAGE).text


def test_record_is_shown(client: TestClient) -> None:
    html = client.get(PAGE).text
    for shown in ("中共攀枝花市委", "无文号", "2020年7月30日", "现行有效", "第九次全体会议"):
        assert shown in html
    english = client.get(PAGE + "?lang=en").text
    for shown in ("No document number", "30 July 2020", "In force"):
        assert shown in english


def test_language_by_parameter_cookie_and_browser(client: TestClient) -> None:
    assert read(client, PAGE).language == "zh-CN"
    assert read(client, PAGE, **{"accept-language": "fr,en;q=0.8,zh;q=0.5"}).language == "en"
    assert read(client, PAGE, **{"accept-language": "zh-TW,en;q=0.8"}).language == "zh-CN"
    assert read(client, PAGE + "?lang=en").language == "en"
    switched = client.get("/language/en", params={"to": PAGE}, follow_redirects=False)
    assert switched.status_code == 303
    assert switched.headers["location"] == PAGE
    cookie = switched.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert read(client, PAGE).language == "en"


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/x"]
)
def test_the_language_switch_leads_nowhere_else(client: TestClient, to: str) -> None:
    assert client.get("/language/en", params={"to": to}, follow_redirects=False).status_code == 404


def test_hostile_text_is_text(client: TestClient, hostile: Document) -> None:
    for url in (
        "/documents/hostile",
        "/documents/hostile?lang=en",
        "/documents",
        "/documents/hostile/panel?quote=0-80",
    ):
        html = client.get(url).text
        page = Reader(html)
        assert "img" not in page.tags
        assert "b" not in page.tags
        assert page.tags.count("script") == (2 if url.startswith("/documents/hostile") and "panel" not in url else 0)
        assert not any("evil" in href or "javascript" in href for href in page.hrefs)
        assert "\u202e" not in html
    assert "U+202E" in client.get("/documents/hostile").text
    assert "&lt;script&gt;" in client.get("/documents/hostile").text


def test_hostile_text_is_marked_exactly(client: TestClient, hostile: Document) -> None:
    at = hostile.text.index("<img")
    page = read(client, f"/documents/hostile?quote={at}-{at + 12}")
    assert "".join(page.marked["quote"]) == hostile.text[at : at + 12]


def test_list_of_documents(client: TestClient, decision: Document) -> None:
    page = read(client, "/documents")
    assert PAGE in page.hrefs
    assert "/documents/hostile" in page.hrefs
    html = client.get("/documents").text
    assert "共 17 条" in html
    assert "已修改" in html


def test_unknown_document_is_a_friendly_page(client: TestClient) -> None:
    response = client.get("/documents/no-such-thing")
    assert response.status_code == 404
    assert "没有找到这份文件" in response.text
    assert "/documents" in Reader(response.text).hrefs
    english = client.get("/documents/<script>alert(1)</script>?lang=en")
    assert english.status_code == 404
    assert "alert(1)" not in english.text


def test_panel_shows_the_clause_with_the_quote(client: TestClient, decision: Document) -> None:
    clause = next(clause for clause in decision.clauses if clause.number == 11)
    start, end = clause.start + 60, clause.start + 120
    html = client.get(f"{PAGE}/panel?quote={start}-{end}").text
    page = Reader(html)
    assert "".join(page.marked["quote"]) == decision.text[start:end]
    assert squeezed(page.original) == squeezed(clause.text)
    assert f"{PAGE}?quote={start}-{end}#clause-11" in page.hrefs
    assert "无文号" in html
    assert "现行有效" in html


def test_panel_without_a_quote_is_a_problem(client: TestClient) -> None:
    assert client.get(f"{PAGE}/panel?quote=7").status_code == 422
    assert client.get("/documents/none/panel?quote=0-4").status_code == 404


def test_no_request_leaves_the_host_by_markup(client: TestClient) -> None:
    for url in (PAGE, "/documents", "/", "/en/"):
        html = client.get(url).text
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//""", html), url


def large_document(count: int) -> Document:
    text, clauses, at = "", [], 0
    for number in range(1, count + 1):
        piece = f"第{number}条 测试标题。" + "本条规定了各项内容，有关单位应当严格执行。" * 12
        clauses.append(Clause(number - 1, "clause", number, f"第{number}条", "测试标题", piece, at, at + len(piece), 0))
        text += piece + "\n"
        at += len(piece) + 1
    record = Record("large", "大文件", misprints=(Misprint("测试标题", "测验标题"),))
    return Document(record, text.rstrip("\n"), tuple(clauses))


def test_500_clauses_are_rendered_at_once(effort: Callable[[Callable[[], object]], float]) -> None:
    document = large_document(500)
    quote = parse_quote("1000-9000", len(document.text))
    html = documents.document_page(document, [], "zh", quote)
    assert squeezed(Reader(html).original) == squeezed(document.text)
    assert min(effort(lambda: documents.document_page(document, [], "zh", quote)) for _ in range(3)) < 10
