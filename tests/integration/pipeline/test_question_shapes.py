"""Questions by their shape: in two halves, after what came before, by place, by list, read out."""

from __future__ import annotations

import re

import pytest

from assistant.pipeline import Assistant
from assistant.schema import Answer, Query, Turn

DISTRICTS = ["东区要", "西区要", "仁和区要", "米易县要", "盐边县要"]


def asked(assistant: Assistant, question: str, *before: str) -> Answer:
    return assistant.ask(Query(question, history=tuple(Turn(earlier, "") for earlier in before)))


def quoted(answer: Answer) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "answered", "missing"),
    [
        ("绕城东段高速何时开工，收费多少", "“十四五”开工建设", "“收费多少”"),
        ("新区工业总产值要到多少、面积有多大", "1500亿元以上", "“面积有多大”"),
        ("红格温泉度假区在哪个县，门票多少钱", "盐边县", "“门票多少钱”"),
        ("我们公司做钒钛材料的，想入驻产业园，租金多少，有哪些产业园", "钒钛装备产业园", "“租金多少”"),
        ("Which rail line goes to Lijiang and Dali, and what will a ticket cost?", "丽江", "“what will a ticket cost”"),
    ],
)
def test_the_half_that_is_there_is_answered_and_the_other_named(
    corpus_assistant: Assistant, question: str, answered: str, missing: str
) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "partial"
    assert answered in quoted(answer)
    assert missing in answer.text.splitlines()[-1]


def test_every_part_that_is_not_there_is_named(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "机场搬到哪里？什么时候搬完？花多少钱？")
    assert answer.status == "partial"
    assert answer.text.splitlines()[-1] == "文件没有写明“什么时候搬完”、“花多少钱”。"
    refused = asked(corpus_assistant, "光伏电站的GDP能到多少，电价多少")
    assert refused.status == "no_evidence"
    assert "没有写明“光伏电站的GDP能到多少”、“电价多少”，" in refused.text


def test_when_follows_as_a_question_of_its_own(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "Will the airport be relocated, when, and how much will it cost?")
    assert answer.status == "partial"
    assert "机场迁建" in quoted(answer)
    assert "“when” or an answer to “how much will it cost”" in answer.text.splitlines()[-1]
    assert asked(corpus_assistant, "When I am 70, what care do I get?").status == "answered"


@pytest.mark.parametrize("said", ["我的身份证号是510402199001011234吗", "写成[1]多少钱"])
def test_what_must_not_be_repeated_is_not(corpus_assistant: Assistant, said: str) -> None:
    """Numbers of persons, and what would look like a marker."""
    answer = asked(corpus_assistant, f"机场搬到哪里？{said}？")
    assert answer.status == "partial"
    assert "510402" not in answer.text
    assert [int(marker) for marker in re.findall(r"\[(\d)\]", answer.text)] == [c.marker for c in answer.citations]


def test_a_part_that_is_a_little_too_unlikely_is_named_too(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "无人机测试的地儿有没有，投多少钱建")
    assert answer.status == "partial"
    assert "无人机测试基地" in quoted(answer)
    assert answer.text.splitlines()[-1].startswith("文件没有写明")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("生态方面的目标", "生态屏障"),
        ("新区产值目标是什么", "1500亿元以上"),
        ("What is the target for the industrial output of the new district?", "1500亿元以上"),
    ],
)
def test_a_target_is_asked_of_something(corpus_assistant: Assistant, question: str, words: str) -> None:
    """That a sentence has the word 目标, or 指标, in it does not make it an answer."""
    answer = asked(corpus_assistant, question)
    assert words in quoted(answer)
    assert "指标要求" not in quoted(answer)
    assert "目标定位" not in quoted(answer)


def test_what_a_story_tells_before_its_question_is_not_asked(corpus_assistant: Assistant) -> None:
    answer = asked(
        corpus_assistant,
        "我家在成都，老人每年冬天去攀枝花住几个月，我没人可问。文件里有没有说外地老人过去养老要怎么合作？",
    )
    assert answer.status == "answered"
    assert "异地养老" in quoted(answer)


@pytest.mark.parametrize("question", ["空港那边要建的新城叫什么名字", "跟机场配套的新城叫啥名"])
def test_the_name_of_a_thing_is_no_person(corpus_assistant: Assistant, question: str) -> None:
    assert "空港新城" in quoted(asked(corpus_assistant, question))


def test_the_name_of_a_person_is_still_asked_for(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "带头的是哪位领导，叫啥名")
    assert answer.status == "no_evidence"
    assert "人名" in answer.text


def test_when_work_begins_does_not_tell_when_it_ends(corpus_assistant: Assistant) -> None:
    assert "“十四五”开工建设" in quoted(asked(corpus_assistant, "西区到盐源的高速什么时候开工"))
    assert asked(corpus_assistant, "好久能通车", "西区到盐源的高速修不修").status == "no_evidence"


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("西区到盐源的高速要修吗", "什么时候动工", "盐源县高速公路"),
        ("康复辅助器具产业园是不是要建", "跟成都的哪个区合办的", "温江区"),
        ("机场要搬走吗", "旁边还规划建什么", "空港新城"),
    ],
)
def test_a_question_without_its_subject_takes_it_from_the_one_before(
    corpus_assistant: Assistant, before: str, question: str, words: str
) -> None:
    assert words in quoted(asked(corpus_assistant, question, before))


@pytest.mark.parametrize("country", ["缅甸", "印度", "孟加拉国"])
def test_a_country_is_known_by_its_first_character_among_others(corpus_assistant: Assistant, country: str) -> None:
    answer = asked(corpus_assistant, f"通往{country}的铁路走哪个口岸")
    assert "瑞丽口岸到达孟中印缅经济走廊" in quoted(answer)


def test_a_country_that_no_document_names_is_refused(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "通往越南的铁路走哪个口岸")
    assert answer.status == "no_evidence"
    assert "越南" in answer.text


@pytest.mark.parametrize("question", ["把第九条念给我听", "第九条的原文", "Read me clause 9 word for word"])
def test_a_clause_is_read_out_whole(corpus_assistant: Assistant, question: str) -> None:
    clause = next(
        clause for clause in corpus_assistant.documents()[0].clauses if clause.number == 9 and clause.kind == "clause"
    )
    assert quoted(asked(corpus_assistant, question)) == clause.text.removeprefix(clause.label).strip()


def test_a_short_clause_is_told_whole(corpus_assistant: Assistant) -> None:
    words = quoted(asked(corpus_assistant, "第十五条写的什么"))
    assert words.startswith("激活市场主体。")
    assert "非禁即入" in words


def test_what_a_clause_is_about_is_said_shortly(corpus_assistant: Assistant) -> None:
    assert len(quoted(asked(corpus_assistant, "第十一条讲的是什么"))) < 200


@pytest.mark.parametrize(
    "question",
    [
        "各县区的任务分别是什么",
        "给几个县区定了任务",
        "哪些县区被点到名",
        "定了任务的县区有几个",
        "三区两县分别要干啥",
        "五个区县分别要干啥",
        "五个区县分别干啥 全说一遍 快点",
        "What is each of the five counties and districts supposed to do?",
    ],
)
def test_each_district_is_listed_with_its_task(corpus_assistant: Assistant, question: str) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert [citation.quote[: len(start)] for citation, start in zip(answer.citations, DISTRICTS, strict=True)] == (
        DISTRICTS
    )


def test_where_something_is_that_only_the_heading_says(corpus_assistant: Assistant) -> None:
    assert "攀西科技城" in quoted(asked(corpus_assistant, "新的医院和停车场在哪座城里修"))


def test_a_year_that_is_wrong_is_put_right(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "新区要到2028年才基本形成区域中心城市核心区，对不对")
    assert "2028年" in answer.text.splitlines()[0]
    assert "到2025年，新区基本形成" in quoted(answer)


def test_a_year_of_two_that_is_not_there_is_named(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "2025年和2030年工业总产值分别要到多少")
    assert answer.status == "partial"
    assert "1500亿元以上" in quoted(answer)
    assert "2030年" in answer.text.splitlines()[-1]


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("创建新区和推动双城圈建设分别由谁领导", "争创省级新区工作领导机构", "各级党政主要负责人任领导小组组长"),
        ("金沙江的航运和治理各有什么安排", "金沙江翻坝运输体系", "金沙江（攀枝花段）综合治理"),
        ("仁和区和东区的定位分别是什么", "南大门", "钒钛战略资源创新开发主战场"),
    ],
)
def test_what_is_asked_of_each_of_two_things_is_looked_for_twice(
    corpus_assistant: Assistant, question: str, first: str, second: str
) -> None:
    words = quoted(asked(corpus_assistant, question))
    assert first in words
    assert second in words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("那另外一座呢", "智慧人文新城"),
        ("那另外一座城要靠什么产业", "以科技研发产业为主导"),
        ("另一座的思路呢", "生态优先、产业立根"),
    ],
)
def test_the_other_one_of_two(corpus_assistant: Assistant, question: str, words: str) -> None:
    assert words in quoted(asked(corpus_assistant, question, "钒钛新城要打造成什么样"))


def test_a_follow_up_that_compares(corpus_assistant: Assistant) -> None:
    words = quoted(asked(corpus_assistant, "跟盐边比呢，路子一样不", "米易县主要抓什么"))
    assert "米易县要" in words
    assert "盐边县要" in words


@pytest.mark.parametrize("question", ["具体是哪八个", "具体是哪几场"])
def test_what_is_only_counted_is_not_named(corpus_assistant: Assistant, question: str) -> None:
    answer = asked(corpus_assistant, question, "污染防治要打几大战役")
    assert answer.status == "no_evidence"
    assert "八大战役" in answer.text


def test_which_clause_says_something_is_told_by_its_heading(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "讲铁路公路大通道的是第几条")
    assert answer.citations[0].clause_number == 10
    assert answer.citations[0].quote.startswith("加强内外大通道建设")


def test_step_by_step_is_asked_of_all_of_a_clause(corpus_assistant: Assistant) -> None:
    words = quoted(asked(corpus_assistant, "要拿下省级新区这块牌子，得一步步做哪些事"))
    assert "控制性详细规划" in words
    assert "成立市争创省级新区工作领导机构" in words


def test_a_common_verb_need_not_stand_in_the_text(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "By which year should the new area reach 100 high-tech enterprises?")
    assert answer.status == "answered"
    assert "2025" in quoted(answer)


@pytest.mark.parametrize(
    ("before", "question"),
    [
        (("钒钛新城有哪些产业园",), "那科技城呢"),
        (("钒钛新城有哪些产业园",), "租金呢"),
        (("我想来养老", "看病方便吗"), "医保呢"),
        (("民企有什么支持",), "个体户呢"),
        (("钒钛新城有哪些产业园",), "怎么入驻"),
        (("钒钛新城有哪些产业园",), "谁来管"),
        (("攀钢要做什么",), "归谁管"),
        (("商会联盟要建吗",), "怎么加入"),
    ],
)
def test_what_answered_the_question_before_does_not_answer_for_something_else(
    corpus_assistant: Assistant, before: tuple[str, ...], question: str
) -> None:
    answer = asked(corpus_assistant, question, *before)
    assert answer.status == "no_evidence"
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("before", "question", "words"),
    [
        ("民企有什么支持", "国企呢", "国资国企"),
        ("东区要干什么", "还有两个县呢", "盐边县要"),
        ("机场要搬吗", "高铁呢", "高速铁路"),
    ],
)
def test_what_holds_the_other_thing_does(corpus_assistant: Assistant, before: str, question: str, words: str) -> None:
    answer = asked(corpus_assistant, question, before)
    assert answer.status == "answered"
    assert words in quoted(answer)


def test_which_clause_is_no_count(corpus_assistant: Assistant) -> None:
    assert [c.clause_number for c in asked(corpus_assistant, "考核激励写在文件的第几条？").citations][:1] == [17]


@pytest.mark.parametrize("before", [(), ("高速公路修哪几条", "攀宜那条在修没")])
def test_a_line_that_is_begun_is_not_said_to_be_open(corpus_assistant: Assistant, before: tuple[str, ...]) -> None:
    question = "那条啥时候通车" if before else "攀宜高速好久通车"
    assert asked(corpus_assistant, question, *before).status == "no_evidence"


def test_what_counts_things_is_no_part_of_their_name(corpus_assistant: Assistant) -> None:
    assert "阳光大道南北延线" in quoted(asked(corpus_assistant, "科技城那边要修哪几条路哦？"))


def test_which_they_are_tells_how_many(corpus_assistant: Assistant) -> None:
    question = "How many industrial parks is the new vanadium town getting, and what are they?"
    for text in (question, "钒钛新城要建几个产业园，都叫啥"):
        assert "石墨烯碳新材料产业园" in quoted(asked(corpus_assistant, text))


def test_bodies_that_do_research_are_not_those_that_have_tasks(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "搞科研靠本地哪些单位")
    assert "攀钢研究院" in quoted(answer)
    assert not any(district in quoted(answer) for district in DISTRICTS)


def test_the_decision_of_another_body_is_not_this_one(corpus_assistant: Assistant) -> None:
    assert asked(corpus_assistant, "凉山州委的决定是哪天通过的").citations == ()
    assert "2020年7月30日" in quoted(asked(corpus_assistant, "攀枝花市委的决定是哪天通过的"))


@pytest.mark.parametrize(
    "question", ["When did the province adopt its decision?", "When was the provincial decision passed?"]
)
def test_another_body_did_not_adopt_its_decision_with_this_one(corpus_assistant: Assistant, question: str) -> None:
    assert corpus_assistant.ask(Query(question)).status == "no_evidence"


def test_private_firms_are_the_private_economy_too(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "关于私人企业的，所有说法都给我")
    assert "民营经济参与重大基础设施建设" in quoted(answer)
    assert "非禁即入" in quoted(answer)


def test_a_draft_that_is_to_scold_is_no_insult(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "我要写个作风建设的稿子，重点骂一骂形式主义，决定里怎么说形式主义的")
    assert answer.status == "answered"


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("哪些县区要大力发展战略性新兴产业", {"西区要", "仁和区要", "米易县要"}),
        ("哪几个区县搞温泉度假", {"盐边县要"}),
        ("哪些县区要建南大门", {"仁和区要"}),
        ("五个县区分别是什么任务", set(DISTRICTS)),
    ],
)
def test_only_the_districts_with_the_task_are_quoted(
    corpus_assistant: Assistant, question: str, districts: set[str]
) -> None:
    text = quoted(asked(corpus_assistant, question))
    assert {district for district in DISTRICTS if district in text} == districts


@pytest.mark.parametrize(
    "question",
    [
        "省委决定是哪年通过的",
        "《中共四川省委关于深入贯彻习近平总书记重要讲话精神、加快推动成渝地区双城经济圈建设的决定》是哪天通过的",
        "2025年攀枝花GDP目标",
        "攀宜高速公路什么时候开工",
    ],
)
def test_what_is_said_of_something_like_it_is_no_answer(corpus_assistant: Assistant, question: str) -> None:
    assert asked(corpus_assistant, question).status == "no_evidence"


@pytest.mark.parametrize(
    "question",
    [
        "“7+3”里的七个和三个分别是什么产业",
        "污染防治的八个战役一个一个报给我听",
        "“一二三五”工作思路展开来是什么",
        "火车南站那个片区有多大",
        "红格温泉度假区，是盐边县出钱建吧",
        "国家全域旅游示范区建的是第几批",
        "科技城要修几所小学",
        "钒钛新城的厂子安全没整好，会不会遭喊停产",
        "What is the closing date for applying to the pilot for mountains, lakes and forests?",
        "In those shared parks, is it fifty fifty on the taxes?",
    ],
)
def test_another_kind_of_answer_is_none(corpus_assistant: Assistant, question: str) -> None:
    assert asked(corpus_assistant, question).status == "no_evidence"


@pytest.mark.parametrize("question", ["对民企要搞贷款贴息吗", "奖金分配要到人吗"])
def test_what_is_so_of_other_things_is_no_yes(corpus_assistant: Assistant, question: str) -> None:
    assert asked(corpus_assistant, question).status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("能先行先试的五个领域一个一个说", "“五大领域”"),
        ("三级运行机制是哪三级", "决策层、协调层、执行层"),
        ("安宁河谷要打造省内第几个平原经济带", "第二个平原经济带"),
        ("老三线厂房这些旧东西会保留下来吗", "三线工业遗产"),
        ("大学老师能不能到外面公司兼份差", "兼职"),
        ("大学老师能到公司里做副业吗", "兼职"),
        ("私人老板掏钱修路，政府欢迎吗", "民营"),
    ],
)
def test_the_same_kind_in_other_words_is_one(corpus_assistant: Assistant, question: str, words: str) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert words in quoted(answer)


def test_a_year_of_which_something_else_is_said_is_not_called_unknown(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "到2025年攀枝花要建成几所大学")
    assert answer.status == "no_evidence"
    assert "没有写明2025年" not in answer.text
    assert "没有写明2031年的情况" in asked(corpus_assistant, "2031年工业总产值要到多少").text


@pytest.mark.parametrize(("question", "clause"), [("哪些不好的作风要整治", 16), ("哪些没用的地要修复", 12)])
def test_what_is_denied_of_the_thing_itself_is_no_denial_asked_for(
    corpus_assistant: Assistant, question: str, clause: int
) -> None:
    assert [citation.clause_number for citation in asked(corpus_assistant, question).citations] == [clause]


@pytest.mark.parametrize(
    ("before", "question", "answered", "missing"),
    [
        ("是不是有个康养学院", "办它图个啥，一年收好多学生", "康养高技能人才培训基地", "“一年收多少学生”"),
        ("群团组织管用吗", "点了哪几个名？会员一共多少人？", "工会、共青团、妇联", "“会员一共多少人”"),
    ],
)
def test_of_a_follow_up_in_two_halves_the_one_that_is_there_is_answered(
    corpus_assistant: Assistant, before: str, question: str, answered: str, missing: str
) -> None:
    answer = asked(corpus_assistant, question, before)
    assert answer.status == "partial"
    assert answered in quoted(answer)
    assert answer.text.splitlines()[-1] == f"文件没有写明{missing}。"


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("水力、风能、太阳能这块，市里准备怎么开发，想做成什么？", 8),
        ("走过场、摆官架子这些毛病怎么管", 16),
    ],
)
def test_what_only_sounds_like_an_answer_is_not_quoted_beside_it(
    corpus_assistant: Assistant, question: str, number: int
) -> None:
    assert {citation.clause_number for citation in asked(corpus_assistant, question).citations} == {number}


def test_a_part_that_the_quotes_answer_is_not_named_as_missing(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "活干得怎么样，平时靠啥手段盯")
    assert answer.status == "answered"
    assert "督察通报" in quoted(answer)


def test_what_follows_on_when_a_document_was_adopted_is_on_it_too(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "这个决定2022年才通过吧，是几月份来着")
    assert [citation.quote for citation in answer.citations] == [
        "（2020年7月30日中国共产党攀枝花市第十届委员会第九次全体会议通过）"
    ]


def test_what_is_done_or_not_must_stand_there(corpus_assistant: Assistant) -> None:
    assert asked(corpus_assistant, "格里坪那个园区招不招工嘛 一个月开好多").status == "no_evidence"


@pytest.mark.parametrize(
    ("question", "number", "said", "unsaid"),
    [
        ("第六条当中写盐边的那几句说了啥", 6, ["盐边县要", "绿色发展示范县"], "县域经济与加快"),
        ("第十条关于机场怎么说", 10, ["机场迁建"], "国家物流枢纽承载"),
        ("第十三条结尾谈园区的那句什么意思", 13, ["飞地园区"], "国资国企"),
        ("第十一条想创建的示范区、示范市有几个，一个个数", 11, ["体育产业发展示范区", "健康城市示范市"], "引水上山"),
        ("第七条最后一句是什么", 7, ["到2025年", "1500亿元以上"], "核心引擎"),
        ("What does article 10 say about the airport?", 10, ["机场迁建"], "国家物流枢纽承载"),
    ],
)
def test_what_a_clause_says_on_a_matter(
    corpus_assistant: Assistant, question: str, number: int, said: list[str], unsaid: str
) -> None:
    answer = asked(corpus_assistant, question)
    assert answer.status == "answered"
    assert {citation.clause_number for citation in answer.citations} == {number}
    assert all(words in quoted(answer) for words in said)
    assert unsaid not in quoted(answer)


def test_what_a_clause_does_not_say(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "第十一条有没有提到机场")
    assert (answer.status, answer.citations) == ("no_evidence", ())
    assert "(十一)没有写明“机场”" in answer.text
    assert 10 in {citation.clause_number for citation in answer.related}


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("第十条主要是讲什么的，两三句话说清", "加强内外大通道建设"),
        ("第六条的重点是什么", "夯实县域经济基础"),
        ("第八条对我们企业有什么影响", "加快提升钒钛钢铁制造能力"),
        ("政策文件第六条具体内容", "夯实县域经济基础"),
    ],
)
def test_a_clause_as_a_whole_is_told_by_its_opening(corpus_assistant: Assistant, question: str, opening: str) -> None:
    assert asked(corpus_assistant, question).citations[0].quote.startswith(opening)


def test_all_clauses_on_a_matter_but_those_left_out(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "撇开第十一条，其余哪些条也谈到康养？")
    numbers = {citation.clause_number for citation in answer.citations}
    assert {2, 3, 5, 6, 13} <= numbers
    assert 11 not in numbers


def test_all_on_a_name_is_what_uses_it(corpus_assistant: Assistant) -> None:
    answer = asked(corpus_assistant, "跟攀钢挂钩的布置有哪几处")
    assert {citation.clause_number for citation in answer.citations} == {8, 9, 15}
