"""The words of an English question that ask for a kind of answer, by kind; for `kinds`, which has the Chinese ones.

All patterns are for normalised text: lower case, one space between words.
"""

from __future__ import annotations

import re

_POST = (
    r"(?:mayor|(?:party )?secretary|director|governor|head(?! of (?:the|each|these|any) (?:leading|steering|working) groups?)|boss|"
    r"chief(?! system)|leader|minister|president|chair(?:man|woman|person)?|principal|dean|manager)"
)
_I = r"(?:i|we|you|one|people|companies|investors)"
_DOES = r"(?:is|are|was|were|do|does|did|will|would|can|could|should|must|may|has|have|exactly)\b"
WHEN = (
    rf"\bwhen\b(?! (?!{_DOES})[^,;.?]{{2,60}}, (?:{_DOES}|what|who|how|which|where|why))"
    r"(?! (?:i|we|you|they|he|she|my [a-z]+) "
    r"(?:am|is|are|was|were|have|has|get|gets|turn|turns|grow|retire|retires|become|becomes|come|comes|live|need|move|arrive)\b)"
)
"""“When” as a word of asking: that of “when I am 70” and “when firms invest, do they …” only says in which case."""
_IN_CASE = (
    r"(?:what|how|who|whom|which|where|why|is there|are there)\b(?![^,;.?]*\b(?:and|or|know|says?|about) when\b)"
    rf"[^,;.?]* when (?!{_DOES})"
)
"""A question that something else asks: what is done when a firm fails."""

ASKED: dict[str, str] = {
    "contact": (
        r"\b(?:(?:tele|mobile )?phone(?! (?:apps?|coverage|signals?|networks?|makers?|parts))|hotline|e-?mails?|website|web page|url|fax|wechat|contact (?:number|person|detail\w*|info\w*))\b|"
        rf"\bwhom? (?:do|can|should|could) {_I} (?:call|contact|e-?mail|write|phone|ring)\b"
    ),
    # “How does the plan address …” asks for no address.
    "address": (
        r"\b(?:the|an|its|their|your|street|postal|office|exact|full|what) address(?:es)?\b|\baddress (?:of|for)\b|"
        r"\b(?:postcode|zip code|directions to|(?:which|what) (?:street|building|floor|village|mountain)|(?:on|along|in) (?:which|what) road)\b|"
        rf"\bhow (?:do|can) {_I} get to\b|\bwhere exactly\b|\bexact (?:location|site|spot|place)\b"
    ),
    "money": (
        r"\bhow much\b(?! (?:of|land|area|water|time|longer|power|electricity|energy|more|progress|support|has|have)\b)"
        r"(?![^,;?]* (?:rely|relies|depends?|matters?|grow)\b)|"
        r"\bhow many (?:yuan|rmb|dollars|euros|pounds|million|billion|bn)\b|"
        r"(?:(?:^|[,;?.] ?)(?!(?:(?:so|and|but|then),? )?(?:how (?:will|do|does|can|could|is|are|should|to)|whom?|why|which)\b)|\bwhat\b)"
        r"[^,;?]*\b(?:prices?|costs?|fees?|budgets?|salar(?:y|ies)|fares?|rents?|tuition|wages?|tolls?|bonus(?:es)?|expensive)\b|"
        r"\bamounts? of\b|\b(?:subsid(?:y|ies)|grants?|allowances?|benefits?|funding|investment|rewards?|compensation|"
        r"payments?|tax) (?:amounts?|levels?|sizes?|sums?)\b|\bwhat (?:subsid(?:y|ies)|allowances?|grants?)\b|"
        r"\b(?:size|amount|sum) of the (?:subsid(?:y|ies)|investments?|grants?|funds?|loans?)\b"
    ),
    "rate": (
        r"\b(?:percent\w*|per cent|share of|what share|(?:biggest|largest|maximum) (?:stake|share)|proportion|(?<!of )(?<!public )(?<!in the )interest(?!-| (?:in|to|from|of|groups?)\b)|(?<!-)(?<!any )rates?|ratio|per annum|50[ /-]50|(?:fifty|half)(?:[- ]| and )(?:fifty|half))\b|\bp\.a\b|%|"
        r"\b(?:what|which|how much) (?:gdp |economic |annual |yearly |output |population )*growth\b(?! (?:pole|engine|area|point|driver|sector))|"
        r"\bhow much (?:is|are|will|does|do|should|did|has|have) [^,;?]*\bgrow[n]?\b|\bhow fast (?:is|are|will|does|do|should|did)\b"
    ),
    "age": r"\bhow old\b|\bat what age\b|\bage (?:limits?|requirements?|conditions?)\b",
    "size": (
        r"\b(?:(?<!in )the (?:total |floor |land |surface |built-up )?area of|square (?:kilomet(?:er|re)|met(?:er|re))s?|hectares?|acres?)\b|\b(?:length|width|height) of\b(?! (?:stay|time|service))|"
        r"\bhow (?:big|large) (?:is|will) the (?:[a-z-]+ ){0,4}(?:area|site|park|zone|district|campus|airport|resort|port)\b|"
        r"\bhow (?:wide|tall|deep) (?:is|are|will|was|were)\b(?! (?:the |their |this )?(?:[a-z-]+ )?(?:cooperation|integration|reforms?|ties|gap|crisis|range|support)\b)|"
        r"\bhow long (?:is|are|will) (?:the |that |this )?(?:[a-z-]+ ){0,4}"
        r"(?:roads?|railways?|lines?|expressways?|motorways?|highways?|tunnels?|bridges?|rivers?|routes?|extensions?|avenues?)\b|"
        r"\bhow (?:big|large) an area\b|\bhow (?:wide|long|deep|tall) is it\b|"
        r"\bhow many (?:km|kilomet\w+|miles|mu|met(?:er|re)s|tons|tonnes|lanes)\b"
    ),
    "time": (
        rf"(?:^|[,;.?] ?)(?!{_IN_CASE})[^,;.?]*?(?<!happens )(?<!happen )(?<!even ){WHEN}|\bwhat (?:date|year|time|month|day)\b|\bwhich (?:year|month|date|day)\b|"
        r"\b(?:deadline|closing date|cut-?off date|due date|last day|by what year|opening hours|opening times?|timetable|time ?frame|time ?line|start date|how soon)\b"
    ),
    "year": r"\b(?:what|which) year\b",
    "month": r"\b(?:what|which) month\b",
    "day": r"\b(?:exact date|(?:what|which) (?:date|day)|month and day)\b",
    "duration": (
        r"\bhow long (?:does|will|did|do|would|until|can|may|must|should|is the (?:validity|period|term))\b(?! (?:the|be) (?:[a-z-]+ ){0,4}be\b)|"
        r"\bhow many (?:years|months|weeks|working days|days|hours)\b"
    ),
    "frequency": r"\bhow (?:often|frequently|regularly)\b|\bhow many times\b",
    "company": (
        r"\bwh(?:ich|at) (?!(?:the|their|our|your|these|kinds?|types?|sorts?|about|if|is|are|do|does|will|can) )(?:(?!of )[a-z-]+ ){0,2}(?:compan(?:y|ies)|firms?|airlines?|contractors?|operators?|(?:hotel|restaurant|supermarket|retail) (?:chain|group|brand)s?|"
        r"developers?|manufacturers?|carmakers?|builders?|suppliers?|factor(?:y|ies))\b(?! (?:may|can|could|should|must|need|(?:will )?(?:benefit|profit)|are (?:wanted|welcome|eligible|encouraged|supported|invited|allowed))\b)|"
        r"(?:^(?:the )?|\b(?:who|which|what|name)\b.{0,40}\b)(?:developer|contractor|operator|builder) of\b|\bwho (?:is|are) (?:building|constructing|operating|financing|funding|paying)\b|"
        r"\bwho (?:puts?|chips?) in\b|\bwho will (?:build|construct|operate|finance|fund|pay)\b"
    ),
    "institution": r"\bwhich (?:[a-z-]+ )?(?:schools?|hospitals?|banks?)\b(?! (?:will|are to|is to|should) be built\b)",
    "post": r"\b(?:heads?|leaders?|chairs?|chairman) of (?:the|each|these) (?:leading|steering|working) groups?\b",
    "person": (
        rf"\bnames? of the (?:[a-z-]+ )?(?:{_POST}|person|officials?)\b|"
        rf"\bwho(?:['’]s| is| was) (?:the |its |their |your )?(?:[a-z-]+ )?{_POST}\b"
    ),
    "application": (
        rf"\bhow (?:do|does|can|to|should|could) (?:{_I} |(?:my|our|a|an) [a-z]+ )?(?:apply|register|enrol+|sign up|join|book)\b|"
        rf"\bwhere (?:do|can|should|must|could) {_I} (?:apply|register|enrol+|sign up|submit|hand)\b|"
        rf"\bhow (?:do|can|should) {_I} get (?:a|an|the|my) (?:[a-z-]+ )?(?:permit|licen[cs]e|place|subsidy|grant|certificate|card)\b|"
        r"\bapplication (?:process|procedure|form|channel)s?\b"
    ),
    "materials": (
        r"\b(?:documents|papers|forms) (?:do i|do we|(?:are )?(?:required|needed))\b|"
        r"\b(?:what|which) (?:documents|papers|forms|certificates)\b(?=[,;.?]|$| (?:for|to)\b|[^,;?]{0,40}\b(?:needs?|needed|required?|necessary|"
        r"bring|submit|provide|hand|show|prepare|file|fill|(?:i|we) take|have to|must (?:i|we))\b)|"
        r"\bpaperwork\b"
    ),
    "condition": r"\b(?:eligib\w+|requirements? (?:for|to)|qualif(?:y|ies)|(?:what|which) qualifications?|(?:am|are|is|be|get)(?: i| we| they)? qualified|criteria|who can apply|entitled to)\b",
    "hours": r"\b(?:open on (?:mon|tues|wednes|thurs|fri|satur|sun|week|holi|public)[a-z]*|opening times?|business hours)\b",
    "unit price": (
        r"\b(?:much|yuan|prices?|costs?|fees?|rents?|rates?|pa(?:y|id)|charged?|subsid\w+|allowances?|compensation)\b.*"
        r"\bper (?:mu|square met(?:re|er)|kwh|ton|person|month|night)\b"
    ),
    "free": r"\bfree of charge\b|\bfor free\b",
    "exemption": r"\bexempt\w*\b|\bexceptions?\b(?! of\b)",
    # Somebody's own rank is a title: would my rank be accepted.
    "rank": (
        r"\b(?:ranked|rankings?)\b|\b(?:which|what|first|top|highest) rank\b|\branks? (?:in|among|as|first|high)\b|"
        r"\b(?:does|did|do|will|would|to|it|they|we|city|county) rank\b"
    ),
    "quantity": (
        r"\bhow (?:hot|cold|warm|pure|heavy|thick|loud|steep)\b|\bhow far (?:away|from)\b|"
        r"\bhow far is (?:[a-z-]+ ){1,6}(?:from|to|away)\b|\b(?:which|what) digits\b"
    ),
    "river": r"\bwhich river\b",
    "county": r"\bwhich (?:county|counties|districts?|town)\b",
    "penalty": (
        r"\b(?:fine[ds]?|penalt\w+|punish\w+)\b(?<!(?:is|be) fine)(?! (?:dining|arts?|chemicals?|particles?|dust|tuning|print|with)\b)|"
        r"\bwhat happens to (?:an? |the |any )?(?:[a-z]+ ){0,2}(?:officials?|departments?|offices?|count(?:y|ies)|districts?|leaders?|cadres?) "
        r"(?:that|who|which|if)\b[^;?]*\b(?:fails?|miss(?:es)?|do(?:es)?(?:n['’]t| not))\b"
    ),
    "result": (
        r"\b(?:last (?:year|month|week|quarter)|this year|so far|currently(?! (?:being )?[a-z]+ed\b)|how many [^,;?]*(?:currently|today|nowadays|at present|at the moment|right now|these days)\b|already|(?<!up )to date|up to now|yesterday)\b|"
        r"(?<!when )(?<!where )\b(?:was|were) .{2,60} (?:finished|completed|built)\b|"
        r"\b(?:has|have) .{2,60} been (?:finished|completed|built|approved|opened|set up|established|relocated|moved)\b|"
        r"(?<!when )(?<!where )\bdid .{2,60} (?:open|finish|start|reach|achieve|meet (?:the|its|their)|end up)\b|\bis .{2,60} (?:finished|completed|ready|open) yet\b"
    ),
}
"""Kind of answer → what asks for it. `post`: who heads a group may be said by the post that he holds."""

HANDLED = (
    r"\b(?:lower(?:s|ing)?|cut(?:s|ting)?|reduc\w+|rais\w+|improv\w+|control\w*|stabili[sz]\w+|increas\w+) "
    r"(?:the |its |their )?(?:[a-z-]+ ){0,2}?(?:costs?|prices?|fees?|wages?|rents?|rates?)\b"
)
"""A matter with which something is to be done: to lower costs asks for none."""
COUNT = r"\bhow many\b"
COUNTED: tuple[tuple[str, str], ...] = (
    (
        "人",
        r"people|persons?|visitors|tourists|guests|students|pupils|workers|jobs|residents|employees|teachers|doctors|nurses|"
        r"patients|inhabitants|passengers|graduates",
    ),
    ("班", r"flights|trains|buses"),
    ("套", r"apartments|flats|homes|houses"),
    ("张", r"beds|seats|tickets"),
    ("家", r"compan(?:y|ies)|firms|enterprises|businesses|institutions|institutes|hospitals|banks"),
    ("级", r"levels|tiers|layers"),
)
"""Chinese measure word → the English nouns, an alternation, that are counted with it."""
_UNIT = tuple((unit, re.compile(rf"\bhow many (?:[a-z&-]+ ){{0,3}}(?:{nouns})\b")) for unit, nouns in COUNTED)

LIST = (
    r"\b(?:list|which|what are|name (?:the|all|them)|all the|respectively|enumerate)\b|"
    # “What parks will …”, a noun in the plural: more than one thing is asked for.
    r"\bwhat (?!(?:is|does|was|has|do|did|are|will|would|can|should|happens|about)\b)(?:[a-z&-]+ ){0,3}[a-z&-]+[a-rt-z]s "
    r"(?:are|will|do|does|did|need|should|can|have|get|were|would|lead|belong)\b"
)
ALL = r"\b(?:all|list|every|each|how many|in total|altogether|name (?:them|all))\b"
YES_NO = (
    r"^(?:(?:so|and|but|then|well|ok),? )?(?:is|are|was|were|does|do|did|can|could|will|would|should|may|has|have|any)\b|"
    r"\b(?:right|correct|true|isn['’]?t it|aren['’]?t they|doesn['’]?t it|don['’]?t they|is it|isnt it)\W*$|\bis it true\b"
)
DEFINITION = r"\b(?:what (?:does .* (?:mean|stand for|refer to)|(?:is|are) meant)|meaning of|definition of|define|explain the term)\b"
COMPARISON = r"\b(?:compare[ds]?|differences?|differs?|versus|vs|distinguish\w*)\b"
EACH = r"\b(?:respectively|each|both)\b"
OVERVIEW = (
    r"\b(?:overview|summar\w+|main points?|key points?|in a nutshell|gist|"
    r"what(?:['’]s| is) (?:this|the) (?:document|decision|policy|paper|text) (?:all |mainly )?about)\b|"
    r"\bwhat does (?:this|the) (?:document|decision|policy|paper|text) (?:say|cover|contain)\W*$"
)
REASON = r"\b(?:why|how come|reasons? (?:for|behind|why)|rationale)\b"

CUES: dict[str, str] = {
    "target": r"\b(?:become|aims?|goals?|targets?|vision|position\w*|roles?|supposed to|meant to|turn(?:ed)? into|objectives?)\b",
    "means": r"\bhow (?:will|to|do|does|can|should|is|are)\b|\bby what means\b|\b(?:what|which) (?:measures|steps|ways|methods|means)\b",
    "approach": r"\b(?:approach|philosophy|principles?)\b",
    "leading": r"\b(?:leading|lead|dominant|pillar)\b",
    "charge": r"\b(?:in charge|responsible|heads?|chairs?)\b|\bwhich (?:body|department|office|agency)\b",
    "building": r"\b(?:build|built|building|construct\w*)\b",
}
"""What is asked, by the name that `kinds` gives it → what asks for it."""


def counted_unit(text: str) -> str:
    """The Chinese measure word for what an English question counts (`家` for “how many firms”); empty when unknown."""
    return next((unit for unit, pattern in _UNIT if pattern.search(text)), "")
