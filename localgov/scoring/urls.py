"""Addresses of the room."""

from django.urls import path

from localgov.scoring import views

app_name = "scoring"
urlpatterns = [
    path("", views.ScoreHome.as_view(), name="score-home"),
    path("units/", views.ScoreList.as_view(), name="score-list"),
    path("<int:fiscal_year>/<str:unit_code>/", views.ScoreDetail.as_view(), name="score-detail"),
]
