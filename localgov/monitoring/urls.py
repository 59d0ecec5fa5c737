"""Addresses of the room."""

from django.urls import path

from localgov.monitoring.views import activity, areas, lagging, pace, units

app_name = "monitoring"
urlpatterns = [
    path("", areas.AreaBoard.as_view(), name="status"),
    path("units/", units.UnitBoard.as_view(), name="unit-status"),
    path("surveys/", areas.SurveyBoard.as_view(), name="survey-status"),
    path("provinces/", areas.ProvinceBoard.as_view(), name="province-status"),
    path("provinces/report/", areas.ProvinceReport.as_view(), name="province-report"),
    path("lagging/", lagging.LaggingList.as_view(), name="lagging-list"),
    path("pace/", pace.PaceBoard.as_view(), name="pace"),
    path("idle/", lagging.IdleList.as_view(), name="idle-list"),
    path("activity/", activity.ActivityList.as_view(), name="activity"),
    path("activity/<str:code>/", activity.UnitActivity.as_view(), name="unit-activity"),
]
