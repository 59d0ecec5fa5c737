"""Addresses of the room."""

from django.urls import URLPattern

app_name = "publishing"
urlpatterns: list[URLPattern] = []
