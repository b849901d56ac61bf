"""What the made-up firms do: industry word of the name, industry code and what follows from it."""

from __future__ import annotations

from typing import NamedTuple


class Trade(NamedTuple):
    """``word`` stands in the name; ``tag`` is 所属产业, ``cluster`` the 合作区重点集群."""

    word: str
    code: str
    tag: str
    cluster: str
    product: str


LEADING = (("首位", "电子信息", "39"), ("主导", "新能源汽车及配套", "36、38"), ("主导", "稀土和有色金属新材料", "32"))

MAKERS = (
    Trade("微电子", "3973", "首位", "半导体", "电源管理芯片"),
    Trade("新能源", "3841", "主导", "新能源汽车", "磷酸铁锂电芯"),
    Trade("电子科技", "3982", "首位", "电子信息", "多层印制电路板"),
    Trade("稀土材料", "3232", "主导", "有色金属", "氧化镨钕"),
    Trade("光电", "3975", "首位", "LED", "LED 灯珠"),
    Trade("汽车部件", "3670", "主导", "新能源汽车", "电驱动壳体"),
    Trade("电子元件", "3981", "首位", "电子信息", "片式电感"),
    Trade("智能终端", "3922", "首位", "移动智能终端", "通信终端主板"),
    Trade("合金材料", "3240", "主导", "新材料", "铜基合金带材"),
    Trade("动力电池", "3841", "主导", "新能源汽车", "电池模组"),
    Trade("磁性材料", "3985", "首位", "新材料", "钕铁硼磁体"),
    Trade("智能装备", "3562", "新兴", "高端装备", "芯片贴装设备"),
    Trade("精密机械", "3484", "其他", "装备制造及配套", "精密轴套"),
    Trade("生物医药", "2720", "新兴", "医药健康", "口服固体制剂"),
    Trade("塑胶制品", "2929", "其他", "智能硬件", "精密注塑件"),
)
SERVICES = (
    Trade("供应链管理", "5990", "其他", "临港经济", "仓储服务"),
    Trade("软件技术", "6513", "其他", "电子信息", "工业软件"),
)
