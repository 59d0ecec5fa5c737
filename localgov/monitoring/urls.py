"""Addresses of the room."""

from django.urls import path

from localgov.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("", views.AreaBoard.as_view(), name="status"),
    path("units/", views.UnitBoard.as_view(), name="unit-status"),
]
