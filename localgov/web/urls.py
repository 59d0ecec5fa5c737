"""Addresses of the room."""

from django.urls import path

from localgov.web import views

app_name = "web"
urlpatterns = [
    path("healthz", views.Health.as_view(), name="health"),
]
