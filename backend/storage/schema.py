"""All tables together, and the version of them that the code knows."""

from typing import Final

from backend.storage import (
    auction_tables,
    campaign_tables,
    case_tables,
    catalog_tables,
    coupon_tables,
    draw_tables,
    erasing_tables,
    flash_tables,
    mail_tables,
    message_tables,
    order_tables,
    packet_tables,
    payment_tables,
    sandbox_tables,
    tables,
    webhook_tables,
    wheel_tables,
)
from backend.storage.metadata import METADATA as METADATA

# The newest file in migrations/versions; a test keeps it so.
SCHEMA_VERSION: Final = "draw_prizes"

# Importing them is what puts their tables into `METADATA`.
TABLE_MODULES: Final = (
    tables,
    catalog_tables,
    coupon_tables,
    order_tables,
    case_tables,
    payment_tables,
    sandbox_tables,
    webhook_tables,
    mail_tables,
    message_tables,
    erasing_tables,
    campaign_tables,
    packet_tables,
    flash_tables,
    draw_tables,
    wheel_tables,
    auction_tables,
)
