"""What payment providers are called: by programs, and in messages to the shop's people."""

from typing import Final

from backend.shop.payments.card_form import CARDS

WECHAT: Final = "wechat"
ALIPAY: Final = "alipay"
STRIPE: Final = CARDS
SANDBOX: Final = "sandbox"
ALL: Final = (WECHAT, ALIPAY, STRIPE, SANDBOX)
TITLES: Final = {WECHAT: "WeChat Pay", ALIPAY: "Alipay", STRIPE: "Stripe", SANDBOX: "the sandbox"}
