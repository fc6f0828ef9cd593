"""What people tell beside what they ask, or have wrong in a name, is put right with the clause; what is so is not denied."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answering.wording import puts_right
from assistant.config import Settings
from assistant.pipeline import Assistant, ingest, open_assistant
from assistant.schema import Query
from tests.integration.pipeline.putting_right import assert_put_right

# question | the word it has wrong | the clause to quote | words of the passage that puts it right
OTHERWISE = """
门头定稿：国家技术转移西南中心川南分中心|川南|9|攀西分中心
宣传册上印的“攀西数字创意港”，跟文件是一个名头不|创意|5|攀西数字经济港
现代农业“10+3”产业体系，种芒果算不算在里头|10+3产业|11|“7+3”产业体系
攀枝花到昭通的铁路都开工了，昭通这头咋没动静|开工|10|前期工作
“迎宾厅”给了盐边，那米易分到个啥角色|盐边|6|米易县要
网约车师傅说西区往后是攀枝花的“南大门”，靠谱不？|西区|6|仁和区要
据说要去参与建设的是北京的科学城，跑那么远图个啥|北京|9|中国西部科学城
东区当南大门，仁和当钒钛主战场，我没记反吧|东区当南大门|6|“南大门”
政协管立法保障，人大管协商议政，分工没说反吧|政协管立法保障|16|政协协商议政
搞科研的人不让到外头兼职，规定得死死的，对么|搞科研的人不让到外头兼职|13|流动和兼职
明天要抽背，五大区域高地：教育、医疗、信息、文化、体育。背对了吗|体育|5|教育、医疗、信息、文化、创新
机场不是早就搬完了嘛，咋个还绕路|搬完|10|机场迁建
煤炭产业升级是东区的任务吧|东区|6|西区要
"""


@pytest.mark.parametrize("row", OTHERWISE.strip().splitlines())
def test_what_is_told_wrong_is_put_right_with_the_clause(corpus_assistant: Assistant, row: str) -> None:
    assert_put_right(corpus_assistant, row)


@pytest.mark.parametrize(
    "question",
    [
        "门头定稿：国家技术转移西南中心攀西分中心",
        "攀枝花到昭通的铁路要做前期工作，昭通这头有动静没",
        "“迎宾厅”给了米易，那盐边分到个啥角色",
        "西区做康复器具，东区搞钒钛研发，没错吧",
        "我在深圳开厂，听说攀枝花支持成渝企业做康养，有这回事吗",
        "人大管立法保障，政协管协商议政，分工没说反吧",
        # What the asker says himself is not so.
        "研发投入是鼓励企业多投，并没有强制摊派，我这么解释没错吧",
        "领导小组组长不能推给副职，得党政一把手来当，没讲错吧",
        "格里坪那个园是省级的，不是国家级，没错吧",
        "领导小组组长是党政一把手来当，不是分管副职，对吧",
        "新区的硬指标只写到2025年，没有2030年的，是吧？",
        "这份决定是市委全会通过的，不是市政府发的文，没搞错吧？",
        "国企协同点的是成都、重庆，就这俩，绵阳压根没提，对吧",
        "格里坪园区我对客户介绍成“省级”，没敢吹国家级，稳妥吧？它属于哪个区",
        # More than so much, how many are left, and how many it names.
        "新区工业总产值的目标过了一千亿，对吧？",
        "金沙江翻坝运输是跟另外三个地方合着干的，对吧？哪三个？",
        "群团里点了三家的名，除了工会和共青团还有妇联，没漏吧",
        # In other words, or misspelt.
        "推项目、牵银行、股权混改，这三样都是给民企开的路子，准吧？",
        "钒钛深加功项目要的是投自大、科技高、效益好的，对把",
        "目标是做省里第二个平原经济带，对吧",
        # Asked for, and which of two.
        "哪些县区要大力发展战略性新兴产业",
        "经济区同行政区分离，是全面推开还是先试着来",
    ],
)
def test_what_is_so_or_only_asked_is_not_denied(corpus_assistant: Assistant, question: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "文件写的不是" not in answer.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("搬机场没写吧", "加快机场迁建工作"),
        ("激活市场那一条压根没提攀钢，我翻了两遍都没看着", "充分发挥攀钢"),
        ("体育产业的示范区没打算在攀西弄，对么", "建设攀西体育产业发展示范区"),
        ("The decision does not mention the airport, right?", "加快机场迁建工作"),
    ],
)
def test_what_is_said_not_to_be_there_is_shown(corpus_assistant: Assistant, question: str, words: str) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert puts_right(answer.text)
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "文件没提给企业减税吧",  # nor does it
        "文件没说要建地铁吧",
        "去昭通的铁路没写哪年通车吧",  # of the railway it speaks, of the year it does not
        "那个国家试点没说已经拿到吧",
        "不说路了，医院修不修",
    ],
)
def test_what_is_rightly_said_not_to_be_there_is_not_denied(corpus_assistant: Assistant, question: str) -> None:
    assert not puts_right(corpus_assistant.ask(Query(question)).text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("财务总监讲研发投入这块对企业是鼓励加引导。他没讲错吧？", "鼓励引导企业"),
        ("1500亿指的是工业总产值，不是GDP，是这么回事不", "工业总产值1500亿元"),
        ("盐边的钒钛矿要科学开发——我给投资人这么转述，有没有添油加醋", "科学开发钒钛矿产资源"),
        ("课堂笔记：省委推双城经济圈，“一干多支”是重要支撑。老师抽查，我这么答稳不稳", "一干多支"),
        ("外婆听广播讲的：米易往后要把农业、文化、旅游揉到一堆搞。广播莫哄老人家哈", "农文旅深度融合"),
    ],
)
def test_who_asks_only_if_it_is_so_is_answered_on_what_is_told(
    corpus_assistant: Assistant, question: str, words: str
) -> None:
    answer = corpus_assistant.ask(Query(question))
    assert answer.status == "answered"
    assert "没有写明" not in answer.text
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question", ["2023年1月1日在本市买新房，能领购房补贴吗", "我2024年1月1日买的新房，可以领购房补贴吧"]
)
def test_a_day_within_a_span_is_not_denied(tmp_path: Path, question: str) -> None:
    (tmp_path / "measures.txt").write_text(MEASURES, encoding="utf-8")
    settings = Settings(data_dir=tmp_path / "data")
    ingest([tmp_path / "measures.txt"], settings)
    assert "文件写的不是" not in open_assistant(settings).ask(Query(question)).text


MEASURES = """购房补贴办法

第一条 为了支持居民购房，制定本办法。

第二条 自2021年1月1日起至2025年12月31日，在本市购买新房的家庭可以领取购房补贴。

第三条 购房补贴的标准为每户12,000元。
"""
