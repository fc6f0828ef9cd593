"""Questions that put something in the wrong place are corrected with the clause; right ones are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query
from tests.integration.pipeline.putting_right import assert_put_right

# question | the place it has wrong | the clause to quote | words of the passage that puts it right
WRONG = """
绿色发展示范县是不是放在米易县？|米易县|6|盐边县要
东区要做强煤炭产业吗|东区|6|西区要
火车南站片区在盐边县吧|盐边县|6|仁和区要
安宁河谷综合开发由盐边县来抓吧|盐边县|6|米易县要
阳光康养产业发展核心区是西区吧|西区|6|东区要
西区和青羊区联合打造康复辅助器具园区吧|青羊区|11|温江区
Is the Hongge hot spring resort in Miyi County?|Miyi County|6|盐边县要
"""
# question | words of the passage that says so
RIGHT = """
绿色发展示范县是不是放在盐边县？|盐边县要
西区要做强煤炭产业吗|西区要
仁和区要不要发展战略性新兴产业|仁和区要
西区和温江区联合打造康复辅助器具园区吧|温江区
安宁河谷综合开发由米易县来抓吧|米易县要
米易县要怎么发展|米易县要
西区跟成都哪个区合办康复器具园|温江区
西区和仁和区都要做什么|仁和区要
Can companies from Chengdu join the wellness business in Panzhihua?|成渝地区企业
钒钛新城要建四个产业园吧|新能源产业园
"""


@pytest.mark.parametrize("row", WRONG.strip().splitlines())
def test_a_wrong_place_is_put_right_with_the_clause(corpus_assistant: Assistant, row: str) -> None:
    question, wrong, clause, words = row.split("|")
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert f"“{wrong}”" in answer.text.splitlines()[0], "names what the question has wrong"
    assert [citation.clause_number for citation in answer.citations] == [int(clause)]
    assert words in answer.citations[0].quote
    assert wrong not in answer.citations[0].quote


# question | the word it has wrong | the clause to quote | words of the passage that puts it right
OTHERWISE = """
战略性新兴产业区县里只有米易县要大力发展吧|只有|6|仁和区要
“核心引擎”只有攀西科技城吧|只有|7|钒钛新城和攀西科技城
听说要打造市级康复辅助器具综合产业园区|市级|11|省级康复辅助器具
企业加大创新投入是强制要求吧|强制|9|鼓励引导企业
听说不准民营经济参与重大基础设施|不准|13|鼓励民营经济
经济区与行政区要彻底分离吧|彻底|13|适度分离
学习贯彻总书记讲话，党员自愿就行对吧|自愿|1|必须深入学习
五大区域高地里也有体育吧|体育|5|教育、医疗、信息
听说西区要修条铁路去盐源，十四五就开工，是这样嘛|铁路|10|西区至凉山州盐源县高速公路
高新产业要占GDP一半，我这样写稳妥吗|GDP|7|占工业总产值比重50%以上
这次要争创的是市级新区，对吧|市级|7|争创省级新区
“两城”不就是钒钛新城跟空港新城嘛，对头不|空港新城|7|钒钛新城和攀西科技城
河长湖长制是只挑几条河试点，对吧？|只挑几条|12|全面落实河（湖）长制
保税物流中心都批下来了，我的货什么时候能进？|批下来|10|积极申创保税物流中心
新区不是2030年才成形吗？那时产值目标多少|2030年|7|1500亿元以上
这份决定是市委十届八次全会通过的吧|八次|0|第九次全体会议
"""


@pytest.mark.parametrize("row", OTHERWISE.strip().splitlines())
def test_a_wrong_word_is_put_right_with_the_clause(corpus_assistant: Assistant, row: str) -> None:
    assert_put_right(corpus_assistant, row)


@pytest.mark.parametrize(
    "question",
    [
        "煤炭产业只有西区要做强吧",
        "“核心引擎”里有攀西科技城吧",
        "听说要打造省级康复辅助器具综合产业园区",
        "企业加大创新投入是鼓励的吧",
        "到2025年新区基本形成核心区吧",
        "学习贯彻总书记讲话，党员必须学对吧",
        "五大区域高地里也有医疗吧",
        "两城指的是钒钛新城和攀西科技城吧",
        "高新技术产业产值占工业总产值一半，对吧",
        "听说西区要修条高速公路去盐源，是这样嘛",
        "新区2025年成形吧？要有多少家高新企业",
        "这份决定是市委十届九次全会通过的吧",
        "西区、仁和、米易都要大力发展战略性新兴产业，是吧",
        "新区面积以后会扩大吗",
    ],
)
def test_a_right_word_is_not_put_right(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text


def test_what_speaks_of_something_else_puts_nothing_right(corpus_assistant: Assistant) -> None:
    # The misspelt name is what is asked about; the clause on the 南大门 has only the 城市 of the question.
    assert "南大门" not in corpus_assistant.ask(Query("城市的迎并厅是说的东区对不")).text


def test_the_part_of_a_long_sentence_that_was_judged_is_quoted(corpus_assistant: Assistant) -> None:
    """The sentence goes through all districts; what was found and read is the part on one of them."""
    answer = corpus_assistant.ask(Query("火车南站片区综合开发交给哪个县区抓？"))
    assert [citation.quote.startswith("仁和区要") for citation in answer.citations] == [True]


@pytest.mark.parametrize("row", RIGHT.strip().splitlines())
def test_a_right_place_is_not_put_right(corpus_assistant: Assistant, row: str) -> None:
    question, words = row.split("|")
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text
    assert "is not what the document says" not in answer.text
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    ["盐边县要发展特色农业吗", "仁和区要发展特色农业吗", "西区也要对外开放吗", "盐边县需要和成渝的科研院所合作吗"],
)
def test_what_all_districts_are_to_do_is_denied_of_none(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert "文件写的不是" not in answer.text
    assert any("各县（区）" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question", ["空港新城在仁和区吗", "西区要建设总部基地吗", "米易县要治理矿山采空区吗", "西区要与重庆大学合作吗"]
)
def test_what_is_said_of_no_place_is_not_said_of_that_one(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert (answer.status, answer.citations) == ("no_evidence", ())


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("高新技术企业要有50家以上吧", "50家以上"),
        ("听说新区要有50家研发机构", "50家"),
        ("到2025年新区高新技术企业要达到20家以上吗", "20家以上"),
        ("研发机构10家以上对吗", "10家以上"),
        ("研发机构至少10家对吗", "至少10家"),
        ("高新技术产业产值占比是百分之三点五对吗", "3.5%"),
        ("工业总产值要达到1500万元吗", "1500万元"),
        ("工业总产值要到1.5万亿对吧", "1.5万亿"),
        ("工业总产值不到1000亿元吧", "不到1000亿元"),
        ("高新技术企业最多100家吗", "最多100家"),
        ("绕城西段高速公路什么时候开工", "西段"),
        ("第三批国家公共文化服务体系示范区要创建吗", "第三批"),
        ("“十五五”要开工哪些高速公路", "十五五"),
        ("中央财经委员会第六次会议是3月开的吧", "3月"),
        ("“五大领域”是资源配置管理、供地用地、直购电、财税和旅游吧", "旅游"),
        ("五大领域是教育、医疗、信息、文化和创新吧", "教育"),
        ("四级运行机制是哪四级", "四级"),
        ("5116工程是什么", "5116工程"),
        ("这份决定是四川省委通过的吗", "四川省委"),
        ("决定是市委常委会通过的吗", "常委会"),
        ("市人大第九次会议通过了这个决定吗", "人大"),
    ],
)
def test_a_wrong_number_label_or_issuer_is_put_right(corpus_assistant: Assistant, question: str, wrong: str) -> None:
    assert f"文件写的不是“{wrong}”" in corpus_assistant.ask(Query(question)).text.splitlines()[0]


@pytest.mark.parametrize(
    "question",
    [
        "工业总产值要超过1000亿元吗",
        "高新技术产业产值占比要超过40%吗",
        "Is industrial output to exceed 100 billion yuan?",
        "第四批国家公共文化服务体系示范区要创建吗",
        "两城是钒钛新城和攀西科技城吧",
        "五大区域高地包括教育、医疗、信息、文化、创新对不对",
        "这个文件是市委通过的吗",
        "研发机构20家以上、高新技术企业100家以上对吗",
        "高新技术企业不能少于100家对吗",
        "工业总产值不得低于1500亿元对吧",
        "工业总产值要到1,500亿元吗",
        "推动国家战略的这个决定是哪天通过的",
        "省委已经通过成渝双城经济圈的决定了吗",
    ],
)
def test_what_the_clause_bears_out_is_not_put_right(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text
    assert "is not what the document says" not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "攀枝花已经是省级新区了吗",
        "国家钒钛新材料产业创新中心已经建成了吗",
        "职称互认机制已经建立了吗",
        "是否已经成立了争创省级新区领导机构",
        "Has the airport already been relocated?",
    ],
)
def test_what_is_planned_is_not_already_done(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert "理解" not in answer.text, "nothing was misspelt"


def test_a_question_about_a_place_supposes_nothing(corpus_assistant: Assistant) -> None:
    # With whom there is to be cooperation is asked, not said; Yunnan is in no clause.
    answer = corpus_assistant.ask(Query("跟云南有什么合作"))
    assert answer.status == "no_evidence"
    assert "“云南”" in answer.text


@pytest.mark.parametrize(
    "question", ["我是云南人，能来攀枝花养老吗", "我是米易人，能去红格泡温泉吗", "盐边的企业能去东区吗"]
)
def test_where_somebody_is_from_is_not_put_right(corpus_assistant: Assistant, question: str) -> None:
    assert "文件写的不是" not in corpus_assistant.ask(Query(question)).text


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("文件是2021年通过的吧", "2021年"),
        ("这个决定是2020年8月通过的对吗", "8月"),
        ("The decision was adopted in August 2020, right?", "August"),
        ("Was the decision adopted on July 29?", "July 29"),
        ("决定是8月通过的吗", "8月"),
        ("是7月29日通过的吧", "7月29日"),
        ("决定是二十九号通过的吧", "29号"),
        ("这个决定是市政府发的吧", "市政府"),
        ("这份决定是省委十一届七次全会通过的吧", "省委"),
    ],
)
def test_a_wrong_date_or_issuer_is_put_right(corpus_assistant: Assistant, question: str, wrong: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert f"“{wrong}”" in answer.text.splitlines()[0]
    assert [citation.clause_number for citation in answer.citations] == [0]


@pytest.mark.parametrize(
    "question",
    [
        "文件是2020年7月通过的吧",
        "决定是2020年07月通过的吗",
        "决定是7月通过的吗",
        "决定是30号通过的吧",
        "这个决定是攀枝花市委发的吗",
        "这份决定是不是市委通过的",
        "这个决定是由市委发的吧",
        "决定是哪年通过的",
        "市委十届九次全会的决定怎么落实省委全会精神",
    ],
)
def test_a_right_date_or_issuer_is_not_put_right(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text


def test_the_place_that_the_document_is_of_is_not_put_right(corpus_assistant: Assistant) -> None:
    # No sentence on the regional centre names the city: what a document says it says of the city in its title.
    assert "文件写的不是" not in corpus_assistant.ask(Query("攀枝花是不是要建区域中心城市")).text


def test_an_english_answer_shows_no_more_of_the_translation_than_its_quote(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("What should Renhe District focus on?"))
    assert [citation.quote[:3] for citation in answer.citations] == ["仁和区"]
    assert answer.text.startswith("Renhe District must")
    assert "Yanbian" not in answer.text
    assert "East District" not in answer.text


@pytest.mark.parametrize(
    ("question", "wrong", "words"),
    [
        ("听说钒钛新城要建9个产业园对吧", "9个", "新能源产业园"),
        # 500 stands in 1500亿元, and is not what it is about.
        ("新区要集聚500家高新企业吧", "500家", "100家以上"),
        ("康养旅游的“5551”工程要深入搞是吧", "5551", "5115"),
        ("省级新区工业总产值要到3000亿对吧", "3000亿", "1500亿元以上"),
        # 2000 looks like a year.
        ("2025年新区工业产值要到2000亿是吧", "2000亿", "1500亿元以上"),
        ("听说2025年要达到3000亿，对不", "3000亿", "1500亿元以上"),
        ("高新技术产业要占八成是不是", "80%", "50%以上"),
        ("听说要集聚两百家高新技术企业", "200家", "100家以上"),
        ("钒钛新城要建六个产业园吧", "6个", "新能源产业园"),
    ],
)
def test_a_wrong_number_is_put_right_with_the_clause(
    corpus_assistant: Assistant, question: str, wrong: str, words: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert answer.text.startswith(f"文件写的不是“{wrong}”")
    assert words in answer.citations[0].quote


@pytest.mark.parametrize(
    ("question", "number"),
    [("攀枝花要建4所大学对不对", "4所"), ("要建50个停车场是吗", "50个"), ("文件说要建四个火车站对吗", "4个")],
)
def test_a_number_that_no_clause_gives_is_not_confirmed(
    corpus_assistant: Assistant, question: str, number: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "no_evidence"
    assert f"“{number}”" in answer.text


@pytest.mark.parametrize(
    "question", ["是不是要建20家以上研发机构", "运行机制分3级对吧", "工业总产值1500亿元以上，对吗"]
)
def test_a_right_number_is_not_put_right(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text


def test_a_line_names_the_places_that_it_links(corpus_assistant: Assistant) -> None:
    # 成昆高速铁路 goes to 昆明, which the document names nowhere else.
    answer = corpus_assistant.ask(Query("攀枝花到昆明的高铁有规划没"))
    assert "文件写的不是" not in answer.text
    assert "成昆高速铁路" in answer.citations[0].quote
    # Of the place itself it says nothing.
    assert corpus_assistant.ask(Query("昆明的阳光康养产业怎么发展")).status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("除了米易县，还有谁要大力发展战略性新兴产业", ("西区要", "仁和区要"), ("米易县要", "东区要")),
        ("除了西区和米易还有哪个区县要大力发展战略性新兴产业", ("仁和区要",), ("西区要", "米易县要")),
    ],
)
def test_those_left_out_are_not_quoted(
    corpus_assistant: Assistant, question: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert all(words in answer.text for words in said)
    assert not any(words in answer.text for words in unsaid)


def test_a_quoted_name_that_differs_in_a_character_from_all_is_refused(corpus_assistant: Assistant) -> None:
    answer = corpus_assistant.ask(Query("城市“西大门”指的是哪里"))
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert corpus_assistant.ask(Query("城市“南大门”指的是哪里")).status == "answered"


def test_a_quoted_name_of_two_characters_may_be_short_for_what_the_document_spells_out(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "aid.txt").write_text(
        "社会救助办法\n\n第一条 最低生活保障标准为每人每月800元。\n\n第二条 社区推行“低碳”生活。\n", encoding="utf-8"
    )
    ingest([tmp_path / "aid.txt"], settings)
    answer = open_assistant(settings).ask(Query("“低保”标准是多少"))
    assert (answer.status, [citation.clause_number for citation in answer.citations]) == ("answered", [1])


OLD = """桐川市公共租赁住房管理办法

（二〇〇九年七月一日发布）

第一条 为了规范公共租赁住房的管理，制定本办法。

第二条 公共租赁住房的租赁合同期限为5年。
"""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("old")
    (folder / "old.txt").write_text(OLD, encoding="utf-8")
    record = 'id = "old"\ntitle = "桐川市公共租赁住房管理办法"\nissuer = "桐川市人力资源和社会保障局"\n'
    (folder / "old.toml").write_text(record, encoding="utf-8")
    settings = Settings(data_dir=tmp_path_factory.mktemp("old-data"))
    ingest([folder / "old.txt"], settings)
    return open_assistant(settings)


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("这个办法是2009年7月发布的吗", ""),
        ("这个办法是2010年发布的吗", "2010年"),
        ("这个办法是2009年8月发布的吗", "8月"),
        ("这个办法是市人社局发的吗", ""),
        ("这个办法是市财政局发的吗", "市财政局"),
    ],
)
def test_dates_in_words_and_short_names_of_issuers_are_understood(old: Assistant, question: str, wrong: str) -> None:
    answer = old.ask(Query(question))
    assert [citation.clause_number for citation in answer.citations] == [0]
    assert answer.text.startswith(f"文件写的不是“{wrong}”") if wrong else "文件写的不是" not in answer.text
