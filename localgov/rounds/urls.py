"""Addresses of the room."""

from django.urls import path

from localgov.rounds.views import dates, rounds

app_name = "rounds"
urlpatterns = [
    path("", rounds.RoundList.as_view(), name="round-list"),
    path("open/", rounds.RoundOpening.as_view(), name="round-open"),
    path("<int:pk>/", rounds.RoundDetail.as_view(), name="round-detail"),
    path("<int:pk>/extend/", dates.RoundExtending.as_view(), name="round-extend"),
    path("<int:pk>/reopen/", dates.RoundReopening.as_view(), name="round-reopen"),
    path("<int:pk>/dates/", dates.TimeActList.as_view(), name="time-act-list"),
    path("reopening/<int:pk>/end/", dates.ReopeningEnding.as_view(), name="reopening-end"),
    path("<int:pk>/add/", rounds.RosterAdding.as_view(), name="roster-add"),
    path("roster/<int:pk>/excuse/", rounds.RosterExcusing.as_view(), name="roster-excuse"),
]
