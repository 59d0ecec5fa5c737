"""Addresses of the room."""

from django.urls import path

from localgov.directory.views import office, status, unit

app_name = "directory"
urlpatterns = [
    path("status/", status.WebsiteStatus.as_view(), name="website-status"),
    path("status/<str:province_code>/", status.WebsiteStatusDetail.as_view(), name="website-status-detail"),
    path("office-website/", office.OfficeWebsiteDetail.as_view(), name="office-website"),
    path("website/", unit.WebsiteHome.as_view(), name="website-home"),
    path("administrators/", unit.AdministratorHome.as_view(), name="administrator-home"),
    path("<int:fiscal_year>/<str:unit_code>/website/", unit.WebsiteDetail.as_view(), name="website-detail"),
    path(
        "<int:fiscal_year>/<str:unit_code>/administrators/",
        unit.AdministratorDetail.as_view(),
        name="administrator-detail",
    ),
]
