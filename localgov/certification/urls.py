"""Addresses of the room: `<year>/<unit>/` and what is done there; the queue; certificates."""

from django.urls import URLPattern, path

from localgov.certification.views.acts import SheetAct, SignatureTakeBack
from localgov.certification.views.certificates import (
    CertificateDetail,
    CertificateFind,
    CertificateList,
    CertificateText,
)
from localgov.certification.views.exceptions import ExceptionList
from localgov.certification.views.papers import CertificatePdf, UnitPdf
from localgov.certification.views.queue import ProvinceCertifyMany, ProvinceQueue
from localgov.certification.views.signing import CertifyHome, ProvinceCertify, SignatureDetail, UnitCertify

_UNIT = "<int:fiscal_year>/<str:unit_code>/"
_SIGNATURE = f"{_UNIT}signatures/<uuid:signature>/"
_CERTIFICATE = "certificates/<str:address>/"

app_name = "certification"
urlpatterns: list[URLPattern] = [
    path("", CertifyHome.as_view(), name="certify-list"),
    path("queue/", ProvinceQueue.as_view(), name="province-queue"),
    path("queue/<int:fiscal_year>/", ProvinceCertifyMany.as_view(), name="province-certify-many"),
    path("exceptions/", ExceptionList.as_view(), name="exception-list"),
    path("certificates/", CertificateFind.as_view(), name="certificate-find"),
    path(_CERTIFICATE, CertificateDetail.as_view(), name="certificate-detail"),
    path(f"{_CERTIFICATE}text/", CertificateText.as_view(), name="certificate-text"),
    path(f"{_CERTIFICATE}pdf/", CertificatePdf.as_view(), name="certificate-pdf"),
    path(_UNIT, UnitCertify.as_view(), name="unit-certify"),
    path(f"{_UNIT}certificates/", CertificateList.as_view(), name="certificate-list"),
    path(f"{_UNIT}certificates.pdf", UnitPdf.as_view(), name="unit-pdf"),
    path(f"{_UNIT}province/", ProvinceCertify.as_view(), name="province-certify"),
    path(_SIGNATURE, SignatureDetail.as_view(), name="signature-detail"),
    path(f"{_SIGNATURE}take-back/", SignatureTakeBack.as_view(), name="signature-take-back"),
    path(f"{_UNIT}<int:number>/<slug:act>/", SheetAct.as_view(), name="sheet-act"),
]
