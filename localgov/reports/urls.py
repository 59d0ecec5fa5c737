"""Addresses of the room."""

from django.urls import path

from localgov.reports.views import composing, offices, runs

app_name = "reports"
urlpatterns = [
    path("", runs.RunList.as_view(), name="run-list"),
    path("new/", composing.RunCompose.as_view(), name="run-compose"),
    path("new/preview/", composing.RunPreview.as_view(), name="run-preview"),
    path("head/", offices.LetterheadEdit.as_view(), name="letterhead-edit"),
    path("words/", offices.TemplateList.as_view(), name="template-list"),
    path("<int:pk>/", runs.RunDetail.as_view(), name="run-detail"),
    path("<int:pk>/all.zip", runs.RunZip.as_view(), name="run-zip"),
    path("<int:pk>/<int:place>/", runs.LetterDetail.as_view(), name="letter-detail"),
    path("<int:pk>/<int:place>.pdf", runs.LetterPdfFile.as_view(), name="letter-pdf"),
    path("<int:pk>/<int:place>.docx", runs.LetterWordFile.as_view(), name="letter-word"),
]
