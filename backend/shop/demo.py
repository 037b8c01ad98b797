"""What shows a room before the shop has put in its own: five products, and coins that nobody paid for."""

from typing import Final

from backend.shop.catalog.seed import NewProduct

# What a viewer of a demo may claim in each live session: enough for every gift but the largest.
DEMO_COINS: Final = 3000

DEMO_PRODUCTS: Final = (
    NewProduct("demo-tea", "明前龙井 绿茶礼盒 250g", 16800, 23800, 120, "tea.svg"),
    NewProduct("demo-lipstick", "丝绒哑光口红 #09 枫叶红", 12900, 18900, 200, "lipstick.svg"),
    NewProduct("demo-sneakers", "轻盈缓震跑步鞋 男女同款", 29900, 45900, 86, "sneakers.svg"),
    NewProduct("demo-thermos", "316 不锈钢保温杯 500ml", 8900, 12900, 300, "thermos.svg"),
    NewProduct("demo-hoodie", "重磅纯棉连帽卫衣 燕麦色", 15900, None, 64, "hoodie.svg"),
)
