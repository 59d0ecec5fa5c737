"""Addresses of the room."""

from django.urls import URLPattern, path

from localgov.inspection.views import record

app_name = "inspection"
urlpatterns: list[URLPattern] = [
    path("", record.ActList.as_view(), name="act-list"),
    path("filings/", record.FilingFind.as_view(), name="filing-find"),
    path("filings/<int:fiscal_year>/<str:code>/", record.FilingStory.as_view(), name="filing-story"),
    path("people/<int:person>/", record.PersonStory.as_view(), name="person-story"),
    path("me/", record.OwnStory.as_view(), name="own-story"),
    path("rows/", record.RowChangeList.as_view(), name="row-list"),
    path("rows/<int:pk>/", record.RowChangeDetail.as_view(), name="row-detail"),
]
