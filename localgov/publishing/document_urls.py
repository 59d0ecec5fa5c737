"""Where readers find the documents of news: /travel/documents/<item>/<digest>/."""

from django.urls import path

from localgov.publishing.views import documents

app_name = "documents"
urlpatterns = [
    path("<int:pk>/<str:sha256>/", documents.ShownDocument.as_view(), name="document"),
]
