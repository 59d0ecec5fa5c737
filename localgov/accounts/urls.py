"""Addresses of the room. Those that django-allauth looks up keep its names; of its other pages none is routed."""

from django.urls import URLPattern, include, path

from localgov.accounts.views import signing

_room: list[URLPattern] = []

urlpatterns = [
    path("login/", signing.SignIn.as_view(), name="account_login"),
    path("logout/", signing.SignOut.as_view(), name="account_logout"),
    path("password/", signing.PasswordChange.as_view(), name="account_change_password"),
    path("", include((_room, "accounts"))),
]
