"""Web pages: the document in them, and nothing of the site around it."""

from __future__ import annotations

import pytest

from assistant.ingestion import clean, read


def test_merged_cells_keep_their_columns_on_a_web_page() -> None:
    page = """<html><body><h1>某市补贴标准通知</h1><p>标准如下，请遵照执行。</p><table>
    <tr><th colspan="3">附表</th></tr><tr><th>等级</th><th>标准</th><th>部门</th></tr>
    <tr><td rowspan="2">一级</td><td>200元</td><td rowspan="3">人社局</td></tr><tr><td>100元</td></tr>
    <tr><td colspan="2">其他</td></tr><tr><td>甲</td><td colspan="x" rowspan="-1">乙</td><td>丙</td></tr></table></body></html>"""
    assert clean(read(page.encode(), "a.html").text).split("\n")[2:] == [
        "|附表|||",
        "|等级|标准|部门|",
        "|一级|200元|人社局|",
        "|一级|100元|人社局|",
        "|其他||人社局|",
        "|甲|乙|丙|",
    ]


def test_a_table_that_only_lays_a_page_out_is_no_table() -> None:
    text = [
        "关于路灯管理的通知",
        "一、路灯由市政机构管理。",
        "二、路灯每天天黑时开启，天亮时关闭。",
        "三、本通知自公布之日起施行，有效期五年。",
    ]
    page = f"<html><body><table><tr><td></td><td>{'<br>　　'.join(text)}</td></tr></table></body></html>"
    assert clean(read(page.encode(), "a.html").text).split("\n") == text
    row = "<html><body><p>联系方式如下。</p><table><tr><td>电话，传真</td><td>甲，乙。</td></tr></table></body></html>"
    assert clean(read(row.encode(), "a.html").text) == "联系方式如下。\n|电话，传真|甲，乙。|"


def test_what_lies_deep_in_a_page_is_read() -> None:
    page = f"<html><body><h1>路灯管理办法</h1>{'<div>' * 300}<p>第一条 甲，乙。</p>{'</div>' * 300}</body></html>"
    assert clean(read(page.encode(), "a.html").text) == "路灯管理办法\n第一条甲，乙。"


def test_a_web_page_gives_its_document_and_nothing_of_the_site_around_it() -> None:
    page = """<!doctype html><html><head><meta charset="gb2312"><title>市政府网</title>
    <meta name="ArticleTitle" content="公园管理办法"><script>var a = "第九条 不是正文。";</script></head>
    <body><nav>首页，新闻。</nav><div class="top">今天，晴。</div><div id="zoom"><p>第一条&nbsp;&nbsp;为了加强管理，制定
    本办法。</p><p hidden>隐藏。</p><p>第二条 禁止下列行为：</p><ol start="2"><li>燃放烟花；</li><li>垂钓。</li></ol>
    <table><tr><th>项目</th><th>标准</th></tr><tr><td>一类</td><td>200元</td></tr></table><!-- 注释。 -->
    <p>第三条 本办法自发布之日起施行，<br>解释权归市政府。</p><p>第四条 市、县、区，各部门，各街道，均应遵守；
    违反的，依法处理。</p></div><footer>版权所有，侵权必究。</footer></body></html>"""
    reading = read(page.encode("gb18030"), "办法.html")
    assert clean(reading.text).split("\n") == [
        "公园管理办法",
        "第一条为了加强管理，制定本办法。",
        "第二条禁止下列行为：",
        "2.燃放烟花；",
        "3.垂钓。",
        "|项目|标准|",
        "|一类|200元|",
        "第三条本办法自发布之日起施行，解释权归市政府。",
        "第四条市、县、区，各部门，各街道，均应遵守；违反的，依法处理。",
    ]
    assert reading.notes == ()


def page(*parts: str) -> list[str]:
    """The lines of a web page whose body holds these parts."""
    return clean(read(f"<html><body>{''.join(parts)}</body></html>".encode(), "a.html").text).split("\n")


LABELS = [f"第{number}条" for number in "一二三四五六七八九十"]
ARTICLES = [f"{label}各部门应当加强管理，依法履职，认真执行有关法律、法规。" for label in LABELS]
MAIN = "".join(f"<p>{article}</p>" for article in ARTICLES)
TITLE = "<p>公园管理办法</p>"
LAST = "第十一条本办法自2024年1月1日起施行。"
TABLE = "<table><tr><td>年龄</td><td>标准</td></tr><tr><td>80岁</td><td>100元</td></tr></table>"


def test_a_page_that_is_one_form_gives_its_document_without_the_controls() -> None:
    lines = page(
        "<form action='view.aspx'><div>检索：<input value='1'><select><option>本站</option></select>"
        f"<button>查询</button></div><div>{TITLE}{MAIN}</div></form>"
    )
    assert lines == ["公园管理办法", *ARTICLES]


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("", f"<div><p>{LAST}</p></div>", [*ARTICLES, LAST]),
        ("<div><p>第零条总则。</p></div>", "", ["第零条总则。", *ARTICLES]),
        ("<br>第零条总则。", "", ["第零条总则。", *ARTICLES]),
        ("", f"<div>{TABLE}</div>", [*ARTICLES, "|年龄|标准|", "|80岁|100元|"]),
        ("", "<div class='WordSection2'><p>附则说明</p></div>", [*ARTICLES, "附则说明"]),
        ("<div><a href='/'>1.首页</a> <a href='/n'>2.新闻</a></div>", "<div>主办单位</div>", ARTICLES),
        ("<table><tr><td>首页</td><td>新闻</td></tr></table>", "", ARTICLES),
    ],
)
def test_what_belongs_to_the_document_of_a_page_stays_with_it(before: str, after: str, lines: list[str]) -> None:
    assert page(before, f"<div class='WordSection1'>{MAIN}</div>", after) == lines


def test_lines_and_paragraphs_of_a_cell_stay_apart_on_a_web_page() -> None:
    cells = "<td>0812-3333333<br>0812-4444444</td><td><p>600</p><p>800</p></td><td>每月<b>1</b>00<i>元</i></td>"
    assert page(f"<table><tr>{cells}</tr></table>") == ["|0812-3333333 0812-4444444|600 800|每月100元|"]
