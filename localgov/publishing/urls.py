"""Addresses of the room."""

from django.urls import path

from localgov.publishing.views import duties, status

app_name = "publishing"
urlpatterns = [
    path("status/", status.EntryStatus.as_view(), name="entry-status"),
    path("status/<str:province_code>/", status.EntryStatusDetail.as_view(), name="entry-status-detail"),
    path("deadlines/", duties.EntryDutyList.as_view(), name="entry-duty-list"),
    path("deadlines/<int:fiscal_year>/", duties.EntryDutyEdit.as_view(), name="entry-duty"),
]
