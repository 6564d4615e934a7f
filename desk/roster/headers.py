"""What the headers of a roster mean: known words first, then what a header is about."""

import re
import unicodedata

COLUMNS: dict[str, str] = {
    "estate": "小区 小区名 小区名称 小区名字 项目 项目名称 项目名 园区 园区名称 楼盘 楼盘名称 estate project",
    "phase": "期 分期 期数 期次 期别 phase",
    "district": "组团 区域 片区 苑区 分区 区 cluster",
    "lane": "弄 弄号 lane",
    "building": "楼栋号 楼栋编号 楼栋 楼栋名 楼栋名称 楼号 栋号 栋 幢 幢号 楼宇 楼宇名称 楼宇号 座 座号 栋座 楼座 楼幢 号楼 building",
    "entrance": "单元编号 单元号 单元 单元名 单元名称 门洞 梯 梯号 entrance",
    "room": "房屋编号 房号 房间号 房间名 房间名称 房间编号 室号 房屋号 门牌号 门牌 户号 室 房间 room",
    "address": "房产 房屋地址 房屋 地址 房屋名称 房产名称 房屋坐落 坐落 单元房号 楼栋房号 房产信息 unit address",
    "floors": "总层数 总楼层 floors",
    "lift": "是否有电梯 电梯 有无电梯 lift",
    "floor": "房屋楼层 楼层 所在楼层 层 floor",
    "area": "建筑面积 面积 房屋面积 产权面积 area",
    "name": "业主名称 业主姓名 姓名 业主 业主名 户主 户主姓名 房主 房东 客户姓名 客户名称 住户姓名 住户 真实姓名 产权人 产权人姓名 "
    "权利人 业权人 名字 name owner",
    "sex": "性别 sex",
    "phone": "手机号 手机 手机号码 电话 电话号码 联系电话 联系方式 联系手机 业主电话 业主手机 业主手机号 移动电话 固定电话 座机 "
    "本人电话 phone mobile tel",
    "id_card": "身份证号 身份证 身份证号码 证件号码 证件号 证件 护照号 业主身份证 id",
    "owner_key": "业主编号 客户编号 业主代码",
    "relation": "业主类型 身份 关系 住户类型 与业主关系 与户主关系 人员类型 人员类别 住户关系 客户类型 relation",
    "workplace": "工作单位 单位名称 workplace",
    "emergency": "紧急联系电话 紧急联系人电话 紧急联系方式 紧急电话",
    "birthday": "出生日期 出生年月 生日 birthday",
    "plate": "车牌号 车牌 车牌号码 车辆 车号 plate",
    "since": "入住日期 入住时间 交房日期 收房日期 交房时间 收楼日期",
    "tenant": "租户姓名 租户 租户名 租客姓名 租客 承租人姓名 承租人 tenant",
    "tenant_phone": "租户电话 租客电话 租户手机 租户手机号 租户联系电话 承租人电话",
    "family": "家庭成员姓名 家庭成员 家属姓名 家属 同住人 配偶 配偶姓名",
    "arrears": "欠费 欠费金额 欠物业费 物业费欠费 欠款 欠缴金额 arrears",
    "place": "序号 行号 顺序号",
    "note": "备注 说明备注 说明 note remark",
}  # fmt: skip
_BY_HEADER = {header: column for column, headers in COLUMNS.items() for header in headers.split()}
# A column that may stand more than once; what its cells say is joined.
REPEATED = frozenset({"phone", "tenant_phone", "emergency", "plate", "family", "tenant", "note"})
# What is said of one person; where names stand in several columns, each of these belongs to one of them.
OF_PERSON = frozenset(["sex", "phone", "id_card", "relation", "workplace", "emergency", "birthday", "since"])
# What tells one home from another: when such a column stands again, another block of homes begins beside the first.
PLACES = frozenset({"room", "address"})
_SIMPLE = str.maketrans("樓棟號單電話業戶證聯絡機車係關區園門間層積類備註費緊類員賃產權與屬號數稱彙",
                        "楼栋号单电话业户证联络机车系关区园门间层积类备注费紧类员赁产权与属号数称汇")  # fmt: skip
_TENANT, _EMERGENCY = re.compile("租"), re.compile("紧急")
_KIN = "妻子|丈夫|爱人|老公|老婆|配偶|儿子|女儿|子女|父亲|母亲|父母|儿媳|女婿|家属|家人|亲属|家庭成员|同住"
_FAMILY, _IS_FAMILY = re.compile(f"家庭|{_KIN}"), re.compile(_KIN)
_CO_OWNER = re.compile("共有|共同(业主|产权|所有)|第二业主|co-?owner")
_PAPER, _RELATION = re.compile("身份证|证件号"), re.compile("关系")
# What a header that nobody reads may still tell apart: two homes of one number in two lots.
_APART = re.compile("标段|地块|片区|小区|园区|院|苑|街|巷|路|期|栋|幢|楼|座|组团|区域|段$|库$")
_NOT_APART = re.compile("类型|状态|日期|时间|性质|费|面积|电话|手机|车位|备注|户型|等级|周期|有效期")
_PHONE = re.compile(r"手机|电话|联系方式|座机|phone|mobile|tel", re.I)
_NAME = re.compile(r"姓名|名称|名字|名$")
_ABOUT = (
    (_PHONE, "phone"),
    (re.compile("身份证|证件号"), "id_card"),
    (re.compile(r"^(业主|住户|客户|户主|房主|产权人|业权人|权利人).{0,3}(姓名|名称|名字)"), "name"),
    (re.compile("车牌"), "plate"),
    (re.compile("建筑面积"), "area"),
    (re.compile("^(楼栋|楼宇|楼幢)"), "building"),
    (re.compile("^单元"), "entrance"),
)


def plain(header: str) -> str:
    """A header as it is looked up: half-width, simplified, without blanks, brackets and stars."""
    text = unicodedata.normalize("NFKC", header).translate(_SIMPLE)
    return re.sub(r"[(\[【].*?[)\]】]|[\s*:]", "", text).lower()


def column_of(header: str, group: str = "") -> str:
    """The column that a header means, under the header of a group of columns, or "" when it is none of ours."""
    text = plain(header)
    if not text or len(text) > 16:
        return ""
    said = plain(group) + text
    if _TENANT.search(said):
        return "tenant_phone" if _PHONE.search(text) else "tenant" if _known_name(text) else ""
    if _EMERGENCY.search(said):
        return "emergency" if _PHONE.search(text) else ""
    if _FAMILY.search(plain(group)):
        return "family" if _known_name(text) else ""
    bare = re.sub(r"^第[\d一二三四五六]|[\d一二三四五六]+$", "", text)
    if exact := _BY_HEADER.get(text) or _BY_HEADER.get(bare):
        return exact
    if _IS_FAMILY.search(text):
        return _of_somebody_else(text, "family")
    if _CO_OWNER.search(text):
        return _of_somebody_else(text, "name")
    if _FAMILY.search(text):
        return "family" if _NAME.search(text) else "phone" if _PHONE.search(text) else ""
    if re.search("类型|编号|状态|日期|时间|车位", text):
        return ""
    return next((column for about, column in _ABOUT if about.search(text)), "")


def _of_somebody_else(text: str, name: str) -> str:
    """The column of a header that names a wife, a son or a co-owner: their name, or what it says of them."""
    for about, column in ((_PHONE, "phone"), (_PAPER, "id_card"), (_RELATION, "relation")):
        if about.search(text):
            return column
    return "" if re.search("类型|编号|状态|日期|时间|车位|人数|数量|单位|年龄|性别", text) else name


def whose(header: str) -> str:
    """Whose column a header says that it is: "family", "co" for a co-owner's, or "" for nobody's in particular."""
    text = plain(header)
    return "family" if _IS_FAMILY.search(text) else "co" if _CO_OWNER.search(text) else ""


def tells_apart(header: str) -> bool:
    """Whether a column that is not read may still tell two homes of one number apart."""
    text = plain(header)
    return bool(_APART.search(text)) and not _NOT_APART.search(text)


def place_of(header: str) -> int | None:
    """Which of several people a header is about: 2 for 业主2, 第二业主 and 电话(2); None where it does not say."""
    text = unicodedata.normalize("NFKC", header)
    said = re.search(r"第([\d一二三四五六])|[(（]?([\d一二三四五六])[)）]?$", re.sub(r"\s", "", text))
    if said is None:
        return None
    number = said[1] or said[2]
    return int(number) if number.isdecimal() else "一二三四五六".index(number) + 1


def is_header(text: str) -> bool:
    """Whether a cell of data says no more than what a column is called."""
    return len(text) > 1 and plain(text) in _BY_HEADER


def _known_name(text: str) -> bool:
    return _BY_HEADER.get(text) in ("name", "tenant") or bool(_NAME.search(text))
