"""Addresses of the room."""

from django.urls import path

from localgov.forms import views

app_name = "forms"
urlpatterns = [
    path("", views.FormList.as_view(), name="form-list"),
    path("upload/", views.DraftUpload.as_view(), name="draft-upload"),
    path("drafts/<int:pk>/", views.DraftDetail.as_view(), name="draft-detail"),
    path("drafts/<int:pk>/publish/", views.DraftPublish.as_view(), name="draft-publish"),
    path("drafts/<int:pk>/discard/", views.DraftDiscard.as_view(), name="draft-discard"),
    path("<int:pk>/", views.VersionDetail.as_view(), name="version-detail"),
    path("<int:pk>/differences/", views.VersionDifferences.as_view(), name="version-differences"),
    path("<int:pk>/workbook/", views.VersionWorkbook.as_view(), name="version-workbook"),
]
