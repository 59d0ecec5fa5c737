"""Public addresses: what a QR code on paper opens, and the page where a number and a hash are typed."""

from django.urls import URLPattern, path

from localgov.certification.views.checking import CertificateCheck, CertificateCheckFind

app_name = "certificates"
urlpatterns: list[URLPattern] = [
    path("", CertificateCheckFind.as_view(), name="certificate-check-find"),
    path("<str:address>/", CertificateCheck.as_view(), name="certificate-check"),
]
