"""A question's words → the kinds of answer it asks for, and a text → whether it can hold an answer of that kind.

A kind is a promise about form: who asks for an amount is not answered by a sentence without one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.answering import english_kinds as english

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千万亿]+)"
_PLAN_YEARS = r"十[三四五六]五(?!”?(?:相关)?(?:专项)?规划)"
"""A period of five years; the plan for one is no date."""
_PERSON = "(?:(?<![本地])人|谁|哪[个位]|领导|老板|(?<![龙码])头|长|主任|书记|代表|[他她])"
"""Who has the name that is asked for: 那个学校叫啥名 asks for no person's."""
_TIME = re.compile(
    rf"(?:19|20)\d\d年?|\d{{1,2}}月(?:\d{{1,2}}日)?|{_PLAN_YEARS}|年底|年内|月底|季度|尽早|尽快|近期|当年|次年|"
    rf"{_NUMBER}(?:年|个月|个?工作日|日内|天|小时|周)|{_NUMBER}[时点](?![候期代间机任务])|\d{{1,2}}:\d\d|期间|每年|每月|长期"
)
NO_TENTHS = "[立为果都渝效本昆]"
"""What may follow 成 where it is no tenth: 成立, 成都."""
_PRICE = "(?:票价|房价|价格|价钱|费用|收费|学费|租金|工资|薪水?|报酬|奖金)"
"""What has a price: that alone asks for it, 租金能补几成 asks for something else."""
_OLD = r"(?:的?年[纪龄]|的?岁数?|(?:才|就|以上|以下)?(?:能|可以?)|之?前|以[前后])"
"""What follows 多大 where it asks for an age: 多大能申请."""
_OFFICE = r"(?<![格布战全])局|(?<!宾)厅|办公室|政府"
"""Offices; 格局 and 迎宾厅 are none."""
_MUCH = "(?<![许很更众诸])多"
"""多 where it asks; it does not in 更多大学 and 许多长期项目."""
_DEGREE = "[响义用献力度距景险化别助果系]"
"""The last characters of what has no size: 影响有多大."""
_LEVEL = "[例率平标求槛资准费价]"
"""Likewise before 多高: 门槛有多高."""
_OTHER_THINGS = "(?!个?(?:工作日|小时|钟头|家|项|人|名|位|户|套|次|种|类|条|批|年|月|天|亩|平|企业|地区|部门|单位)|个(?![点百千万亿钱]))"
"""What follows 多少 where something else than money is counted: 补贴多少户, 补贴几年."""
_NOT_LONG = "(?!级|(?<=年)[来轻产货纪龄]|(?<=天)然|[前后]|[以之]后)"
"""What does not follow 几年 or 多少天 where they ask how long: 几年级, 几年以后, 多少年轻人, 多少天然气."""
_WHAT_DAY = r"(?<![一二三四五六七八九十\d])几号(?![楼线院门文机])"
"""几号 as a day, not 几号线."""
_WHO = "(?:谁|(?:什么|啥)(?=人|名|姓|来着|[呢啊哦呀嘛?？。,、]|$)|哪(?=[位个些里几两三]|[呢?？。]|$))"
"""What asks for a person behind 负责人是; 什么职务 does not."""
_NOT_FOR_ANY = "(?![^,;。?]{0,4}(?:可以|能(?!源)|享受|受益|适合|有资格|有机会))"
"""What follows 哪些企业 where the firms are to be described, not named: 哪些企业可以申请."""
_PAPERS = "(?:(?:申请|申报|报名|办理|手续|书面|纸质|相关|其[他它]|个人|哪些|证明|什么|啥|一?些|一?下|好|齐|的|多少)*(?:材料|资料)|[\u4e00-\u9fff]{0,4}(?:证件|证明))"
"""Papers to hand in, behind 什么; 什么石墨烯材料 is none."""
_LIST = re.compile(r"[^,;。、]+、[^,;。]+")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of answer.

    Attributes:
        name: its name.
        asked: matches a normalised question that asks for it.
        held: matches a normalised text that can hold it; None when any text can.
        label: what it is called to the user, (Chinese, English).
        topical: whether it is what a document may be about throughout (subsidies), without each sentence saying so.
    """

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str] | None
    label: tuple[str, str]
    topical: bool = False


def either(chinese: str, in_english: str) -> re.Pattern[str]:
    """A pattern of either language; of Chinese alone where the English one is empty."""
    return re.compile(f"{chinese}|{in_english}" if in_english else chinese)


def _kind(
    name: str,
    asked: str,
    held: str | re.Pattern[str] | None,
    label: str,
    english_label: str,
    in_english: str = "",
    topical: bool = False,
) -> Kind:
    """A kind; `in_english` is its name in `english_kinds.ASKED` where that is another."""
    pattern = re.compile(held) if isinstance(held, str) else held
    asked_for = either(asked, english.ASKED.get(in_english or name, ""))
    return Kind(name, asked_for, pattern, (label, english_label), topical)


KINDS: tuple[Kind, ...] = (
    _kind(
        "contact",
        r"电话|手机号|联系方式|联系人(?=是|叫|电话|的|[?？,]|$)|(?:怎么|怎样|如何|咋)(?:才能|能|去)?联系(?:[谁他它上到吗?]|$)|热线|邮箱|邮件|网址|官网|网站|公众号|微信|qq|号码|(?<!宣)传真(?![实正相])",
        r"(?<![\d.])(?:0\d{2,3}-?)?[2-8]\d{6,7}(?![\d.元])|[48]00-?\d{3,4}-?\d{3,4}|1[3-9]\d{9}|(?<!\d)\d{5}(?!\d)|热线|https?:|www\.|@|\.gov|电话|"
        r"公众号|小程序",
        "联系方式",
        "contact details",
    ),
    _kind(
        "address",
        r"地址|邮编|(?<![修建扩造])哪条[路街](?![线径子]|发展)|几号楼|哪个镇|哪个乡(?!村)|哪个村|哪个街道|(?<![处摆放]在)(?<!处于)[哪什啥]么?个?位置|在哪(?:里|儿)?(?:办公|上班)|选址|新址|^(?!.*(?:发展|转型|改革|振兴|之路|下一步)).*怎么走",
        r"位于|[路街道巷]\d+号|\d+号楼|邮编|地址|[^、,]{1,6}(?:镇|乡(?!村)|(?<!乡)村|街道)(?!振兴)",
        "具体地址",
        "an address",
    ),
    _kind(
        "money",
        rf"多少个?(?:[万亿]|[万亿]*[元钱块])(?![家个户人亩吨度平名套辆台头株棵]|千瓦|立?方)|(?:补贴|补助|奖励|奖金|投资|补偿|拨款)(?:(?!电话|号码|热线).){{0,8}}多少{_OTHER_THINGS}|[几多好]少?钱|[几多]少?[万亿]元|(?<![好十])(?<![我里头上]有)几[个百千]*[万亿](?![\u4e00-\u9fff]*[家个户人亩吨]|级?产业)|几毛|(?<![哪分成为有])几块(?!内容|地|区|工作)|几角|金额|额度|"
        rf"{_PRICE}(?:的)?(?:标准|水平|情况)?(?:大概|一般|现在|会不会|会|要|是|有|怎么算|怎么定|如何|怎么样)*(?:多少|几|呢|[贵涨降]|[高低][吗么不]|怎么[算定])|(?:^|[\s,;?。])(?:(?!怎|如何|咋|谁|哪|(?<!有)什么|(?<!有)啥)[^\s,;?。])*{_PRICE}(?:标准|水平|情况)?[?？。]*$|"
        rf"预算|(?:怎么|怎样|如何|咋)收费|费(?:怎么|怎样|如何|咋)[收算]|手续费(?=多少|抽|[?？。]*$)|总投资|投资(?:了)?(?:多少|几){_OTHER_THINGS}|投资额|造价|安家费|补贴标准|"
        rf"补助标准|[补赔奖罚给交卖]多少{_OTHER_THINGS}|拨[款多]|贷(?:到|得)?多少|多少(?:贷?款|补贴|补助|奖励|资金|经费|投资|奖金)|"
        rf"(?:补贴|补助|奖励|资金|经费|费)(?:是|有|给)?(?:多少|几){_OTHER_THINGS}",
        r"\d[\d.,]*\s*(?:[百千万亿]*元|[万亿](?!吨|亩|人|户|平))|[一二两三四五六七八九十百千万亿]+元|免费|免[收交缴]|全额|半价|减半|[一二三四五六七八九\d]折",
        "具体金额",
        "an amount of money",
    ),
    _kind(
        "rate",
        r"百分之|百分比|比例|比重|占比|占多少(?!平|亩|地|面积)|几成|(?<![哪有])几个点|(?:税|息|优惠)[^,;。?哪]{0,4}几个点|几几(?!年)|几比几|多少(?:股[份权]|份额)|税率|利率|利息|增速|增长率|报销多少|%",
        rf"\d+(?:\.\d+)?%|百分之|[一二三四五六七八九]成(?!{NO_TENTHS})|[一二三四五六七八九\d]+分之",
        "具体比例",
        "a rate or share",
    ),
    _kind(
        "size",
        rf"(?<!年纪)(?<!年龄)(?<!岁数)(?<!{_DEGREE})(?<!{_DEGREE}有){_MUCH}大(?![学型]|作用|意义|比[例重]|{_OLD})|^(?!.*(?:(?:扩|缩|增|减)[^,;。?]{{0,10}}面积|面积[^,;。?]{{0,8}}(?:扩|缩|增|减))).*面积|平方(?:公里|米)|多少亩|几亩|多少土?地(?![方区])|占地(?!补|赔|农民|怎|如何)|{_MUCH}长(?![时期远效])|全长|多少公里|几公里|里程(?!碑)|(?<!{_LEVEL})(?<!{_LEVEL}有){_MUCH}高(?![新端铁速校水品质标])|{_MUCH}重(?=[呢啊?？,。]|$)|多少万?(?:吨|千瓦)|几[百千万亿]+(?:吨|千瓦)|多少(?:立?方(?![面案式法向])|平(?![均台原]))|产量|(?<!落后)(?<!过剩)产能(?!过剩|合作)|万吨(?!级)",
        rf"(?:\d[\d.]*|{_NUMBER})\s*[百千万亿]*(?:平方|亩|公里|千米|米|吨|公顷|千瓦)",
        "面积、长度或规模的数字",
        "a size",
    ),
    _kind(
        "age",
        rf"多大{_OLD}|(?:年纪|年龄|岁数)(?:要|得|是|有)?(?:多[大少]|几)|(?<![十百\d])[多几]少?周?岁|年龄(?:限制|要求|上限|条件)",
        rf"{_NUMBER}周?岁|不受[^,;。]{{0,8}}年龄|年龄不限",
        "年龄",
        "an age",
    ),
    _kind(
        "time",
        rf"(?:什么|啥)时[候间](?!都)|啥时(?![候间])|(?<!任)何时|几时|多咱|哪[一]?年|哪[一]?天|几月|{_WHAT_DAY}|(?<![哪有])几点(?!要求|建议|意见|内容|措施)|期限|截止(?!到?[目现])|日期|时间表|"
        r"(?:通车|完工|开工|施行|生效|开放|营业|办理|建成|竣工)(?:的)?时间|时间$|到什么年(?![纪龄级])",
        _TIME,
        "时间",
        "a time or date",
    ),
    _kind(
        "year",
        r"哪一?年|几几年|到什么年(?![纪龄级])",
        rf"(?:19|20)\d\d年?|{_PLAN_YEARS}|[今明后当次]年|年底|年内",
        "年份",
        "a year",
    ),
    _kind(
        "month",
        r"几月(?!几|份?到)|哪个月|几月份",
        r"\d{1,2}月|[一二三四五六七八九十]月|月底|季度",
        "月份",
        "a month",
    ),
    _kind(
        "day",
        rf"哪一?天|几月几[号日]|{_WHAT_DAY}",
        r"\d{1,2}[日号]|[一二三四五六七八九十]{1,3}日|当[天日]|之日|[天日]内",
        "具体日期",
        "a day",
    ),
    _kind(
        "duration",
        rf"(?:多久|多长时间)(?![^,;。?能可才]{{0,8}}一[次趟班回])|多少(?:年|个月|天|个?工作日|个?小时|个?钟头){_NOT_LONG}|(?<![的这那好前后十哪近没])(?<!过去)(?<!未来)(?<!下来)(?<![^干超经通没拖做当住满交教要得]过)(?<!^过)(?:(?<![头下])|(?!几年))几(?:个月|个?小时|个?钟头|个?工作日|天|年){_NOT_LONG}",
        rf"{_NUMBER}(?:年|个月|个?工作日|天|个?(?:小时|钟头)|周|分钟)(?![\u4e00-\u9fff]*月)|(?<![月\d])(?:\d{{1,3}}|[一二三四五六七八九十]+)日(?![起至—\-])",
        "时长",
        "a duration",
    ),
    _kind(
        "frequency",
        r"(?:一|每)(?:周|天|日|月|个月|年).{0,4}(?:几|多少)(?:趟|次|班|列|回)|(?:多久|多长时间)[^,;。?能可才]{0,8}一[次趟班回]",
        rf"每隔?(?:{_NUMBER}|半)?个?(?:周|天|日|月|季|年|工作日|星期|小时|学期)|[按逐][周日月季年]|定期|(?<!第)(?:\d+|[一二两三四])(?:次|趟|班|回)",
        "频次",
        "a frequency",
    ),
    _kind(
        "company",
        rf"哪(?:家|几家|几个|些|个)?(?:公司|企业(?!家|文化)|厂(?!房)家?|厂商|单位|开发商|航空公司){_NOT_FOR_ANY}|成员单位|承建|由(?:谁|哪家|哪些?)[^,?]{{0,6}}(?:运营|建设|施工|投资)|谁来?(?:投资|出钱|承建|运营|施工)|"
        r"哪家[^,?]{0,4}(?:运营|负责|中标)",
        rf"[^、,;。和与的]{{2,}}(?:公司|集团|股份|院|大学|委员会|{_OFFICE}|协会)",
        "企业或单位的名称",
        "the name of a company or body",
    ),
    _kind(
        "authority",
        r"谁来?(?:管|负责|主管|监管|牵头|落实)|归谁|由谁(?:来)?(?:管|负责|牵头|落实)|(?:哪个|什么|哪些)(?:部门|单位|局(?![面势限]))(?![^,;。?]{0,4}(?:合作|联合|参与|交流))|(?:主管|负责|牵头)(?:部门|单位)",
        rf"委员会|领导小组|组长|负责人|[市县区党]委|部门|{_OFFICE}|公司|集团|机构|(?:[东西南北和]区|县)(?=要|应|将|负责|牵头|政府|人民|委)|各级",
        "负责单位",
        "who is responsible",
    ),
    _kind(
        "institution",
        r"(?<![修建盖造设办])哪(?:些|几|个|所|几所|家|几家)(?:大?中?小?学校|[大中小]学(?!生)|学院|医院|幼儿园|养老院|银行(?!卡)|院校|高校)(?!.{0,6}(?:合作|联合)|要[修建盖])",
        r"[^、,;。和与的]{2,}(?<!职教)(?:大学|学院|医院|中学|小学|银行|研究院|科学院)",
        "学校、医院等机构的名称",
        "the name of an institution",
    ),
    # Who heads a group may be said by the post that he holds; a name, below, may not.
    _kind(
        "person",
        r"组长(?:现在)?是(?:谁|哪)|组长[由让给]?谁来?(?:当|担任|出任)|谁来?(?:当|担任|出任)组长",
        r"(?<!责)任[^,;。务]{0,8}组长|组长[:：]",
        "具体人名",
        "a person's name",
        "post",
    ),
    _kind(
        "person",
        rf"{_PERSON}[^,;。?]{{0,2}},?叫(?:什么|啥)名|姓名|姓什么|(?:书记|市长|县长|区长|局长|主任|院长|负责人|(?<!组织)领导|河长|代表|校长)(?:现在)?(?:是|叫){_WHO}|"
        r"谁是(?![^,;。?]{0,6}(?:主体|单位|部门|机构|主力|主角|对象))|现任|(?<!组长)(?<!组长[由让给])谁来?(?:当|担任|出任)(?!组长)|(?:会长|理事长|董事长|总经理|校长|所长|馆长)是?(?:谁|哪)",
        r"(?:书记|市长|县长|区长|局长|主任|院长|省长)[\u4e00-\u9fff]{2,3}(?:同志)?(?:任|担任|为)|同志任|姓名",
        "具体人名",
        "a person's name",
    ),
    _kind(
        "application",
        r"(?:怎么|怎样|如何|咋|哪里|哪儿|去哪)(?:去|才能|能)?(?:申请|办理|报名|申领|领取|登记|预约|办手续|缴|报销|注册|落户|入驻|入住|加入)|手续(?!费)|(?<!工艺)(?<!生产)流程|(?:审批|办理|申请|报批)(?:的)?(?:步骤|环节|程序)|"
        r"(?<!什么时[候间])(?<!何时)报名(?!.{0,6}(?:截止|时间|什么时|几[号月点]|条件|资格|多少|费))|[在去到上]哪(?:里|儿|个地方)?(?:可以|能)?(?:办(?![的学成好起公会展])|申请|领(?![先导])|报(?![告道]))|找谁(?:去|来)?(?:办|申请|报名|登记)|办事指南",
        r"申请(?!报)|提交|受理|办理|报名|审批|登记|窗口|备案|公示",
        "办理流程",
        "an application procedure",
    ),
    _kind(
        "materials",
        rf"(?<![展产发造究制])(?:什么|哪些|啥|哪几样){_PAPERS}(?!产业|基地|参与|领域|[建造做])|"
        r"(?:交(?![了完过通流])|带(?![动头])|准备)[\u4e00-\u9fff]{0,4}(?<![新进型碳钛合])(?:材料|证件|资料|证明)(?!产业|基地|参与|领域)|"
        r"(?<![领动])(?:要|得|需要?|该|去|[交拿])?带(?:些|点)?(?:啥|什么(?!样|好处|影响)|哪些)(?:东西|去|过去)?(?:[?？。]|$)",
        r"材料[:：]|申请表|身份证|证明材料|申请材料|复印件|证件|资料|凭证",
        "所需材料",
        "the documents to hand in",
    ),
    _kind(
        "hours",
        r"(?:周末|节假日|星期[一二三四五六天日]|周[一二三四五六日]|晚上|早上|中午).{0,6}(?:开(?![展发通设会创])|上班|营业|关(?![心于注系]))|[开关]不[开关]门|营业时间|上班时间|开放时间",
        r"\d+[点时:]|周[一二三四五六日末]|星期|节假日|工作日|全天",
        "开放时间",
        "opening hours",
    ),
    _kind(
        "unit price",
        r"(?:一|每)(?:亩|平米?|平方米?|度|吨|公里|人|次|个?月|天|张|斤)(?:地|电|水)?.{0,4}(?:多少钱|卖多少|收多少|交多少|租多少|补多少|几[块元角毛])|单价",
        r"元(?:/|每)|[/每](?:亩|平|度|吨|公里|人|次|月|年|天)[^,;。]{0,6}元|每[\u4e00-\u9fff]{1,4}\d[\d.]*元",
        "单价或标准",
        "a price or rate per unit",
    ),
    _kind(
        "free",
        r"免不免[费票]|免[费票](?:吗|么|不|的?吧|没)|是不是免[费票]|要不要(?:交|给|收|花)?[钱费]|收不收[钱费]|要(?:交|给|收|花)?[钱费][吗么不]",
        r"免[费票收交缴除]|不收|收费|票价|费用|\d元|优惠|半价|\d折",
        "是否收费",
        "whether it is free",
    ),
    _kind(
        "exemption",
        r"能不能免|免不免(?![费票])|可以免(?!费)|能免(?!费)|不用(?:做|办|交|审)|豁免|有没有例外|例外",
        r"免(?:除|征|于|交|缴|检|税|予)|豁免|例外|除外|减免|不适用",
        "例外或豁免的规定",
        "an exemption or exception",
    ),
    _kind(
        "reason",
        r"(?<![成作称])为(?:什么|何|啥)(?!要?(?:干|做|搞)这|不|非|样|人(?:服|提)|群体|对象)|什么原因|啥原因",
        r"因为?|由于|为[了深更]|以便|旨在|有利于|是[^,;。]{2,40}(?:责任|机遇|抉择|需要|要求|保证|关键|举措|大手笔|之举|之策)|(?:重要|基本)保[证障]|必将|归根|互为|"
        r"(?:成|成为|打造)[^,;。]{2,40}(?:平台|支撑|枢纽|支点|引擎)|作为",
        "原因",
        "a reason",
    ),
    # What a policy gives is not given by a text that speaks of the same matter without it.
    _kind(
        "subsidy",
        r"补贴|补助|津贴|补[多几]少?钱|给补[吗么不]|发钱",
        r"补贴|补助|津贴|资助|奖补|补偿|扶持资金|资金支持|专项资金",
        "补贴或补助",
        "a subsidy",
        topical=True,
    ),
    _kind(
        "tax",
        r"减税|免税|退税|税收优惠|税费减免|少交税",
        r"税",
        "税收优惠",
        "a tax relief",
        topical=True,
    ),
    _kind(
        "loan",
        r"贷款|贴息|借钱|能贷",
        r"贷|贴息|融资|信贷|金融|银企|银行",
        "贷款或贴息",
        "a loan",
        topical=True,
    ),
    _kind(
        "reimbursement",
        r"报销|报账|医保.{0,6}结算|异地.{0,4}(?:结算|报)|(?<![下可上申])报多少",
        r"报销|结算|支付|医保|医疗保险|社会保险|社保",
        "报销规定",
        "reimbursement",
        topical=True,
    ),
    _kind(
        "rank",
        r"排第几|排名|第几名|名列|(?<!安)排在?(?:哪(?!些)|前几)",
        r"第[一二三四五六七八九十\d]+(?!批|条|十|次|届|个五年)|排名|唯一|首[个位]|领先|前[列十三五]",
        "名次",
        "a rank",
    ),
    _kind(
        "river",
        r"哪(?:一?条|个|些|几条)(?:河流?(?![谷长])|江|水系|水库|湖(?!长))",
        r"[江湖](?!长)|河(?![长谷口])|水库",
        "河流或水源的名称",
        "the name of a river",
    ),
    _kind(
        "county",
        r"哪(?:一|几|两|三)?(?:个|些)?(?:县区?|区县?|县（区）|乡镇?|镇)(?![域块别位间村贤])",
        r"(?<![\u4e00-\u9fff])[东西南北中]区|[\u4e00-\u9fff](?<![地济园新范验城社片景库矿辖市郊山游假移功展放发保护灾牧工林])[区](?!域|位|别|块)|[\u4e00-\u9fff]县(?!域|区)|[\u4e00-\u9fff]镇(?!化)",
        "县区的名称",
        "the name of a county or district",
    ),
    _kind(
        "condition",
        r"(?<!创造)(?<!提供)(?<!改善)(?:什么|哪些|啥)条件|(?:申请|准入|落户|报名|享受)条件|什么资格|够不够格|门槛|符合什么|满足什么",
        r"(?<![遇为和造供])条件|应当(?:具备|符合)|符合|资格|非禁即入|满足|具有",
        "适用条件",
        "the conditions",
    ),
    _kind(
        "penalty",
        r"罚[多款几什么]|处[罚分](?!权)|怎么罚|什么后果|违反.{0,8}怎么|"
        r"(?:[完达]不[成到]|没(?:完成|达到|做好)|不(?:合格|达标)|失败).{0,4}(?:怎么|咋|会怎|如何)",
        r"罚款|处罚|处分|处以|责令|追究|问责|警告|吊销|没收",
        "处罚规定",
        "a penalty",
    ),
    _kind(
        "quantity",
        r"多少[?？。]*$|(?:一|每)(?:年|个?月|天|亩|平|度|人|家|次).{0,3}(?:多少|几(?!口))",
        rf"\d|{_NUMBER}[家个名人位所条项座户级层]|免费|全部|不限",
        "具体数字",
        "a figure",
    ),
    _kind(
        "result",
        r"(?:[批通]过?|建成|完成|验收|通过验收|批下来|批准|实现|开通|通车|落地|达标|竣工|成立|搬完|修好|建好|办成)(?:了吗|了没|没有?(?=,|$)|了么|了没有)|"
        r"(?<![说讲写提定问])(?:入驻|引进|落户|来|投|花|完成|落地|成立|修|建|开|签|招)了(?:哪|多少|几|什么|啥)|到(?:现在|目前|今天|如今)|(?:去年|(?<!如)今年|昨[天晚]|上个?月|上半年)[^,;。]{0,12}(?:多少|(?<!哪)几|怎么样|如何|情况|了吗|了没|了么)|目前(?:已|的?(?:情况|进[度展]|数据))|现在已经|(?:目前|现在|眼下)(?:一共|总共)?有[^,;。?]{0,6}(?:多[少大]|几)|(?<![引改推促])进了(?:多少|几)|已经有|实际(?:完成|达到)|进展(?:如何|怎么样|到哪)|最后(?![一期]).{0,8}(?:没|吗)|"
        r"是否已|(?<![我俺咱你您他她爸妈爷奶娃])已经?(?![我俺咱\d])[^,;。]{1,18}(?:了吗|了没|了么|了没有|了不|吗)[?？。]*$",
        r"已经|已(?:建成|完成|达到|实现|有|于|[获被由在经]|[建设成批通纳开启列入])|审议通过|会议通过|作出[^,;。]{0,12}(?:决策|决定|部署)|目前|截至|现有|上年|同比|持平|(?:19|20)\d\d年度",
        "完成情况或最新数据",
        "results or current figures",
    ),
)


_ONLY_NUMBERED = "人名位户届次台辆份套间期岁张分股趟班吨栋学生棵株盏只头艘架"
"""Units of what no text lists one by one."""


_SAID_AS = {"项": "(?:项|个(?=[^,;。]{0,6}项目))", "床": "[床张]", "人": "(?:人|名(?![次列单额录]))"}
"""Measure words as texts say them: 120个重点项目, 床位500张, 引进1000名人才."""


def counts(text: str, unit: str) -> bool:
    """Whether a text has a number of something in that unit; of anything when it is empty or general."""
    if unit and unit in _ONLY_NUMBERED:
        return bool(re.search(rf"{_NUMBER}{'周?' if unit == '岁' else ''}{_SAID_AS.get(unit, unit)}", text))
    general = "(?:[家个名人位所条项座户张届次批种类级层处台辆份套间期]|大(?=[“\u4e00-\u9fff]))"
    measure = _SAID_AS.get(unit, re.escape(unit)) if unit and unit not in "个样句大" else general
    return bool(re.search(rf"{_NUMBER}{measure}", text))


def holds_count(text: str, unit: str) -> bool:
    """Whether a text counts something in that unit (any unit when empty), or lists what could be counted."""
    return counts(text, unit) or (not (unit and unit in _ONLY_NUMBERED) and bool(_LIST.search(text)))


def holds(kind: Kind, text: str) -> bool:
    """Whether a normalised text can hold an answer of that kind."""
    return kind.held is None or bool(kind.held.search(text))
