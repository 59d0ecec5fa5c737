"""Public addresses of the room."""

from django.urls import path

from localgov.directory.views import public

app_name = "websites"
urlpatterns = [
    path("websites/", public.WebsiteList.as_view(), name="website-list"),
    path("office-websites/", public.OfficeList.as_view(), name="office-list"),
    path("office-websites.csv", public.OfficeTable.as_view(), name="office-table"),
    path("office-websites.json", public.OfficeData.as_view(), name="office-data"),
    path("websites.csv", public.WebsiteTable.as_view(), name="website-table"),
    path("websites.json", public.WebsiteData.as_view(), name="website-data"),
]
