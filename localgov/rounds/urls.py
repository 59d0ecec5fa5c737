"""Addresses of the room."""

from django.urls import path

from localgov.rounds import views

app_name = "rounds"
urlpatterns = [
    path("", views.RoundList.as_view(), name="round-list"),
    path("open/", views.RoundOpening.as_view(), name="round-open"),
    path("<int:pk>/", views.RoundDetail.as_view(), name="round-detail"),
    path("<int:pk>/extend/", views.RoundExtending.as_view(), name="round-extend"),
    path("<int:pk>/add/", views.RosterAdding.as_view(), name="roster-add"),
    path("roster/<int:pk>/excuse/", views.RosterExcusing.as_view(), name="roster-excuse"),
]
