"""Addresses of the room."""

from django.urls import path

from localgov.forms.views import notes, versions

app_name = "forms"
urlpatterns = [
    path("", versions.FormList.as_view(), name="form-list"),
    path("upload/", versions.DraftUpload.as_view(), name="draft-upload"),
    path("drafts/<int:pk>/", versions.DraftDetail.as_view(), name="draft-detail"),
    path("drafts/<int:pk>/publish/", versions.DraftPublish.as_view(), name="draft-publish"),
    path("drafts/<int:pk>/discard/", versions.DraftDiscard.as_view(), name="draft-discard"),
    path("notes/", notes.NoteList.as_view(), name="note-list"),
    path("notes/<str:subject>/", notes.NoteWrite.as_view(), name="note-write"),
    path("<int:pk>/", versions.VersionDetail.as_view(), name="version-detail"),
    path("<int:pk>/differences/", versions.VersionDifferences.as_view(), name="version-differences"),
    path("<int:pk>/workbook/", versions.VersionWorkbook.as_view(), name="version-workbook"),
]
