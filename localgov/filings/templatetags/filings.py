"""Tags of the room's templates."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString

from localgov.filings import grid
from localgov.filings.selectors.sheet_page import SheetPage
from localgov.filings.selectors.sheet_parts import RegisterView

register = template.Library()


@register.simple_tag
def register_rows(page: SheetPage, table: RegisterView) -> SafeString:
    """`{% register_rows page register %}`: the rows of a register's table."""
    address = reverse(
        "filings:row-detail",
        kwargs={
            "fiscal_year": page.fiscal_year,
            "unit_code": page.entry.code,
            "number": page.number,
            "register": table.code,
            "row": "ROW",
        },
    )
    return grid.rows_html(table, editable=page.editable, row_url=address.replace("/ROW/", "/{row}/"))


@register.simple_tag
def register_pattern(table: RegisterView) -> SafeString:
    """`{% register_pattern register %}`: the pattern of a new row, for the page's script."""
    return grid.new_row_html(table)
