"""Where the public's pages find the pictures: /travel/pictures/<digest>-<full or thumb>.<webp or jpg>."""

from django.urls import path

from localgov.publishing.views import pictures

app_name = "pictures"
urlpatterns = [
    path("<str:sha256>-<str:size>.<str:ending>", pictures.ShownPicture.as_view(), name="picture"),
]
