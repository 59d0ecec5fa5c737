"""Addresses of the room."""

from django.urls import path

from localgov.web import views

app_name = "web"
urlpatterns = [
    path("home/", views.Home.as_view(), name="home"),
    path("livez", views.Alive.as_view(), name="alive"),
    path("healthz", views.Health.as_view(), name="health"),
]
