"""Addresses of the room."""

from django.urls import path

from localgov.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.JobList.as_view(), name="job-list"),
    path("<int:pk>/", views.JobProgress.as_view(), name="job-progress"),
]
