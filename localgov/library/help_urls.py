"""Addresses of the help pages."""

from django.urls import path

from localgov.library.views import help_pages

app_name = "help"
urlpatterns = [
    path("", help_pages.GuideList.as_view(), name="guide-list"),
    path("pictures/<str:name>", help_pages.Picture.as_view(), name="picture"),
    path("<slug:code>/", help_pages.GuidePage.as_view(), name="guide"),
]
