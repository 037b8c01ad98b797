"""Campaigns that are kept to be started again."""

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from backend.contract.campaigns import MOST_TEMPLATES, NewCampaign, Template, TemplatesPage
from backend.shop.campaigns.rows import terms_of
from backend.shop.ids import new_id
from backend.shop.people import Person
from backend.storage.campaign_tables import CAMPAIGN_TEMPLATES
from backend.storage.database import read_rows


class TooManyTemplates(msgspec.Struct, frozen=True):
    """A room keeps no more of them."""

    most: int = MOST_TEMPLATES


def read_templates(connection: Connection, room_id: str) -> TemplatesPage:
    """Return the templates of a room, in the order they were made."""
    query = select(CAMPAIGN_TEMPLATES).where(CAMPAIGN_TEMPLATES.c.room_id == room_id)
    rows = read_rows(connection, query.order_by(CAMPAIGN_TEMPLATES.c.template_id))
    return TemplatesPage(
        [Template(str(row["template_id"]), str(row["title"]), terms_of(str(row["terms"]))) for row in rows]
    )


def add_template(
    connection: Connection, person: Person, wish: NewCampaign, now_ms: int
) -> Template | TooManyTemplates:
    """Keep what staff chose."""
    count = select(func.count()).where(CAMPAIGN_TEMPLATES.c.room_id == person.room_id)
    if int(connection.scalar(count) or 0) >= MOST_TEMPLATES:
        return TooManyTemplates()
    template_id = new_id(now_ms)
    connection.execute(
        insert(CAMPAIGN_TEMPLATES).values(
            template_id=template_id,
            room_id=person.room_id,
            title=wish.title,
            terms=msgspec.json.encode(wish.terms).decode(),
            actor=person.user_id,
        )
    )
    return Template(template_id, wish.title, wish.terms)


def drop_template(connection: Connection, room_id: str, template_id: str) -> TemplatesPage:
    """Keep a template no longer; return those that are left."""
    is_this = CAMPAIGN_TEMPLATES.c.room_id == room_id, CAMPAIGN_TEMPLATES.c.template_id == template_id
    connection.execute(delete(CAMPAIGN_TEMPLATES).where(*is_this))
    return read_templates(connection, room_id)
