"""Addresses of the room."""

from django.urls import path

from localgov.notices.views import reading, watching, writing

app_name = "notices"
urlpatterns = [
    path("", reading.CircularList.as_view(), name="circular-list"),
    path("sent/", watching.SentList.as_view(), name="sent-list"),
    path("write/", writing.CircularWriting.as_view(), name="circular-write"),
    path("files/<uuid:file_id>/", reading.FileDownload.as_view(), name="file-download"),
    path("files/<uuid:file_id>/remove/", writing.FileRemoving.as_view(), name="file-remove"),
    path("<int:pk>/", reading.CircularDetail.as_view(), name="circular-detail"),
    path("<int:pk>/acknowledge/", reading.CircularAcknowledging.as_view(), name="circular-acknowledge"),
    path("<int:pk>/edit/", writing.CircularEditing.as_view(), name="circular-edit"),
    path("<int:pk>/preview/", writing.CircularPreview.as_view(), name="circular-preview"),
    path("<int:pk>/attach/", writing.FileAttaching.as_view(), name="file-attach"),
    path("<int:pk>/discard/", writing.CircularDiscarding.as_view(), name="circular-discard"),
    path("<int:pk>/correct/", writing.CircularCorrecting.as_view(), name="circular-correct"),
    path("<int:pk>/withdraw/", writing.CircularWithdrawing.as_view(), name="circular-withdraw"),
    path("<int:pk>/receipts/", watching.AddresseeList.as_view(), name="addressee-list"),
]
