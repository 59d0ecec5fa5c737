"""How kinds and categories of items look and are addressed on the public site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from localgov.publishing.states import Category, PublishedKind

#: What stands for a kind in an address.
SLUGS: Final[Mapping[PublishedKind, str]] = {
    PublishedKind.PLACE: "places",
    PublishedKind.PRODUCT: "products",
    PublishedKind.NEWS: "news",
}
KINDS: Final[Mapping[str, PublishedKind]] = {slug: kind for kind, slug in SLUGS.items()}

#: What a page of a kind is called, in the public's words.
KIND_TITLES: Final[Mapping[PublishedKind, str | Promise]] = {
    PublishedKind.PLACE: _("สถานที่สำคัญของท้องถิ่น"),
    PublishedKind.PRODUCT: _("สินค้าท้องถิ่น"),
    PublishedKind.NEWS: _("ข่าวสารท้องถิ่น"),
}
KIND_ICONS: Final[Mapping[PublishedKind, str]] = {
    PublishedKind.PLACE: "landmark",
    PublishedKind.PRODUCT: "package",
    PublishedKind.NEWS: "newspaper",
}
CATEGORY_ICONS: Final[Mapping[Category, str]] = {
    Category.ANNOUNCEMENT: "newspaper",
    Category.ACTIVITY: "megaphone",
    Category.FESTIVAL: "party-popper",
    Category.TRAINING: "graduation-cap",
    Category.PROCUREMENT: "file-text",
    Category.RECRUITMENT: "briefcase",
    Category.WARNING: "siren",
    Category.FOOD: "utensils",
    Category.DRINK: "cup-soda",
    Category.CLOTHING: "shirt",
    Category.HANDICRAFT: "palette",
    Category.HERB: "leaf",
    Category.SERVICE: "hand-heart",
    Category.HERITAGE: "landmark",
    Category.SACRED: "flower-2",
    Category.NATURE: "trees",
    Category.WAY_OF_LIFE: "wheat",
    Category.RECREATION: "ferris-wheel",
    Category.SPA: "droplets",
    Category.ROYAL_PROJECT: "crown",
    Category.SHOPPING: "shopping-bag",
    Category.FACTORY: "factory",
    Category.ACADEMIC: "graduation-cap",
}
