"""Addresses of the room."""

from django.urls import path

from localgov.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.UnitList.as_view(), name="unit-list"),
    path("offices/<str:code>/", views.OfficeDetail.as_view(), name="office-detail"),
    path("districts/<str:code>/", views.DistrictDetail.as_view(), name="district-detail"),
    path("<str:code>/", views.UnitDetail.as_view(), name="unit-detail"),
]
