"""What the templates of the public site need beside the house's own tags."""

from django import template
from django.urls import reverse

from localgov.publishing.selectors.shown import ShownPicture

register = template.Library()


@register.simple_tag
def picture_address(picture: ShownPicture, size: str, ending: str) -> str:
    """`{% picture_address picture "thumb" "webp" %}`: where a file of a shown picture is."""
    return reverse("pictures:picture", args=[picture.sha256, size, ending])
