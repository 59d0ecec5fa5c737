"""Addresses of the room."""

from django.urls import URLPattern

app_name = "travel"
urlpatterns: list[URLPattern] = []
