"""Addresses of the room."""

from django.urls import path

from localgov.library.views import box

app_name = "library"
urlpatterns = [
    path("", box.ItemList.as_view(), name="item-list"),
    path("add/", box.PaperAdd.as_view(), name="paper-add"),
    path("add-video/", box.VideoAdd.as_view(), name="video-add"),
    path("files/<uuid:version_id>/", box.FileGet.as_view(), name="file"),
    path("<int:pk>/", box.ItemDetail.as_view(), name="item-detail"),
    path("<int:pk>/change/", box.ItemChange.as_view(), name="item-change"),
    path("<int:pk>/version/", box.VersionAdd.as_view(), name="version-add"),
    path("<int:pk>/withdraw/", box.ItemWithdraw.as_view(), name="item-withdraw"),
]
