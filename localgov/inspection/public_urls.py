"""Public addresses of the room: the daily heads, for everyone who keeps a copy."""

from django.urls import URLPattern, path

from localgov.inspection.views import heads

app_name = "heads"
urlpatterns: list[URLPattern] = [
    path("heads/", heads.HeadList.as_view(), name="head-list"),
    path("heads.json", heads.HeadsJson.as_view(), name="heads-json"),
    path("heads/<str:day>/", heads.HeadText.as_view(), name="head-text"),
]
