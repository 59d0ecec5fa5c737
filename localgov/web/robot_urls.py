"""Addresses for search engines, one for both languages."""

from django.urls import path

from localgov.web import sitemaps

app_name = "robots"
urlpatterns = [
    path("robots.txt", sitemaps.Robots.as_view(), name="rules"),
    path("sitemap.xml", sitemaps.SitemapIndex.as_view(), name="sitemap"),
    path("sitemap-<slug:kind>-<int:number>.xml", sitemaps.SitemapPart.as_view(), name="sitemap-part"),
]
