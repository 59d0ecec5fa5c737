"""Addresses of the room."""

from django.urls import path

from localgov.ui import gallery, views

app_name = "ui"
urlpatterns = [
    path("text-size/", views.TextSize.as_view(), name="text-size"),
    path("_gallery/", gallery.Gallery.as_view(), name="gallery"),
]
