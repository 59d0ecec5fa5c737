"""Addresses of the pages about the site."""

from django.urls import path

from localgov.web import site_pages

app_name = "site"
urlpatterns = [
    path("about/", site_pages.About.as_view(), name="about"),
    path("about/contact/", site_pages.Contact.as_view(), name="contact"),
    path("about/terms/", site_pages.Terms.as_view(), name="terms"),
    path("about/privacy/", site_pages.Privacy.as_view(), name="privacy"),
    path("about/policy/", site_pages.Policy.as_view(), name="policy"),
    path("about/accessibility/", site_pages.Accessibility.as_view(), name="accessibility"),
    path("site-map/", site_pages.SiteMap.as_view(), name="map"),
]
