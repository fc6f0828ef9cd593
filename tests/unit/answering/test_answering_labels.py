"""Names with a number in them, and whether a text says what they consist of."""

from __future__ import annotations

import pytest

from assistant.answering.labels import asked_label, spells_out

FIELDS = "强力推进资源配置管理、供地用地、直购电、财税和生态补偿“五大领域”政策先行先试"


@pytest.mark.parametrize(
    ("question", "text", "name"),
    [
        ("“五大领域”指哪些", FIELDS, "五大领域"),
        ("五大领域是什么", FIELDS, "五大领域"),
        ("5115工程具体是什么", "深入实施康养旅游产业“5115”工程", "5115"),
        ("文件提的,5115,是什么", "深入实施康养旅游产业“5115”工程", "5115"),
        ("“7+3”指什么", "现代农业“7+3”产业体系", "7+3"),
        ("“两城”是哪两城", "加快“两城”建设", "两城"),
        ("五大领域是教育、医疗和旅游吧", FIELDS, "五大领域"),
        ("“八大战役”有哪些", "打好污染防治攻坚“八大战役”", "八大战役"),
        ("what are the “五大领域”", FIELDS, "五大领域"),
        ("“十四五”是什么意思", "力争“十四五”开工西昆高速", "十四五"),
        ("“7+3”里的七个和三个分别是什么产业", "现代农业“7+3”产业体系", "7+3"),
        ("7加3里,7个是哪些", "现代农业“7+3”产业体系", "7+3"),
        ("现代农业,加号前面是哪七样", "现代农业“7+3”产业体系", "7+3"),
        ("“一二三五”工作思路展开来是什么", "坚持“一二三五”总体工作思路", "一二三五"),
        ("那你把这八个战役一个一个报给我听", "打好“八大战役”", "八大战役"),
        ("8大战役都有啥", "打好“八大战役”", "八大战役"),
        ("攻坚战役是哪八个", "打好“八大战役”", "八大战役"),
        ("五区协同是哪五个区", "落实“一干多支、五区协同”发展战略", "五区协同"),
        ("两个大局是哪两个", "着眼两个大局", "两个大局"),
        ("三级运行机制是哪三级", "构建决策层、协调层、执行层三级运行机制", "三级运行机制"),
        ("五个高地是哪五个", "聚焦教育、医疗、信息、文化、创新“五大区域高地”建设", "五大区域高地"),
        ("八大战役里有没有蓝天保卫战", "打好“八大战役”", "八大战役"),
        ("7+3,我种芒果算不算在里头", "现代农业“7+3”产业体系", "7+3"),
    ],
)
def test_the_name_that_is_asked_about(question: str, text: str, name: str) -> None:
    assert asked_label(question, text) == name


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("五大领域怎么推进", FIELDS),  # asks how, not what
        ("五大领域是什么", "加快机场迁建工作"),  # the text does not use it
        ("2025年的目标是什么", "到2025年,新区基本形成"),  # a year is no name
        ("机场在哪里", "“两城”建设,机场迁建"),
        ("3000元补贴哪些人能领", "给予3000元补贴"),
        ("1200人以上的企业有哪些", "用工1200人以上的企业"),
        ("3000多平方米的厂房有哪些", "建成3000多平方米的厂房"),
        ("1500-3000元的补贴发给哪些人", "补贴1500-3000元"),
        ("哪年工业总产值达到1500", "工业总产值达到1500亿元"),
        ("which firms have 1200 workers", "用工1200人以上的企业"),
        ("十四五期间开工哪些高速", "力争“十四五”开工西昆高速"),
        ("“十四五”开工哪些高速", "力争“十四五”开工西昆高速"),
        ("五大领域里有没有旅游", FIELDS),  # spelt out: `no_member` puts it right
        ("八大战役怎么展开", "打好“八大战役”"),
        ("除开那两个城,还有哪些新区", "加快“两城”建设"),
        ("四川有哪四个城市参加", "四川南向开放"),
        ("三级机制是哪三个", "现代农业“7+3”产业体系"),
        ("和哪两地合作", "加强与宜宾、泸州两地合作"),
    ],
)
def test_no_name_is_asked_about(question: str, text: str) -> None:
    assert asked_label(question, text) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("五大领域", FIELDS),
        ("五大领域", "“五大领域”包括教育、医疗、信息、文化和创新"),
        ("三级", "构建决策层、协调层、执行层三级运行机制"),
        ("两地", "加强与成都、重庆两地国资国企协同"),
        ("两城", "把钒钛新城和攀西科技城作为“两城”"),
        ("四个自信", "道路自信、理论自信、制度自信、文化自信“四个自信”"),
        ("5115", "“5115”即建设五大片区、一百个项目、十大品牌和五个中心"),
    ],
)
def test_a_text_that_spells_it_out(name: str, text: str) -> None:
    assert spells_out(name, text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("五大领域", "推进“五大领域”政策先行先试"),
        ("五大领域", "在教育、医疗、文化、创新“五大领域”"),  # four are not five
        ("八大战役", "打好“八大战役”,全面加强金沙江综合治理。做好甲、乙、丙、丁、戊、己、庚、辛"),
        ("5115", "深入实施康养旅游产业“5115”工程,加快建设攀西文旅经济带"),
        ("7+3", "加快构建现代农业“7+3”产业体系"),
        ("两城", "加快“两城”建设,争创省级新区"),
        ("四个意识", "增强“四个意识”、坚定“四个自信”、做到“两个维护”"),
        ("五大领域", ""),
    ],
)
def test_a_text_that_only_uses_it(name: str, text: str) -> None:
    assert not spells_out(name, text)


def test_what_two_things_are_to_be_is_not_which_they_are() -> None:
    text = "把河东新城和科技城作为“核心引擎”,以“两城”为主体"
    assert asked_label("“两城”不就是河东新城跟空港新城嘛,对不对", text) == "两城"
    assert asked_label("两城是全市的经济中心和创新中心吗", text) is None


@pytest.mark.parametrize("question", ["5115工程是哪个产业的", "7+3是什么行业的体系", "“5115”工程属于哪方面的"])
def test_what_a_name_belongs_to_is_not_what_it_consists_of(question: str) -> None:
    assert asked_label(question, "深入实施康养旅游产业“5115”工程,构建现代农业“7+3”产业体系") is None
