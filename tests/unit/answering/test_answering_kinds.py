"""The kinds of answer that a question asks for, and whether a text can hold one."""

from __future__ import annotations

import pytest

from assistant.answering.asked import Asked, what_is_asked
from assistant.answering.kinds import KINDS, holds, holds_count
from assistant.indexing.analysis import normalize

KIND = {kind.name: kind for kind in KINDS}


def asked(question: str) -> Asked:
    return what_is_asked(normalize(question))


def kinds(question: str) -> set[str]:
    return {kind.name for kind in asked(question).kinds}


QUESTIONS = {
    "authority": "谁负责这项工作|谁来管|归谁管|由谁牵头|哪个部门负责|主管单位是哪个",
    "contact": (
        "怎么联系|怎么联系他们？|咨询电话是多少？|招商局的联系方式|有没有热线|官网网址是什么|发邮件到哪个邮箱|公众号叫什么|负责人的手机号|传真号码|"
        "What is the phone number?|contact person of the office|is there a website?"
    ),
    "address": "市民中心的地址在哪里|机场新址在哪条路|邮编是多少|园区选址在哪|办事大厅怎么走|在哪个街道|What is the address of the college?",
    "money": (
        "投资多少钱？|补贴标准是多少|奖励多少万元|总投资额|工业总产值目标是多少亿？|高铁票价|预算有多少|学费要交多少|每户补多少|"
        "安家费给多少|花了几个亿|造价多高|資金有多少|How much does it cost?|what is the budget?|the fee for parking"
    ),
    "rate": "占比多少|比重要达到百分之几|增速目标|税率是多少|利率优惠|医保报销比例|能报几成|占百分之多少|what percentage|growth rate target|税收对半分吗|"
    "收益三七开还是五五开|is it fifty fifty?",
    "size": (
        "新区面积多大|占地多少亩|高速全长多少公里|铁路多长|新区有多大|产量多少吨|绿化多少平方公里|宅基地能占多少平|how large is the zone"
    ),
    "age": "单身多大能申请公租房|大专学历多大年纪之前能落户|年龄要求是什么|几岁可以入学|how old must I be|at what age",
    "time": (
        "什么时候开工？|何时建成|哪一年通车|期限到什么时候|竣工时间|几月份施行|有效期到几号|建设时间表|啥时候搬|"
        "When will it open?|by what year|what is the deadline?|closing date for applications"
    ),
    "reason": "为什么要争创省级新区|机场为啥要搬|什么原因",
    "year": "哪一年开工|是哪年定的|到什么年完成",
    "month": "几月份施行|在哪个月报名",
    "day": "哪天通过的|几月几号截止|哪一天开会",
    "subsidy": "开养老院给补贴吗|租房补助|人才津贴有没有",
    "tax": "能不能减税|有税收优惠吗|出口退税",
    "loan": "创业能贷款吗|有没有贴息",
    "reimbursement": "看病能报销吗|医保异地结算|怎么报账",
    "duration": "审批要几个工作日|多久能办好|要多长时间|试点几年|how long does it take",
    "person": "市长是谁|市委书记叫什么名字|谁是组长|现任区长|河长是谁|院长是哪位|交易中心的老总是哪个|Who is the mayor?|name of the director",
    "application": (
        "怎么申请补贴|如何办理落户|在哪里报名|办理流程是什么|需要哪些手续|怎么报销|居住证怎么办理|去哪申领|How do I apply?|"
        "what is the application procedure?"
    ),
    "materials": "需要什么材料|申请要带哪些证件|准备哪些资料|交什么证明|申请低保要带啥|去派出所办证带什么|申请要交哪些paper|转社保要带哪些东西去办|what documents are required?|the paperwork needed",
    "condition": "申请条件是什么|什么条件可以享受|准入门槛|满足什么要求才能落户|用多少电的企业才够格|产值多少才让进|什么资格|Who is eligible?|requirements for new firms",
    "penalty": (
        "违反规定怎么处罚|罚款多少|违反了有什么后果|会怎么罚|处罚措施|会不会遭喊停产|会不会被问责|"
        "what is the penalty?|What happens to an office that fails?|the fine for delays"
    ),
    "result": "现在实际完成情况|去年产值多少|机场建成了吗|新区批下来没有|进展如何|目前已有多少家|was the airport finished last year?|How many firms are there today?",
    "order": "是第几批|排在省内第几个",
    "payer": "谁出钱|是哪一方出钱|盐边县出钱建吧|奖金分给谁",
    "interest": "对民企贷款贴息吗",
    "quantity": "产值是多少|每年多少|目标多少？",
}


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, question) for kind, group in QUESTIONS.items() for question in group.split("|")]
)
def test_the_kind_is_seen(kind: str, question: str) -> None:
    assert kind in kinds(question)


@pytest.mark.parametrize(
    "question",
    [
        "钒钛新城要建成什么？",
        "有哪些产业园",
        "机场搬到哪里",
        "西区怎么发展",
        "什么是飞地园区",
        "打造什么样的营商环境",
        "钒钛产业要带动什么",
        "Is it applied for on a phone app?",
        "县域经济的思路",
        "What will Yanbian become?",
        "Which parks will be built?",
        "与成渝地区开展哪些合作",
        "多大作用",
        "哪些材料产业基地",
        "第十条讲什么",
    ],
)
def test_no_kind_is_seen_where_none_is_asked(question: str) -> None:
    assert kinds(question) == set()


NOT_ASKED = {
    "contact": "宣传真实案例吗|网站怎么完善|Is phone coverage improved?",
    "address": "走哪条路线|走哪条路发展|处在什么位置|哪个乡村旅游好|发展之路怎么走",
    "order": "第几条说的|在第几部分|第几次会",
    "payer": "私人出钱修桥行不行|企业出资源吗",
    "money": (
        "任务分成几块|规划有几块|投资几个项目|补贴多少企业|租房补贴几年|补贴多少个工作日到账|专项资金几月份申报|打造几个千亿级产业|我手头有几百万，投哪个产业|怎么讨工资|减免哪些费用|"
        "怎么降低费用|水电装机多少万千瓦|"
        "How will prices be reformed?|Which measures lower costs for firms?|How much does the city rely on vanadium?|How much has changed?"
    ),
    "rate": (
        "科技创新主要抓哪几个点|改革有几个点|"
        "What is of interest to investors?|At any rate, will it move?|Which measures raise the success rate?|Which growth areas are named?"
    ),
    "size": (
        "发挥多重优势|有什么里程碑|多高水平的开放|影响有多大|支持力度多大|门槛有多高|要和更多大学合作吗|有许多长期项目吗|跟多少地方合作|建多少平台|"
        "推进多少方面的工作|占地怎么赔|怎么提高产能|要淘汰落后产能吗|In the area of health care, what is planned?|What is the length of stay?"
    ),
    "age": "我七十多岁了有什么补贴|三十几岁的人才有什么政策",
    "time": (
        "思路是哪几点|发展思路有几点|任何时候都能申请吗|什么时候都可以来吗|到什么年龄可以来|地铁几号线|怎么压缩办理时间|"
        "What is done when pollution is found?|When firms invest, do they get land?"
    ),
    "day": "几号文件",
    "duration": (
        "未来几年重点发展什么产业|接下来几年怎么干|过去几年取得了什么成绩|头几年主要干什么|再过几年新区什么样|过几年机场搬哪|几年以后能坐高铁吗|引进多少年轻人|"
        "用多少天然气|多少年来没解决|我刚来没几个月，想问作风建设|督察多久搞一次"
    ),
    "company": (
        "哪些企业可以入驻|哪些企业能享受政策|哪些企业家来了|空着的是哪些厂房|要引进几家企业|Which companies may join?|Which firms will benefit?"
    ),
    "authority": "与哪些单位合作|打造什么局面",
    "institution": "哪些学科重点发展|哪些大学生能领补贴|哪些医院要建|需要几所学校|Which schools will be built?",
    "person": "组织领导是哪一条|负责人是什么职务|谁是创新主体|码头叫什么名",
    "application": "手续费是多少|怎么简化手续|在哪里领先|在哪办公|如何优化审批流程",
    "materials": (
        "发展什么石墨烯材料|有哪些电池材料|做哪些建筑材料|用什么材料建|需要什么原材料|交了材料几天出证|"
        "What forms of cooperation are planned?|Which documents mention vanadium?"
    ),
    "hours": "周末开展什么活动|晚上关心什么|How will it open on to the south?",
    "unit price": "What is produced per person?",
    "exemption": "with the exception of Yanbian, what is planned?",
    "reason": "为什么样的企业服务|服务为什么对象",
    "rank": "十四五安排哪些高速|产业园安排在哪里",
    "river": "哪个河长负责",
    "county": "哪些乡村要振兴|哪个区位优势最明显",
    "condition": "创造什么条件|How will qualifications be recognised?",
    "penalty": "What happens at the airport?|被扣押的车怎么取|Is there fine dining?|Which fine chemicals are made?",
    "quantity": "一家几口都能来吗",
    "result": (
        "现在有哪些支持民营企业的政策|目前有什么人才政策|目前的定位是什么|最后一公里有没有解决|"
        "What is currently planned for tourism?|Is the information up to date?|When did the committee meet?|When was the airport built?"
    ),
}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("重点发展哪些新材料？", "materials"),  # materials of industry, not papers
        ("推动哪些先进材料参与协作", "materials"),
        ("文件分为几块内容", "money"),  # 几块 as in parts
        ("下一步怎么走", "address"),
        ("给农产品定了个什么位置", "address"),
        ("在市场上想占个什么位置", "address"),
        ("那个工程叫五几几几来着", "rate"),
        ("产业产值占地区生产总值多少", "size"),
        ("提出了几点要求", "time"),
        ("近几年的发展思路", "duration"),
        ("如今年轻人怎么就业", "result"),
        ("今年9月能上小班吗", "result"),  # this year, and no result
        ("去年没报销过，有什么好处没", "result"),
        ("租金能补几成", "money"),  # a share of the price
        ("津贴比工资低的部分谁补", "money"),
        ("租房补贴的咨询电话是多少", "money"),
        ("报名到几号截止", "application"),
        ("单身多大能申请公租房", "size"),
        ("面积多大", "age"),
        *[(question, kind) for kind, group in NOT_ASKED.items() for question in group.split("|")],
    ],
)
def test_words_that_only_look_like_a_kind(question: str, kind: str) -> None:
    assert kind not in kinds(question)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("有多少家高新技术企业", "家"),
        ("多少人", "人"),
        ("要建几座医院", "座"),
        ("全会上有几票反对", "票"),
        ("报告要交几份", "份"),
        ("治污一共要打几场硬仗", "场"),
        ("可以在几家单位兼职", "家"),
        ("一共可以报几家园区吗", "家"),
        ("能说说要建几座医院吗", "座"),
    ],
)
def test_the_measure_word(question: str, unit: str) -> None:
    assert asked(question).count_unit == unit


@pytest.mark.parametrize(
    "question",
    ["有多少家高新技术企业", "几个产业园", "要建几座医院", "分几期建设", "企业数量", "给多少名额", "how many parks"],
)
def test_what_is_counted(question: str) -> None:
    assert asked(question).count_unit is not None
    assert asked(question).wants_list


@pytest.mark.parametrize(
    "question",
    [
        "钒钛新城要建成什么",
        "这几个园区怎么建",
        "那几家企业在哪",
        "好几个",
        "哪个区",
        "产值占多少份额",
        "需要多少条件",
        "交多少所得税",
        "能领几个月",
        "几个工作日能办好",
        "占多少股份",
        "能免费用几场馆",
        # 几 says some.
        "老师可以在几家单位兼职吗",
        "是只挑几条河试点,对吧",
        "园区是一起改还是先拿几个试",
    ],
)
def test_nothing_is_counted(question: str) -> None:
    assert asked(question).count_unit is None


FLAGS = {
    "wants_list": "有哪些产业园|哪几个园区|分别是什么|列出全部园区|包括什么|哪四个园区|which parks|list the targets",
    "wants_all": "所有的园区|全部指标|列出指标|一共有几个|都有什么|各区的定位|all the parks|every target",
    "yes_no": "机场搬吗？|是不是要搬|有没有医院|能不能参与|机场要搬不|机场要搬嘛|有规划没|Is there a hospital?|will it move?",
    "definition": "飞地园区是什么意思|“两城”指的是什么|什么叫飞地园区|“5115”的含义|what does it mean",
    "comparison": "东区和西区的区别|两城有什么不同|哪个更大|东区与西区对比|difference between the two|compare them",
    "overview": "这个决定主要讲什么|概括一下|文件的主要内容|总结一下全文|give me an overview|summarise it|what is this document about",
    "reason": "为什么争创新区|为何要搬|原因是什么|why move it",
    "each": "东区和西区分别做什么|三个区各有什么定位|what do they do respectively",
}


@pytest.mark.parametrize(
    ("flag", "question"), [(flag, question) for flag, group in FLAGS.items() for question in group.split("|")]
)
def test_the_shape_is_seen(flag: str, question: str) -> None:
    assert getattr(asked(question), flag)


@pytest.mark.parametrize(
    ("flag", "question"),
    [
        ("wants_list", "机场搬到哪里"),
        ("wants_all", "机场搬到哪里"),
        ("yes_no", "机场搬到哪里"),
        ("yes_no", "到底要修几所小学嘛"),
        ("yes_no", "What is the target?"),
        ("definition", "机场搬到哪里"),
        ("comparison", "机场搬到哪里"),
        ("overview", "机场搬到哪里"),
        ("reason", "机场搬到哪里"),
        ("each", "机场搬到哪里"),
    ],
)
def test_a_shape_is_not_seen_everywhere(flag: str, question: str) -> None:
    assert not getattr(asked(question), flag)


HELD = {
    "contact": (
        [
            "咨询电话:0812-3324567。",
            "手机13812345678",
            "致电400-893-9111咨询",
            "教育科38622522",
            "拨打12345热线",
            "登录www.gov.cn",
        ],
        ["工业总产值1500亿元", "设立招商专班", "共2345678元"],
    ),
    "address": (["位于人民路12号", "位于中山大道西", "地址:东区", "3号楼"], ["建设空港新城", "加快机场迁建工作"]),
    "money": (
        ["总产值1500亿元以上", "补贴3000元", "处五千元罚款", "免费开放", "投资2.5亿"],
        ["占比50%以上", "100家企业", "50万亩", "2025年"],
    ),
    "rate": (["比重50%以上", "百分之三十", "达到九成", "三分之一"], ["1500亿元", "成立机构", "完成任务", "成渝地区"]),
    "size": (["占地3000亩", "全长12.5公里", "面积40平方公里", "年产200吨"], ["扩大新区面积", "1500亿元"]),
    "time": (
        [
            "到2025年",
            "2020年7月30日",
            "“十四五”期间",
            "力争尽早开工",
            "公园六时开放,二十二时关闭",
            "30个工作日",
            "年底前",
        ],
        ["加快机场迁建", "提高服务能力"],
    ),
    "year": (["到2025年", "“十四五”期间"], ["力争尽早开工", "纳入“十四五”规划", "7月30日"]),
    "month": (["2020年7月", "三月底"], ["2020年", "今年"]),
    "day": (["7月30日通过", "二十日内"], ["“十四五”期间", "2020年7月"]),
    "subsidy": (["每月补贴100元", "专项资金"], ["加强异地养老交流合作", "支持民营企业"]),
    "tax": (["财税政策先行先试", "减免增值税"], ["给予奖励"]),
    "loan": (["开展银企对接", "给予贴息"], ["鼓励创业"]),
    "reimbursement": (["医保支付范围", "可以报销"], ["加强异地养老交流合作"]),
    "person": (["由李四同志任组长", "市长张三为总指挥"], ["各级党政主要负责人任组长", "成立领导小组"]),
    "frequency": (
        ["定期开展督察", "每6个月清洗一次", "每两年至少一次", "按月发放", "每半年一次"],
        ["第一次会议", "2025年", "尽快搬迁"],
    ),
    "materials": (["申请材料:身份证复印件", "提交证明材料"], ["钒钛新材料产业", "先进材料"]),
    "penalty": (["处以五千元罚款", "责令改正", "吊销许可证"], ["给予奖励", "强化考核激励"]),
}


@pytest.mark.parametrize("name", HELD)
def test_what_a_text_can_hold(name: str) -> None:
    yes, no = HELD[name]
    assert [text for text in yes if not holds(KIND[name], normalize(text))] == []
    assert [text for text in no if holds(KIND[name], normalize(text))] == []


@pytest.mark.parametrize(
    ("text", "unit", "held"),
    [
        ("高新技术企业100家以上", "家", True),
        ("建设三条高速", "条", True),
        ("高新技术企业", "家", False),
        ("建设甲园、乙园和丙园", "个", True),  # a list can be counted
        ("甲、乙、丙", "人", False),  # but not to a number of people
        ("招收200人", "人", True),
        ("引进1000名人才", "人", True),
        ("推进120个重点项目", "项", True),
        ("床位500张", "床", True),
        ("打好“八大战役”", "场", True),
        ("建设20个园区", "项", False),
        ("加快建设", "", False),
    ],
)
def test_what_a_text_counts(text: str, unit: str, held: bool) -> None:
    assert holds_count(text, unit) is held


@pytest.mark.parametrize(
    ("name", "text", "held"),
    [
        ("size", "年产2万吨", True),
        ("size", "建筑面积500万平方米", True),
        ("address", "全面推进乡村振兴", False),
    ],
)
def test_forms_that_are_misread(name: str, text: str, held: bool) -> None:
    assert holds(KIND[name], normalize(text)) is held


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("组长是谁", "person"),
        ("到现在建成几个", "result"),
        ("现在有几家企业", "result"),
        ("眼下一共有几家厂子", "result"),
        ("面积现在有多大", "result"),
        ("局长叫啥、几点上班", "person"),
        ("督察多久搞一次", "frequency"),
        ("隔多久能再查一次", "duration"),
        ("一去几年", "duration"),
        ("干过几年才能当", "duration"),
        ("没过几天能再考", "duration"),
        ("到成都要几个钟头", "duration"),
        ("要多少个工作日", "duration"),
        ("总共投多少个亿", "money"),
        ("税收优惠有几个点", "rate"),
        ("最多能占多少股份", "rate"),
        ("手续费怎么收", "money"),
        ("租金怎么算", "money"),
        ("学费", "money"),
        ("去哪做，费用", "money"),
        ("装机多少万千瓦", "size"),
        ("机场有多大", "size"),
        ("要交那些材料", "materials"),
        ("专班在哪办公", "address"),
        ("由谁来投资建设", "company"),
        ("Tell me when the airport opens", "time"),
        ("What is planned and when does it start?", "time"),
        ("Which line goes there, and what will a ticket cost?", "money"),
        ("How much did the economy grow?", "rate"),
        ("What fine does an employer face?", "penalty"),
        ("With what papers, and where?", "materials"),
        ("What documents should I take to apply?", "materials"),
        ("How many firms are currently registered?", "result"),
        ("share price of the company", "money"),
        ("compensation per square metre", "unit price"),
    ],
)
def test_kinds_that_are_missed(question: str, kind: str) -> None:
    assert kind in kinds(question)
