"""The officers' addresses of the room: Thai alone, behind the door."""

from django.urls import path

from localgov.travel.views import problem_desk

app_name = "problems"
urlpatterns = [
    path("", problem_desk.ProblemList.as_view(), name="problem-list"),
    path("<int:pk>/", problem_desk.ProblemDetail.as_view(), name="problem-detail"),
]
