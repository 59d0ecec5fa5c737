"""What the templates of the public site need beside the house's own tags."""

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from localgov.publishing.selectors.shown import ShownPicture
from localgov.travel import markup

register = template.Library()
register.simple_tag(markup.card_list)


@register.simple_tag
def picture_address(picture: ShownPicture, size: str, ending: str) -> str:
    """`{% picture_address picture "thumb" "webp" %}`: where a file of a shown picture is."""
    return reverse("pictures:picture", args=[picture.sha256, size, ending])


@register.filter
def entities(text: str) -> SafeString:
    """An e-mail address letter by letter as numbers of characters: browsers read it, plain harvesters of pages don't."""
    return mark_safe("".join(f"&#{ord(letter)};" for letter in text))  # noqa: S308 - no letter is left to be markup
