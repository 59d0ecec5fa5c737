"""Addresses of the room: `<year>/<unit>/`, then the domain's number, then what is done there."""

from django.urls import URLPattern, path

from localgov.filings.views.files import FileAttach, FileDownload
from localgov.filings.views.filing import FilingDetail, FilingHome
from localgov.filings.views.rows import RowDetail
from localgov.filings.views.sheet import AnswersSave, SheetCarry, SheetDetail, SheetTogether
from localgov.filings.views.steps import SheetStep
from localgov.filings.views.timeline import FilingTimeline, ReceiptDetail, ReceiptFind

_UNIT = "<int:fiscal_year>/<str:unit_code>/"
_SHEET = f"{_UNIT}<int:number>/"

app_name = "filings"
urlpatterns: list[URLPattern] = [
    path("", FilingHome.as_view(), name="filing-home"),
    path("receipts/", ReceiptFind.as_view(), name="receipt-find"),
    path("receipts/<str:receipt>/", ReceiptDetail.as_view(), name="receipt-detail"),
    path("files/<uuid:attachment_id>/", FileDownload.as_view(), name="file-download"),
    path(_UNIT, FilingDetail.as_view(), name="filing-detail"),
    path(f"{_UNIT}timeline/", FilingTimeline.as_view(), name="filing-timeline"),
    path(_SHEET, SheetDetail.as_view(), name="sheet-detail"),
    path(f"{_SHEET}answers/", AnswersSave.as_view(), name="answers-save"),
    path(f"{_SHEET}together/", SheetTogether.as_view(), name="sheet-together"),
    path(f"{_SHEET}carry/", SheetCarry.as_view(), name="sheet-carry"),
    path(f"{_SHEET}steps/<slug:step>/", SheetStep.as_view(), name="sheet-step"),
    path(f"{_SHEET}files/<str:question>/", FileAttach.as_view(), name="file-attach"),
    path(f"{_SHEET}rows/<str:register>/<str:row>/", RowDetail.as_view(), name="row-detail"),
]
